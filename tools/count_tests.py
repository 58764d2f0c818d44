#!/usr/bin/env python3
"""count_tests.py STATUS LOG...: the passed and failed tests of a run, from what its runner printed.

Knows GoogleTest, vitest, node --test and our `ok NAME` / `not ok NAME` lines. A runner that ends badly without
naming a failed test counts as one failure, and so does a run without any test.
"""
import pathlib
import re
import sys

PASSED = (r"^\[  PASSED  \] (\d+) tests?", r"^\s*Tests .*?(\d+) passed", r"^(?:#|ℹ) pass (\d+)",
          r"^(\d+) passed, \d+ failed$")
FAILED = (r"^ ?(\d+) FAILED TESTS?", r"^\s*Tests .*?(\d+) failed", r"^(?:#|ℹ) fail (\d+)",
          r"^\d+ passed, (\d+) failed$")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def count(text, status):
    text = ESCAPES.sub("", text)
    # TAP of node has its own totals; only our plain runners are counted by the line.
    tap = re.search(r"^(?:#|ℹ) (pass|fail) \d+", text, re.M)
    passed = 0 if tap else len(re.findall(r"^ok ", text, re.M))
    failed = 0 if tap else len(re.findall(r"^not ok ", text, re.M))
    passed += sum(int(n) for pattern in PASSED for n in re.findall(pattern, text, re.M))
    failed += sum(int(n) for pattern in FAILED for n in re.findall(pattern, text, re.M))
    if failed == 0 and (status != 0 or passed == 0):
        failed = 1
    return passed, failed


if __name__ == "__main__":
    total = [0, 0]
    for log in sys.argv[2:]:
        for index, number in enumerate(count(pathlib.Path(log).read_text(errors="replace"), int(sys.argv[1]))):
            total[index] += number
    print(*total)
