-- Activities, notices and the audit log: in whose name, to whom, and what is kept.
begin;
\ir kit/people.sql
insert into cast_of (name, db_role) values ('owner', current_user);
create temp table probe (id uuid) on commit drop;
insert into probe values (pg_temp.lead('Probe', 'JM-01', 'rep'));
create function pg_temp.note(p_name text, p_columns text, p_values text, p_keep bool default false)
returns text language sql as $$
  select pg_temp.try(p_name,
    format('insert into public.activities (submission_id, %s) values (%L, %s)',
    p_columns, (select id from probe), p_values), p_keep)
$$;

-- Activities.
select pg_temp.is(pg_temp.note('rep', 'kind, actor_id', '''note'', null'), 'denied',
  'no other author');
select pg_temp.is(pg_temp.note('rep', 'kind, territory_id', '''note'', 1'), 'denied',
  'no territory');
select pg_temp.is(pg_temp.note('rep', 'kind', '''intake'''),
  '42501 activities of kind "intake" are written by the system', 'no system notes');
select pg_temp.is(pg_temp.note('viewer', 'kind', '''note'''), 'denied', 'a viewer');
select pg_temp.is(pg_temp.note('forged', 'kind', '''note'''), '23503 no such lead',
  'a forged role');
select pg_temp.is(left(pg_temp.note('rep', 'kind, body', '''note'', repeat(''x'', 4001)'), 5),
  '23514', 'long');
select pg_temp.is(pg_temp.note('colleague', 'kind, body', '''note'', ''Seen her shop.''', true),
  '1',
  'a colleague may note');
select pg_temp.is((select concat_ws(' ', a.actor_id = pg_temp.person('colleague'),
    a.owner_id = pg_temp.person('rep'), t.code) from public.activities a
  join public.territories t on t.id = a.territory_id), 't t JM-01', 'whose it is');
select pg_temp.is(pg_temp.try('rep', 'update public.activities set body = ''mine now'''), '0',
  'nobody rewrites another''s note');
select pg_temp.is(pg_temp.try('colleague', 'update public.activities set body = ''Corrected.'''),
  '1',
  'his own he may');
select pg_temp.is(pg_temp.try('colleague', 'update public.activities set kind = ''call'''),
  'denied', 'kind');
select pg_temp.is(pg_temp.try('owner', 'update public.activities set kind = ''call'''),
  '42501 an activity keeps its lead, its author and its kind', 'for everybody');
select pg_temp.is((select concat_ws(' ', last_activity_at is not null, first_response_at is null,
  version)
  from public.submissions), 't t 1', 'a note is no response');
select pg_temp.is(pg_temp.note('rep', 'kind, due_at', '''call'', now() + interval ''1 day''',
  true), '1', 'planned');
select pg_temp.is((select (first_response_at is null)::text from public.submissions), 'true',
  'a planned call is no response');
select pg_temp.is(pg_temp.try('rep', 'update public.activities set completed_at = now()
  where kind = ''call''', true), '1', 'done');
select pg_temp.is((select (first_response_at is not null)::text from public.submissions), 'true',
  'a completed one is');

-- Notices.
select pg_temp.is((select count(distinct flash.notify(pg_temp.person('rep'), 'score_changed',
  'submission',
  (select id from probe), '{}', 'normal', 'score')) from generate_series(1, 3))::text, '1',
    'merged');
select pg_temp.is((select concat_ws(' ', count, title_key) from public.notifications),
  '3 notice.score_changed',
  'and counted');
update public.notifications set created_at = created_at - interval '11 minutes', read_at = now();
select flash.notify(pg_temp.person('rep'), 'score_changed', 'submission', (select id from probe),
  '{}',
  'normal', 'score');
select pg_temp.is((select string_agg(count::text, ' ' order by id) from public.notifications),
  '3 1',
  'after ten minutes a new one');
insert into public.notification_prefs (user_id, type, in_app) values (pg_temp.person('rep'),
  'muted', false);
select pg_temp.is(flash.notify(pg_temp.person('rep'), 'muted', null, null)::text, null,
  'not wanted');
select pg_temp.is(pg_temp.ask('rep_ky', 'select count(*) from public.notifications'), '0',
  'own only');
select pg_temp.is(pg_temp.try('rep',
  'update public.notifications set user_id = pg_temp.person(''rep_ky'')'),
  'denied', 'no forwarding');
select pg_temp.is(pg_temp.ask('rep_ky', 'select public.mark_notifications_read()'), '0',
  'nobody else''s');
select pg_temp.is(pg_temp.ask('rep', 'select public.mark_notifications_read()'), '1', 'read');

-- The audit log: settings and staff too, with what changed; not the noise.
delete from public.audit_log;
select pg_temp.is(pg_temp.try('admin', 'update public.profiles set capacity = 33
  where id = pg_temp.person(''rep'')', true), '1', 'capacity');
select pg_temp.is(pg_temp.try('admin', 'insert into public.profile_territories
  values (pg_temp.person(''rep''), pg_temp.place(''JM-09''))', true), '1', 'a territory more');
select pg_temp.is(pg_temp.try('rep', 'update public.submissions set interest_level = 9', true),
  '1', 'lead');
update public.profiles set last_assigned_at = now();
select pg_temp.is((select string_agg(concat_ws(' ', table_name, op, actor_role, changed),
  E'\n' order by id)
  from public.audit_log), E'profiles update flash_admin {"capacity": [20, 33]}\n'
  'profile_territories insert flash_admin\n'
  'submissions update flash_rep {"interest_level": [5, 9]}', 'three entries');
select pg_temp.is(pg_temp.ask('viewer', 'select count(*) from public.audit_log'), '0',
  'not for viewers');
select pg_temp.is(pg_temp.ask('rep', 'select string_agg(table_name, '','') from public.audit_log'),
  'submissions', 'a rep reads the history of his leads');
select pg_temp.is(pg_temp.ask('colleague', 'select count(*) from public.audit_log'), '0',
  'not another''s');
rollback;
