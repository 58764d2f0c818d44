#!/usr/bin/env python3
"""House rules that no compiler knows: sizes, banned words with their replacements, files nobody uses."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINES_MAX = {".h": 300, ".cpp": 500, ".py": 300, ".sh": 200, ".tsx": 300, ".ts": 500}
FUNCTION_LINES_MAX = 70
GENERATED = re.compile(r"\.gen\.|package-lock\.json|^docs/generated/|snapshot\.sql$|/goldens/")
# A word that may not stand in a C++ file -> what to write. Paths that may: the third part.
BANS = [
    (r"\bstd::(format|print|println)\b", "fmt (libstdc++ 12 has none)", r""),
    (r"\bstd::(cout|cerr|endl)\b", "log::event, or fmt::print in a command", r""),
    (r"\busing namespace\b", "the full name: a header's using reaches everybody", r"\.cpp$"),
    (r"\bstd::regex\b", "a hand-written parser: std::regex is slow and recurses", r"src/leads/places\."),  # patterns of territories are data
    (r"\b(sprintf|strcpy|strcat|gets)\s*\(", "fmt or std::string", r""),
    (r"\bstd::sto[ifuld]+\b|\batoi\s*\(", "text::parse_int", r"src/db/"),
    (r"\b(rand|srand)\s*\(", "crypto/random.h", r""),
    (r"(?:std::|[^\w.>:]::|^\s*)(system|popen)\s*\(", "cluster/process.h: no shell", r""),
    (r"\bPQexec\w*\s*\(", "db::Blocking or db::Pool", r"src/db/|src/wal/"),
    (r"\bgetenv\s*\(", "a row in config/table.cpp", r"src/config/|tests/kit/|_(pg)?test\.cpp$"),
    (r"\bthrow\s+[^;]", "return fail(...): no exception crosses a room", r"_(pg)?test\.cpp$"),
    (r"#pragma once[\s\S]*#pragma once", "one include guard", r""),
]
TODO = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")
OPENS_FUNCTION = re.compile(r"^(\s*)(?!namespace|class|struct|enum|union|extern|if|for|while|switch|else|do\b)"
                            r"[\w:<>~&*,\s\[\]\"=.()!?-]*\).*\{$")


def tracked():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    return [name for name in out.stdout.splitlines() if (ROOT / name).is_file() and not (ROOT / name).is_symlink()]


def long_functions(name, lines):
    for start, line in enumerate(lines):
        hit = OPENS_FUNCTION.match(line)
        if not hit:
            continue
        for end in range(start + 1, len(lines)):
            if re.match(re.escape(hit[1]) + r"\}", lines[end]):
                if end - start + 1 > FUNCTION_LINES_MAX:
                    yield f"{name}:{start + 1}: function of {end - start + 1} lines, at most {FUNCTION_LINES_MAX}"
                break


def check_cpp(name, text):
    lines = text.splitlines()
    if name.endswith(".h"):
        first = lines[0] if lines else ""
        if not first.startswith("// "):
            yield f"{name}: the first line says in a sentence what this file is"
        if "#pragma once" not in text:
            yield f"{name}: no #pragma once"
    if not name.endswith("_test.cpp") and not name.endswith("_pgtest.cpp"):
        yield from long_functions(name, lines)
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*', lambda hit: " " * len(hit[0]), text)
    for pattern, instead, allowed in BANS:
        if allowed and re.search(allowed, name):
            continue
        for hit in re.finditer(pattern, code):
            yield f"{name}:{code.count(chr(10), 0, hit.start()) + 1}: not '{hit[0].split(chr(10))[0].strip()}' but {instead}"


def check_text(name, text):
    suffix = pathlib.PurePath(name).suffix
    count = text.count("\n")
    if count > LINES_MAX.get(suffix, count):
        yield f"{name}: {count} lines, at most {LINES_MAX[suffix]}"
    if suffix != ".md" and name != "tools/tidy.py":
        for hit in TODO.finditer(text):
            yield f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]} without an issue: {hit[0]}(#12)"
    if text and not text.endswith("\n") and suffix in LINES_MAX | {".sql": 0, ".md": 0, ".mjs": 0, ".cmake": 0}:
        yield f"{name}: no newline at the end"


def check_goldens(names, texts):
    """A golden that no test reads is dead."""
    tests = "\n".join(texts[name] for name in names if re.search(r"test\.(cpp|tsx?|mjs)$", name))
    for name in names:
        if "/goldens/" in name and name not in tests and pathlib.PurePath(name).name not in tests:
            if pathlib.PurePath(name).stem not in tests:
                yield f"{name}: no test reads this golden"


def check_map(names, texts):
    """ARCHITECTURE.md has a paragraph for every room; migrations are numbered without a gap."""
    atlas = texts.get("ARCHITECTURE.md", "")
    for line in texts["src/rooms.txt"].splitlines():
        if line[:1].isalpha() and f"**`{line.split()[0]}`**" not in atlas:
            yield f"ARCHITECTURE.md: no paragraph on room {line.split()[0]} (it starts with **`{line.split()[0]}`**)"
    migrations = sorted(name for name in names if name.startswith("database/migrations/"))
    for number, name in enumerate(migrations, 1):
        if not re.fullmatch(rf"database/migrations/{number:04}_[a-z0-9_]+\.sql", name):
            yield f"{name}: number {number:04} comes next"
            break


def main():
    names, texts, faults = [], {}, []
    for name in tracked():
        try:
            texts[name] = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue  # a picture, a font
        names.append(name)
        if GENERATED.search(name):
            continue
        faults += check_text(name, texts[name])
        if name.startswith(("src/", "tests/")) and name.endswith((".h", ".cpp")):
            faults += check_cpp(name, texts[name])
    faults += check_goldens(names, texts)
    faults += check_map(names, texts)
    print("\n".join(faults) or "tidy: in order")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
