#!/usr/bin/env python3
"""Turns database/queries/<room>/<name>.sql into constants in src/<room>/queries.gen.h.

A query file holds one statement. Its first line says what goes in and what comes out:
    -- :one (email text, tries int) -> (id uuid, hash text)
:one is at most one row, :many any number, :exec none and has no arrow.

  gen_queries.py                      write the headers
  gen_queries.py --check              fail when a header is not what it would write
  gen_queries.py --database CONNINFO  prepare every query there and compare the types
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
QUERIES = ROOT / "database" / "queries"
HEAD = re.compile(r"-- :(one|many|exec) \(([^()]*(?:\(\d+(?:,\d+)?\)[^()]*)*)\)(?: -> \((.*)\))?$")
# Names of C++ that a query cannot bear.
RESERVED = {"delete", "new", "default", "register", "switch", "case", "export", "operator"}


class Fault(Exception):
    pass


def columns(text):
    """'a int, b numeric(18,2)' -> [('a', 'int'), ('b', 'numeric(18,2)')]"""
    found = []
    for part in re.split(r",(?![^()]*\))", text or ""):
        if part.strip():
            name, _, kind = part.strip().partition(" ")
            if not kind or not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
                raise Fault(f"'{part.strip()}' is not a name and a type")
            found.append((name, kind.strip()))
    return found


class Query:
    def __init__(self, path):
        self.path = path
        self.name = path.stem
        lines = path.read_text(encoding="utf-8").splitlines()
        head = HEAD.match(lines[0]) if lines else None
        if not head:
            raise Fault("the first line must be: -- :one|:many|:exec (name type, ...) -> (...)")
        self.kind = head[1]
        self.params = columns(head[2])
        self.results = columns(head[3])
        if (self.kind == "exec") != (head[3] is None):
            raise Fault(":exec has no results, :one and :many have some")
        self.head = lines[0][3:]
        # Whole-line comments are for the reader of the file, not for the server.
        self.sql = "\n".join(l for l in lines[1:] if not l.lstrip().startswith("--")).strip()
        if not self.sql:
            raise Fault("no statement")
        if self.sql.endswith(";"):
            raise Fault("one statement, without a semicolon")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or self.name in RESERVED:
            raise Fault(f"'{self.name}' cannot be a C++ name")
        if ')sql"' in self.sql:
            raise Fault('the text )sql" would end the C++ literal')
        used = {int(n) for n in re.findall(r"\$(\d+)", self.sql)}
        if used != set(range(1, len(self.params) + 1)):
            raise Fault(f"the head names {len(self.params)} parameters, the text uses "
                        f"{sorted(used) or 'none'}")


def load():
    rooms, faults = {}, []
    for path in sorted(QUERIES.glob("*/*.sql")):
        try:
            rooms.setdefault(path.parent.name, []).append(Query(path))
        except Fault as fault:
            faults.append(f"{path.relative_to(ROOT)}: {fault}")
    if faults:
        sys.exit("\n".join(faults))
    return rooms


def header(room, queries):
    parts = [
        "#pragma once",
        f"// The SQL of this room: made from database/queries/{room} by tools/gen_queries.py.",
        '#include "sql/fragment.h"',
        "",
        "// clang-format off",
        f"namespace flash::{room}::queries {{",
    ]
    for query in queries:
        parts += ["", f"// {query.head}",
                  f'inline constexpr sql::Literal {query.name}{{R"sql({query.sql})sql"}};']
    parts += ["", f"}}  // namespace flash::{room}::queries", "// clang-format on", ""]
    return "\n".join(parts)


def targets(rooms):
    return {ROOT / "src" / room / "queries.gen.h": header(room, queries)
            for room, queries in rooms.items()}


def write(rooms):
    for path, text in targets(rooms).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


def check(rooms):
    wanted = targets(rooms)
    stale = [p for p, text in wanted.items()
             if not p.exists() or p.read_text(encoding="utf-8") != text]
    orphans = [p for p in ROOT.glob("src/*/queries.gen.h") if p not in wanted]
    for path in stale + orphans:
        print(f"{path.relative_to(ROOT)} is not fresh: run tools/gen_queries.py")
    return 1 if stale or orphans else 0


def psql(conninfo, script):
    done = subprocess.run(
        ["psql", "--no-psqlrc", "-qAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-v",
         "VERBOSITY=terse", conninfo], input=script, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def base_names(conninfo, kinds):
    """PostgreSQL's own names of types, domains replaced by what they are made of."""
    kinds = sorted(kinds)
    script = "".join(
        f"select coalesce((select format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) "
        f"from pg_type t where t.oid = to_regtype($t${re.sub(r'[(].*[)]', '', k)}$t$)), '?');\n"
        for k in kinds)
    code, out, err = psql(conninfo, script)
    if code:
        sys.exit(err)
    return dict(zip(kinds, out.splitlines()))


def prepare(conninfo, rooms):
    faults, checked, described = [], 0, []
    for query in (q for qs in rooms.values() for q in qs):
        where = query.path.relative_to(ROOT)
        types = f"({', '.join(k for _, k in query.params)})" if query.params else ""
        nulls = f"({', '.join('null' for _ in query.params)})" if query.params else ""
        # Once as the server will send it, types left to PostgreSQL; once with those of the head.
        code, out, err = psql(conninfo, f"prepare sent as {query.sql};\n"
                              f"prepare q{types} as {query.sql};\nexecute q{nulls} \\gdesc\n")
        if code:
            faults.append(f"{where}: {err.strip()}")
            continue
        rows = [line.split("\t") for line in out.splitlines() if "\t" in line]
        described.append((where, query, [kind for _, kind in rows]))
        checked += 1
    names = base_names(conninfo, {k for _, q, got in described
                                  for k in got + [k for _, k in q.results]})
    for where, query, got in described:
        wanted = [kind for _, kind in query.results]
        if [names[k] for k in got] != [names[k] for k in wanted]:
            faults.append(f"{where}: the head says ({', '.join(wanted)}), "
                          f"PostgreSQL says ({', '.join(got)})")
    print("\n".join(faults + [f"{checked} queries prepared, {len(faults)} faults"]))
    return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--database", metavar="CONNINFO")
    options = parser.parse_args()
    rooms = load()
    if options.database:
        return prepare(options.database, rooms)
    if options.check:
        return check(rooms)
    write(rooms)
    return 0


if __name__ == "__main__":
    sys.exit(main())
