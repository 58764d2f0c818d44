# shellcheck shell=bash
# Part of ./flash: the kinds of tests and checks, and how they are counted.
counted() {  # counted NAME COMMAND...: a step whose tests are counted into $logs/counts
  local name=$1 status=0 log passed failed; shift
  log=$logs/$(tr -c 'a-z0-9\n' '_' <<<"${name,,}").log
  step "$name" timeout 1200 "$@" || status=$?
  read -r passed failed < <(python3 tools/count_tests.py "$status" "$log")
  echo "$passed $failed" >>"$logs/counts"
  echo "      $passed passed, $failed failed"
}
programs() { find "src/$1" -name "*_$2.cpp" -printf '%h\n' | sed "s|/*$||; s|.*/||; s|$|_$2|" | sort -u; }  # programs ROOM|'' KIND
fuzzers() { find src -name '*_fuzz.cpp' | sed 's|^src/||; s|/|_|; s|\.cpp$||' | sort; }  # catalog_parse_fuzz ...
cmd_with_postgres() {  # called by flash_with_cluster: what needs FLASH_TEST_PG
  local program; for program; do
    if [ "$program" = database ]; then counted "Database" database/tests/run.sh "$FLASH_TEST_PG"
    elif [ "$program" = types ]; then step "Row types" env FLASH_UPDATE=1 database/tests/run.sh "$FLASH_TEST_PG" types
    else counted "$program" "build/dev/$program"; fi
  done
}
test_room() {  # test_room ROOM|'': the C++ tests of a room, or of all rooms and those of the database
  local pure real program; mapfile -t pure < <(programs "$1" test); mapfile -t real < <(programs "$1" pgtest)
  [ -n "$1" ] || real+=(database)
  local targets=("${pure[@]}" "${real[@]}"); [ "${#real[@]}" = 0 ] || targets+=(flash_with_cluster)
  build_server dev "${targets[@]/#database/flash_with_cluster}"
  for program in "${pure[@]}"; do counted "$program" "build/dev/$program"; done
  [ "${#real[@]}" = 0 ] || build/dev/tests/flash_with_cluster ./flash with_postgres "${real[@]}"
}
test_database() { build_server dev flash_with_cluster; build/dev/tests/flash_with_cluster ./flash with_postgres database; }
test_check() { setup_web; counted "Check" ./flash check; counted "Tools" tests/tools/tools_test.py; }
test_web() { setup_web; counted "Web" npm --prefix web test; }
build_all() { setup_web; build_web; build_server dev flashd; }
test_conformance() {  # PostgREST's dialect over HTTP, on tables of its own, with three rows an answer at most
  build_all; make_server_data
  local conninfo="host=$server_data/run user=postgres dbname=flash"
  start_server dev --data "$server_data" --port "$(free_port)"
  step "Conformance tables" node tests/conformance/run.mjs load "$conninfo"
  end "$server"; start_server dev --data "$server_data" --port "$(free_port)" --rows-max 3 --aggregates \
    --plan --tx-end commit-allow-override --pre-request public.check_request --server-timing \
    --trace-header X-Trace --app-settings shop=harbour
  local key; key=$(psql -XAtq "$conninfo" -c "select value from flash.secrets where name = 'auth.secret_key'")
  counted "Conformance" node tests/conformance/run.mjs "$url" "$conninfo" "$key"
  counted "Official client" node tests/conformance/client.mjs "$url" "$key"
}
test_journeys() {  # the official client, then people in a browser, on one server with the demo
  build_all; make_server_data
  start_server dev --data "$server_data" --port "$(free_port)" --demo
  export FLASH_E2E_URL=$url FLASH_E2E_SIGNINS=$server_data/demo-sign-ins.json
  export FLASH_E2E_DATABASE="host=$server_data/run user=postgres dbname=flash"
  counted "Compatibility" node --test --test-reporter=tap tests/compat/*.test.mjs
  counted "Journeys" npm --prefix web run e2e -- --test-reporter=tap
}
test_chaos() { build_all; FLASH_SERVER=$root/build/dev/flashd counted "Chaos" node --test --test-reporter=tap tests/chaos/*.test.mjs; }

checked() {  # checked NAME COMMAND...: `ok NAME`, or `not ok NAME` and what the command said
  local name=$1 said; shift
  if said=$("$@" 2>&1); then echo "ok $name"; else echo "not ok $name"; tail -n 40 <<<"$said" | sed 's/^/  /'; fi
}
files() { git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }
check_format() { files '*.h' '*.cpp' | grep -v '\.gen\.' | xargs -n 20 -P 2 clang-format-19 --dry-run -Werror; }
check_shell() { files flash .ci/run '*.sh' | grep -v '^tools/' | xargs shellcheck -x; }
check_settings() { [ ! -x build/dev/flashd ] || diff docs/generated/settings.md <(build/dev/flashd config --markdown); }
