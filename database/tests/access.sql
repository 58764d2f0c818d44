-- Attacks on what a person may see, and the upkeep of flash.profile_access.
begin;
\ir kit/people.sql
create temp table lead_of (what text primary key, id uuid) on commit drop;
insert into lead_of values ('own', pg_temp.lead('Own', 'JM-01', 'rep')),
  ('next door', pg_temp.lead('Next door', 'JM-02', null)),
  ('cayman', pg_temp.lead('Secret Cayman', 'KY-GT', 'rep_ky'));
grant select on lead_of to public;

-- Numbers that leak rows: count, exists, max, group by, the dashboard.
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from public.submissions'), '1',
  'a rep counts his own territory');
select pg_temp.is(pg_temp.ask('rep', 'select exists (select from public.submissions
  where business_name ^@ ''Secret'')'), 'false', 'exists');
select pg_temp.is(pg_temp.ask('rep', 'select max(business_name) from public.submissions'), 'Own',
  'max');
select pg_temp.is(pg_temp.ask('rep',
  'select public.dashboard_stats() -> ''open_leads'' ->> ''value'''),
  '1', 'dashboard');
select pg_temp.is(pg_temp.ask('rep', format('select public.dashboard_stats(%s)
  -> ''open_leads'' ->> ''value''', pg_temp.place('KY'))), '0', 'dashboard of another territory');
select pg_temp.is(pg_temp.ask('rep', 'select sum(leads) from public.lead_funnel()'), '1', 'funnel');
select pg_temp.is(pg_temp.ask('rep', 'select sum(leads) from public.leads_per_day()'), '1',
  'per day');
select pg_temp.is(pg_temp.ask('rep', 'select string_agg(code, '','') from public.territory_tree()'),
  'JM-01', 'only held nodes');
select pg_temp.is(pg_temp.ask('manager', 'select sum(open_leads) from public.territory_tree()
  where code = ''JM'''), '2', 'subtree sums');
select pg_temp.is(pg_temp.ask('viewer', 'select count(*) from public.submissions'), '2', 'viewer');
select pg_temp.is(pg_temp.ask('admin', 'select count(*) from public.submissions'), '3', 'admin');
select pg_temp.is(pg_temp.ask('gone', 'select count(*) from public.submissions'), '0',
  'an inactive person sees nothing');
insert into public.notifications (user_id, type, title_key) values (pg_temp.person('gone'), 't',
  'k');
select pg_temp.is(pg_temp.ask('gone', 'select count(*) from public.notifications'), '0',
  'nor his notices');
select pg_temp.is(pg_temp.ask('forged', 'select count(*) from public.submissions'), '0',
  'a forged role sees nothing');
select pg_temp.is(pg_temp.ask('forged', 'select count(*) from public.territory_tree()'), '1',
  'a forged role holds what the profile holds');
select pg_temp.is(pg_temp.ask('no_profile', 'select count(*) from public.territories'), '0',
  'no profile, no places');
select pg_temp.is(pg_temp.ask('anon', 'select count(*) from public.submissions'), 'denied', 'anon');
select pg_temp.is(pg_temp.ask('anon', 'select public.dashboard_stats()'), 'denied', 'anon rpc');
select pg_temp.is(pg_temp.ask('stranger', 'select public.dashboard_stats()'), 'denied', 'stranger');
select pg_temp.is(pg_temp.ask('sign_in', 'select count(*) from public.submissions'), 'denied',
  'sign-in has no business with leads');
select pg_temp.is(pg_temp.ask('intake', 'select count(*) from public.' || t), 'denied',
  'intake reads nothing')
from unnest(array['submissions', 'profiles', 'territories', 'contacts']) t;
select pg_temp.is(pg_temp.ask('worker', 'select count(*) from auth.users'), 'denied',
  'background work has no business with passwords');
-- A filter that raises an error on hidden rows would tell about them.
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from public.submissions
  where 1 / (case when business_name = ''Secret Cayman'' then 0 else 1 end) = 1'), '1',
  'a faulty filter is not run on hidden rows');
-- The person named in a row he may not see stays unnamed.
select pg_temp.is(pg_temp.ask('rep', 'select string_agg(full_name, '','' order by full_name)
  from public.profiles'), 'Admin,Colleague,Manager,Rep,Viewer', 'colleagues only');
select pg_temp.is(pg_temp.try('rep', format('insert into public.activities (submission_id, kind)
  values (%L, ''note'')', (select id from lead_of where what = 'cayman'))), '23503 no such lead',
  'the answer for a hidden lead is that of a missing one');
select pg_temp.is(pg_temp.try('rep', format('select public.take_submission(%L)',
  (select id from lead_of where what = 'cayman'))), 'PT404 not_found', 'hidden is not found');
select pg_temp.is(pg_temp.try('rep', 'select public.take_submission(gen_random_uuid())'),
  'PT404 not_found', 'missing is not found');

-- A rep who wants more than he has.
select pg_temp.is(pg_temp.try('rep', a.sql), a.answer, a.sql) from (values
  ('update public.profiles set role = ''admin'' where id = auth.uid()', 'denied'),
  ('update public.profiles set active = true', 'denied'),
  ('update public.profiles set capacity = 1000 where id = auth.uid()', 'denied'),
  ('insert into public.profile_territories values (auth.uid(), 1)', 'denied'),
  ('update public.profile_territories set territory_id = 1', 'denied'),
  ('delete from public.profile_territories', 'denied'),
  ('update flash.profile_access set territory_ids = ''{1,2,3}''', 'denied'),
  ('select flash.rebuild_access(null)', 'denied'),
  ('select flash.notify(auth.uid(), ''x'', null, null)', 'denied'),
  ('update auth.users set raw_app_meta_data = ''{"role": "admin"}''', 'denied'),
  ('update public.submissions set territory_id = 1', 'denied'),
  ('update public.submissions set owner_id = auth.uid()', 'denied'),
  ('update public.submissions set lead_score = 100', 'denied'),
  ('update public.submissions set deleted_at = now()', 'denied'),
  ('update public.submissions set version = 1', 'denied'),
  ('update public.submissions set duplicate_of = null', 'denied'),
  ('insert into public.submissions (status, country, business_name, owner_name, email,
    business_type, interest_level) values (''converted'', ''JM'', ''xx'', ''xx'', ''a@b.example'',
    ''retail'', 1)', 'denied'),
  ('delete from public.submissions', 'denied'),
  ('insert into public.audit_log (actor_role, table_name, row_id, op)
    values (''x'', ''x'', ''x'', ''insert'')', 'denied'),
  ('select value from flash.secrets', 'denied'),
  ('alter table public.submissions disable row level security',
   '42501 must be owner of table submissions'),
  ('create table public.mine (id int)', 'denied')
) as a(sql, answer);
select pg_temp.is(pg_temp.try('manager', 'update public.profiles set capacity = 5
  where id = pg_temp.person(''rep_ky'')'), '0', 'a manager and another manager''s rep');
select pg_temp.is(pg_temp.try('manager', 'update public.profiles set capacity = 5
  where id = pg_temp.person(''viewer'')'), '0', 'a manager and a viewer');
select pg_temp.is(pg_temp.try('admin', 'update public.profiles set active = false
  where id = auth.uid()'), 'PT409 last_admin', 'the last admin stays');

-- Somebody else's name in an insert.
select pg_temp.is(pg_temp.try('rep', format('insert into public.submissions (territory_id,
  owner_id, country, business_name, owner_name, email, business_type, interest_level)
  values (%s, %L, ''JM'', ''xx'', ''xx'', ''a@b.example'', ''retail'', 1)',
  pg_temp.place('JM-01'), pg_temp.person('colleague'))), 'check', 'a lead for a colleague');
select pg_temp.is(pg_temp.try('rep',
  format('insert into public.deals (territory_id, owner_id, title)
  values (%s, %L, ''x'')', pg_temp.place('JM-01'), pg_temp.person('colleague'))), 'check',
  'a deal for a colleague');

-- flash.profile_access follows the tree and the staff at once.
create function pg_temp.holds(p_name text) returns text language sql as $$
  select coalesce(string_agg(t.code, ',' order by t.code), '') from flash.profile_access a
  join public.territories t on t.id = any (a.territory_ids) where a.profile_id
    = pg_temp.person(p_name)
$$;
select pg_temp.is(pg_temp.holds('colleague'), 'JM-01,JM-02,JM-03,JM-04,JM-SURREY', 'a region');
update public.territories set parent_id = pg_temp.place('JM-SURREY') where code = 'JM-14';
select pg_temp.is(pg_temp.holds('colleague'), 'JM-01,JM-02,JM-03,JM-04,JM-14,JM-SURREY',
  'a parish moved in');
insert into public.profile_territories values (pg_temp.person('rep'), pg_temp.place('JM-09'));
select pg_temp.is(pg_temp.holds('rep'), 'JM-01,JM-09', 'a node more');
select pg_temp.is((select version::text from flash.profile_access
  where profile_id = pg_temp.person('rep')), '3', 'the version moves with each change');
update public.profile_territories set territory_id = pg_temp.place('JM-10')
where profile_id = pg_temp.person('rep') and territory_id = pg_temp.place('JM-09');
select pg_temp.is(pg_temp.holds('rep'), 'JM-01,JM-10', 'a node exchanged');
delete from public.profile_territories where profile_id = pg_temp.person('rep');
select pg_temp.is(pg_temp.holds('rep'), '', 'all nodes taken');
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from public.submissions'), '1',
  'what he owns stays until handover');
update public.profiles set active = false where id = pg_temp.person('rep');
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from public.submissions'), '0',
  'but not when he is gone');
update public.profiles set role = 'manager', active = true where id = pg_temp.person('rep');
select pg_temp.is((select raw_app_meta_data ->> 'role' from auth.users
  where id = pg_temp.person('rep')), 'manager', 'the next token carries the new role');
insert into public.territories (code, name, kind, parent_id, country)
values ('JM-01-A', 'Harbour', 'area', pg_temp.place('JM-01'), 'JM');
select pg_temp.is((pg_temp.place('JM-01-A') = any (territory_ids))::text, 'true',
  'an admin holds a new node') from flash.profile_access where profile_id = pg_temp.person('admin');
do $$ begin
  update public.territories set parent_id = pg_temp.place('JM-01-A') where code = 'JM-01';
  raise exception 'a cycle was accepted';
exception when check_violation then null; end $$;
update auth.users set email = 'new@test.example' where id = pg_temp.person('viewer');
select pg_temp.is((select email from public.profiles where id = pg_temp.person('viewer')),
  'new@test.example', 'the address shown is the address of sign-in');
rollback;
