#!/bin/bash
# Brings a database to the newest version with psql, in the order of the migrator.
# usage: database/tests/build.sh CONNINFO [programs]   (programs: only roles and programs, again)
set -eu
cd "$(dirname "$0")/.."
target=${1:?usage: build.sh CONNINFO [programs]}
run() {
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction --output=/dev/null \
    "$target" "$@" 2> >(grep -v -e NOTICE -e 'psql:.*: *$' >&2)
}
run -f roles.sql
if [ "${2:-}" != programs ]; then
  # The migrator's own books.
  run -c 'create schema if not exists flash' \
    -c 'create table flash.migrations (version int primary key, name text not null,
        checksum text not null, applied_at timestamptz not null default now())' \
    -c 'create table flash.programs (path text primary key, checksum text not null,
        applied_at timestamptz not null default now())'
  for file in migrations/*.sql; do
    run -c "set local lock_timeout = '5s'" -f "$file" || { echo "failed: $file" >&2; exit 1; }
  done
fi
find programs -name '*.sql' | LC_ALL=C sort | while read -r file; do
  run -c "set local lock_timeout = '5s'" -f "$file" || { echo "failed: $file" >&2; exit 1; }
done
