#!/usr/bin/env python3
"""Row types of the public tables for the web app, from the catalog of a migrated database.
usage: tools/gen_types.py CONNINFO [--check]     writes web/src/api/database.gen.ts, or says that it is not fresh"""
import json
import pathlib
import re
import subprocess
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "web/src/api/database.gen.ts"
# A column, its type under its domains and array, and every check that speaks of it or its domain alone.
CATALOG = """
select coalesce(json_agg(t order by t.name), '[]') from (
  select c.relname as name, json_agg(json_build_object(
    'name', a.attname, 'required', a.attnotnull, 'type', coalesce(e.typname, b.typname, ty.typname),
    'array', ty.typcategory = 'A' or b.typcategory = 'A',
    'checks', (select coalesce(json_agg(pg_get_constraintdef(k.oid)), '[]') from pg_constraint k
      where k.contype = 'c' and (k.contypid = ty.oid or k.conrelid = c.oid and k.conkey = array[a.attnum]))
  ) order by a.attnum) as columns
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type ty on ty.oid = a.atttypid
  left join pg_type b on b.oid = ty.typbasetype
  left join pg_type e on e.oid = nullif(coalesce(nullif(b.typelem, 0), ty.typelem), 0)
    and (ty.typcategory = 'A' or b.typcategory = 'A')
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
  group by c.relname) t"""
TYPES = {"bool": "boolean", "int2": "number", "int4": "number", "int8": "number", "numeric": "number",
         "float4": "number", "float8": "number", "json": "unknown", "jsonb": "unknown"}
WORDS = re.compile(r"CHECK \(\(\(?\w+\)?(?:::text)?(?:\[\])? (?:= ANY|<@) \(?\(?ARRAY\[([^\]]*)\]\)?(?:::text\[\])?\)?\)\)")


def type_of(column):
    lists = [hit[1] for check in column["checks"] if (hit := WORDS.fullmatch(check))]
    words = re.findall(r"'([^']*)'::", lists[0]) if lists else []
    plain = " | ".join(f"'{word}'" for word in words) or TYPES.get(column["type"], "string")
    if column["array"]:
        plain = f"({plain})[]" if words else f"{plain}[]"
    return plain if column["required"] or plain == "unknown" else f"{plain} | null"


def render(tables):
    lines = ["// The rows of the public tables, as REST and realtime tell them. Written by `./flash gen` from the catalog of a",
             "// migrated database. A set of words that a check allows is a union; JSON is unknown.",
             "export interface Tables {"]
    for table in tables:
        lines.append(f"  {table['name']}: {{")
        lines += [f"    {column['name']}: {type_of(column)};" for column in table["columns"]]
        lines.append("  };")
    return "\n".join([*lines, "}", ""])


def main():
    conninfo, check = sys.argv[1], "--check" in sys.argv
    out = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", conninfo, "-c", CATALOG], capture_output=True, text=True,
                         check=True)
    fresh = render(json.loads(out.stdout))
    if not check:
        TARGET.write_text(fresh)
    elif not TARGET.is_file() or TARGET.read_text() != fresh:
        sys.exit(f"{TARGET.name} is not fresh: run ./flash gen")


main()
