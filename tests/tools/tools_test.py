#!/usr/bin/env python3
"""Tests of the checkers and of the counting of tests. Prints `ok NAME` or `not ok NAME`, as ./flash counts them."""
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import check_rooms
import count_tests
import embed
import tidy

COUNTS = [  # name, what the runner printed, its status, (passed, failed)
    ("GoogleTest, all good", "[  PASSED  ] 13 tests.\n", 0, (13, 0)),
    ("GoogleTest, some bad", "[  PASSED  ] 11 tests.\n[  FAILED  ] 2 tests, listed below:\n\n 2 FAILED TESTS\n", 1, (11, 2)),
    ("GoogleTest, one bad", "[  PASSED  ] 1 test.\n 1 FAILED TEST\n", 1, (1, 1)),
    ("our own lines", "ok a\nok b\nnot ok c\n", 1, (2, 1)),
    ("vitest", "      Tests  3 failed | 12 passed (15)\n", 1, (12, 3)),
    ("vitest in colour", "\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m12 passed\x1b[39m\x1b[22m (12)\n", 0, (12, 0)),
    ("node, TAP lines are not counted twice", "ok 1 - x\nok 2 - y\n# pass 2\n# fail 0\n", 0, (2, 0)),
    ("node, spec", "ℹ tests 3\nℹ pass 2\nℹ fail 1\n", 1, (2, 1)),
    ("conformance", "pages.http: GET /x\n12 passed, 2 failed\n", 1, (12, 2)),
    ("a runner that died", "[ RUN      ] A.b\nSegmentation fault\n", 139, (0, 1)),
    ("a runner that died after its summary", "[  PASSED  ] 5 tests.", 1, (5, 1)),
    ("a runner without tests", "[  PASSED  ] 0 tests.", 0, (0, 1)),
]


def counting():
    for name, text, status, expected in COUNTS:
        yield f"counts {name}", count_tests.count(text, status) == expected


def rooms(folder):
    (folder / "rooms.txt").write_text("base | | fmt | ground\nsql | base | | text\ndb | base sql | pq | wires\n")
    for room in ("base", "sql", "db"):
        (folder / room).mkdir()
    (folder / "base/a.h").write_text("// A.\n#pragma once\n")
    (folder / "sql/b.h").write_text('#include "base/a.h"\n')
    (folder / "db/c.cpp").write_text('#include "sql/b.h"\n#include <libpq-fe.h>\n')
    # base is reached through sql/b.h only, and that counts.
    yield "rooms: an order that is kept", list(check_rooms.check(folder)) == []
    cases = [
        ("an include from above", "base/a.h", '#include "db/c.h"\n', "base may not use db"),
        ("a third party of another room", "sql/b.h", '#include "base/a.h"\n#include <libpq-fe.h>\n', "sql may not use pq"),
        ("an include without its room", "sql/b.h", '#include "base/a.h"\n#include "b2.h"\n', "name the room"),
        ("a permission that nobody needs", "sql/b.h", "// B.\n", "sql never uses base"),
    ]
    for name, path, text, says in cases:
        before = (folder / path).read_text()
        (folder / path).write_text(text)
        yield f"rooms: {name}", any(says in fault for fault in check_rooms.check(folder))
        (folder / path).write_text(before)
    (folder / "rooms.txt").write_text("sql | base | | text\nbase | | fmt | ground\n")
    yield "rooms: a room above", any("not above it" in fault for fault in check_rooms.check(folder))


def house_rules():
    long_function = "int f() {\n" + "  g();\n" * 69 + "}\n"
    cases = [
        ("a function of 71 lines", "src/x/a.cpp", long_function, "function of 71 lines"),
        ("a banned word", "src/x/a.cpp", "auto s = std::format(\"{}\", 1);\n", "not 'std::format'"),
        ("a header without its sentence", "src/x/a.h", "#pragma once\n", "says in a sentence"),
    ]
    for name, path, text, says in cases:
        yield f"tidy: {name}", any(says in fault for fault in tidy.check_cpp(path, text))
    fine = long_function.replace("  g();\n", "", 1)
    yield "tidy: a function of 70 lines is fine", list(tidy.check_cpp("src/x/a.cpp", fine)) == []
    yield "tidy: a word in a comment is fine", list(tidy.check_cpp("src/x/a.cpp", "// std::format is not there\n")) == []
    yield "tidy: a mark without an issue", list(tidy.check_text("a.py", "# TO" + "DO later\n")) != []
    yield "tidy: a mark with an issue", list(tidy.check_text("a.py", "# TO" + "DO(#3) later\n")) == []
    yield "tidy: a file that is too long", list(tidy.check_text("a.cpp", "\n" * 501)) != []
    yield "tidy: a file at its limit", list(tidy.check_text("a.cpp", "\n" * 500)) == []


def embedding(folder):
    (folder / "database/migrations").mkdir(parents=True)
    (folder / "database/queries").mkdir()
    (folder / "database/migrations/0001_a.sql").write_text("select 1;")
    (folder / "database/queries/q.sql").write_text("select 2;")
    embed.main(folder, folder / "out.cpp")
    without_web = (folder / "out.cpp").read_text()
    yield "embed: works without a built web app", '"database/migrations/0001_a.sql"' in without_web
    yield "embed: leaves queries out, they are in the C++", "queries" not in without_web
    (folder / "web/dist").mkdir(parents=True)
    (folder / "web/dist/empty.txt").write_text("")
    (folder / "web/dist/index.html").write_text("a")
    embed.main(folder, folder / "out.cpp")
    first = (folder / "out.cpp").read_text()
    yield "embed: takes empty files", '{"web/dist/empty.txt", {}}' in first
    (folder / "web/dist/index.html").write_text("b")
    embed.main(folder, folder / "out.cpp")
    yield "embed: its text changes with a file's bytes", first != (folder / "out.cpp").read_text()


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        for group in (counting(), rooms(pathlib.Path(one)), house_rules(), embedding(pathlib.Path(two))):
            for name, good in group:
                print("ok" if good else "not ok", name)
                failed += not good
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
