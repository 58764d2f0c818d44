#!/bin/bash
# Builds a database from nothing with the files in order, runs every test on it, and drops it.
# usage: database/tests/run.sh CONNINFO [NAME...]    (CONNINFO names a database to connect to first)
set -u
cd "$(dirname "$0")/.." || exit 2
admin=${1:?usage: run.sh CONNINFO [NAME...]}
shift
database="flash_sql_test_$$"
target="$admin dbname=$database"
psql=(psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --output=/dev/null)
log=$(mktemp)
trap 'rm -f "$log"; "${psql[@]}" "$admin" -c "drop database if exists $database" >/dev/null 2>&1' EXIT

"${psql[@]}" "$admin" -c "create database $database encoding 'UTF8' template template0" || exit 2
tests/build.sh "$target" || { echo "not ok build"; exit 1; }
echo "ok build"

failed=0
passed=1
report() {  # name, status; the log holds what it said
  if [ "$2" = 0 ]; then
    echo "ok $1"; passed=$((passed + 1))
  else
    echo "not ok $1"; sed 's/^/  /' "$log"; failed=$((failed + 1))
  fi
}
wanted() {  # name: is it among the arguments, or are there none?
  local name
  [ "${#names[@]}" = 0 ] && return 0
  for name in "${names[@]}"; do [ "$name" = "$1" ] && return 0; done
  return 1
}
names=("$@")

for file in tests/*.sql; do
  name=$(basename "$file" .sql)
  wanted "$name" || continue
  "${psql[@]}" "$target" -f "$file" >"$log" 2>&1
  report "$name" $?
done
if wanted races; then
  tests/races.sh "$target" >"$log" 2>&1
  report races $?
fi
if wanted rerun; then    # roles and programs must survive a second run unchanged
  { psql "$target" -Atqc "$(cat tests/kit/fingerprint.sql)" >"$log.before" &&
    tests/build.sh "$target" programs &&
    psql "$target" -Atqc "$(cat tests/kit/fingerprint.sql)" >"$log.after" &&
    diff "$log.before" "$log.after"; } >"$log" 2>&1
  report rerun $?
  rm -f "$log.before" "$log.after"
fi
if wanted queries; then
  ../tools/gen_queries.py --database "$target" >"$log" 2>&1
  report queries $?
fi
if wanted types; then
  # FLASH_UPDATE=1 writes the types of the web app instead: ./flash gen.
  update=--check; [ -z "${FLASH_UPDATE:-}" ] || update=
  # shellcheck disable=SC2086
  ../tools/gen_types.py "$target" $update >"$log" 2>&1
  report types $?
fi
if wanted snapshot; then
  tests/snapshot.sh "$target" --check >"$log" 2>&1
  report snapshot $?
fi
if wanted demo; then
  { "${psql[@]}" "$target" -1 -f seeds/demo.sql && "${psql[@]}" "$target" -f tests/kit/demo.sql; } \
    >"$log" 2>&1
  report demo $?
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
