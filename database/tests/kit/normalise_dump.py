#!/usr/bin/env python3
"""Reads pg_dump --schema-only, writes what a reviewer wants to see, the same on every machine.

Functions, triggers and policies are left out: database/programs is their one home. Sections are
sorted by the name of what they make, so that a new table does not shuffle the rest.
"""
import re
import sys

LEFT_OUT = {"FUNCTION", "PROCEDURE", "TRIGGER", "EVENT TRIGGER", "POLICY", "COMMENT"}
HEAD = re.compile(r"^-- Name: (.*?); Type: (.*?); Schema: (.*?); Owner: .*$", re.M)


def main():
    text = sys.stdin.read()
    heads = list(HEAD.finditer(text))
    sections = []
    for i, head in enumerate(heads):
        end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        name, kind, schema = head.groups()
        body = "\n".join(line.rstrip() for line in text[head.end():end].splitlines()
                         if line.strip() and not line.startswith("--")
                         and not line.startswith(("SET ", "\\")))
        owned_by_migrator = name.startswith(("migrations", "programs")) or \
            "flash.migrations" in body or "flash.programs" in body
        about_function = kind == "ACL" and name.startswith(("FUNCTION", "PROCEDURE"))
        if kind in LEFT_OUT or about_function or owned_by_migrator or not body:
            continue
        # A role name that differs between machines says nothing about the shape.
        body = re.sub(r"^ALTER DEFAULT PRIVILEGES FOR ROLE \S+", "ALTER DEFAULT PRIVILEGES", body,
                      flags=re.M)
        if kind == "ACL":
            body = "\n".join(sorted(body.splitlines()))
        order = ["SCHEMA", "DOMAIN", "TABLE", "VIEW", "SEQUENCE"]
        rank = order.index(kind) if kind in order else len(order)
        sections.append(((rank, schema, name if rank < 5 else kind, name), body))
    print("-- Made by database/tests/snapshot.sh from the migrated database. Do not edit.")
    for _, body in sorted(sections):
        print(f"\n{body}")


if __name__ == "__main__":
    main()
