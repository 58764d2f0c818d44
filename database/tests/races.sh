#!/bin/bash
# Two sessions at once: neither may undo, double or overlook what the other does.
# usage: database/tests/races.sh CONNINFO      (leaves its rows behind: a throwaway database)
set -u
target=${1:?usage: races.sh CONNINFO}
run() { psql --no-psqlrc -qAt --set=ON_ERROR_STOP=1 "$target" "$@"; }
fail() { echo "$*"; exit 1; }

run <<'SQL' || exit 1
insert into auth.users (id, email) select v.id::uuid, v.mail from (values
  ('10000000-0000-7000-8000-000000000001', 'race.one@test.example'),
  ('10000000-0000-7000-8000-000000000002', 'race.two@test.example')) v(id, mail);
insert into public.profiles (id, email, full_name, role)
select u.id, u.email, u.email, 'rep' from auth.users u where u.email like 'race.%';
insert into public.profile_territories select p.id, t.id from public.profiles p
join public.territories t on t.code = 'JM-01' where p.email like 'race.%';
insert into public.submissions (id, country, territory_id, business_name, owner_name, email,
  business_type, interest_level, processed_at)
select '10000000-0000-7000-8000-0000000000f1', 'JM', t.id, 'Raced for', 'An Owner',
  'race@lead.example', 'retail', 5, now() from public.territories t where t.code = 'JM-01';
SQL

# A takes a node away and lingers; B gives another meanwhile. The node taken must not come back.
run -c "begin; delete from public.profile_territories where profile_id =
    '10000000-0000-7000-8000-000000000001';
  select pg_sleep(1); commit" >/dev/null &
sleep 0.3
run -c "insert into public.profile_territories select '10000000-0000-7000-8000-000000000001', t.id
  from public.territories t where t.code = 'JM-09'" || exit 1
wait
held=$(run -c "select string_agg(t.code, ',') from flash.profile_access a
  join public.territories t on t.id = any (a.territory_ids)
  where a.profile_id = '10000000-0000-7000-8000-000000000001'")
[ "$held" = JM-09 ] || fail "access after two changes at once: wanted JM-09, got $held"

# Both take the same lead from the queue: one gets it, the other hears so.
run -c "insert into public.profile_territories select '10000000-0000-7000-8000-000000000001', t.id
  from public.territories t where t.code = 'JM-01'" || exit 1
take() {
  run -c "begin; select set_config('request.jwt.claims', '{\"sub\": \"$1\"}', true);
    set local role flash_rep;
    select (public.take_submission('10000000-0000-7000-8000-0000000000f1')).owner_id;
    reset role; select pg_sleep($2); commit" 2>&1
}
first=$(mktemp)
take 10000000-0000-7000-8000-000000000001 1 >"$first" &
sleep 0.3
second=$(take 10000000-0000-7000-8000-000000000002 0)
wait
grep -q already_taken <<<"$second" || fail "the second taker: $second"
grep -q already_taken "$first" && fail "the first taker was refused"
rm -f "$first"
owner=$(run -c "select owner_id, count(*) over () from public.assignments
  where submission_id = '10000000-0000-7000-8000-0000000000f1'")
[ "$owner" = "10000000-0000-7000-8000-000000000001|1" ] || fail "one assignment: $owner"

# Two edits of one version: the second changes nothing.
edit() {
  run -c "begin; update public.submissions set specific_needs = '$1'
    where id = '10000000-0000-7000-8000-0000000000f1' and version = 2 returning version;
    select pg_sleep($2); commit"
}
edit first 1 >/dev/null &
sleep 0.3
stale=$(edit second 0)
wait
[ -z "$stale" ] || fail "a stale version was accepted: $stale"
run -c "delete from public.submissions where id = '10000000-0000-7000-8000-0000000000f1';
  delete from public.profiles where email like 'race.%';
  delete from auth.users where email like 'race.%'" || exit 1
echo "races ok"
