#!/bin/bash
# The shape of the migrated database as text: the golden database/schema.snapshot.sql, so that a
# migration's review is its diff.
# usage: database/tests/snapshot.sh CONNINFO [--check]     (without --check the golden is rewritten)
set -euo pipefail
cd "$(dirname "$0")/.."
conninfo=${1:?usage: snapshot.sh CONNINFO [--check]}
golden=schema.snapshot.sql
dump() {
  # The programs have one home, database/programs: functions, triggers and policies stay out, so
  # that the golden shows tables, types, constraints, indexes, grants and publications.
  pg_dump --schema-only --no-owner --restrict-key=flash "$conninfo" 2>/dev/null ||
    pg_dump --schema-only --no-owner "$conninfo"
}
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
dump | python3 tests/kit/normalise_dump.py >"$fresh"
if [ "${2:-}" = --check ]; then
  diff -u "$golden" "$fresh" || {
    echo "the snapshot is not fresh: run database/tests/snapshot.sh on a migrated database"
    exit 1
  }
else
  cp "$fresh" "$golden"
fi
