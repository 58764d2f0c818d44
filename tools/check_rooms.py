#!/usr/bin/env python3
"""Holds src/ against src/rooms.txt: includes between rooms, third-party headers, permissions nobody needs.

The compiler refuses a forbidden room too; this says it in a sentence, and in a second.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Start of an include -> the word that rooms.txt has for it. fmt comes with base.
THIRD_PARTY = {
    "boost/asio": "asio", "boost/json": "boost_json", "boost/url": "boost_url",
    "libpq": "pq", "openssl/": "openssl", "argon2.h": "argon2", "crypt.h": "crypt", "CLI/": "cli11",
    "toml++/": "toml", "curl/": "curl", "phonenumbers/": "phonenumber", "xgboost/": "xgboost",
    "resolv.h": "resolv", "arpa/nameser.h": "resolv",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
TEST = re.compile(r"_(test|pgtest|fuzz|bench)\.cpp$")


def read_rooms(path):
    rooms = {}
    for line in path.read_text().splitlines():
        if line[:1].isalpha():
            name, uses, third, _ = (cell.strip() for cell in line.split("|"))
            rooms[name] = (uses.split(), third.split())
    return rooms


def includes_of(path):
    return INCLUDE.findall(path.read_text())


def check_order(rooms):
    seen = set()
    for name, (uses, _) in rooms.items():
        for use in uses:
            if use not in seen:
                yield f"rooms.txt: {name} uses {use}, which is not above it"
        seen.add(name)


def for_tests_only(files):
    """Tests, and headers of the room that nothing but its tests includes."""
    tests = {path for path in files if TEST.search(path.name)}
    of_room = {path: {target for kind, target in includes_of(path) if kind == '"'} for path in files}
    for path in files:
        users = [other for other in files if f"{path.parent.name}/{path.name}" in of_room[other]]
        if path.suffix == ".h" and users and all(TEST.search(other.name) for other in users):
            tests.add(path)
    return tests


def check_file(path, room, uses, third, is_test):
    for kind, target in includes_of(path):
        if kind == "<":
            for start, word in THIRD_PARTY.items():
                if target.startswith(start) and word not in third:
                    yield f"{path}: {room} may not use {word} (<{target}>)"
            continue
        other = target.split("/")[0]
        if "/" not in target:
            yield f'{path}: name the room in the include: "{room}/{target}"'
        elif other not in (room, *uses) and not (other == "kit" and is_test):
            yield f'{path}: {room} may not use {other} ("{target}"); see src/rooms.txt'


def reached(src, files):
    """The rooms whose headers these files include, also through other headers."""
    found, open_files, done = set(), list(files), set()
    while open_files:
        path = open_files.pop()
        for kind, target in includes_of(path):
            header = src / target
            if kind == '"' and target not in done and header.exists():
                done.add(target)
                found.add(target.split("/")[0])
                open_files.append(header)
    return found


def check(src):
    rooms = read_rooms(src / "rooms.txt")
    yield from check_order(rooms)
    for folder in sorted(p for p in src.iterdir() if p.is_dir() and p.name not in rooms):
        yield f"{folder}: no room '{folder.name}' in rooms.txt"
    for name, (uses, third) in rooms.items():
        files = sorted((src / name).glob("*.h")) + sorted((src / name).glob("*.cpp"))
        tests = for_tests_only(files)
        for path in files:
            yield from check_file(path, name, uses, third, path in tests)
        if files:
            for use in uses:
                if use not in reached(src, files):
                    yield f"rooms.txt: {name} never uses {use}: take the permission away"


if __name__ == "__main__":
    faults = list(check(ROOT / "src"))
    print("\n".join(faults).replace(str(ROOT) + "/", "") or "rooms: in order")
    sys.exit(bool(faults))
