-- Mentions reach those who may see the lead; a task is ticked by whom it concerns.
begin;
\ir kit/people.sql

create temp table made on commit drop as
select pg_temp.lead('Papine Cafe', 'JM-01', 'rep') as lead;
grant select on made to public;
create function pg_temp.note(p_name text, p_data text) returns text language sql as $$
  select pg_temp.try(p_name, format('insert into public.activities (submission_id, kind, body, data)
    values (%L, ''note'', ''Can we hold it?'', %L)', (select lead from made), p_data), true)
$$;
select pg_temp.is(pg_temp.note('rep', jsonb_build_object('mentions', jsonb_build_array(
  pg_temp.person('manager'), pg_temp.person('rep'), pg_temp.person('rep_ky'), pg_temp.person('gone'),
  'nobody', pg_temp.person('admin')))::text), '1', 'a note');
select pg_temp.is((select string_agg(c.name || ' ' || n.type || ' ' || (n.params ->> 'who') || ': '
    || (n.params ->> 'reason'), ', ' order by c.name)
  from public.notifications n join cast_of c on c.id = n.user_id and c.role is not null),
  'admin mentioned Rep: Can we hold it?, manager mentioned Rep: Can we hold it?',
  'not the author, not those who do not see it, not those who left');
delete from public.notifications;
select pg_temp.is(pg_temp.note('rep', d), '1', d)
from unnest(array['{}', '{"mentions": "all"}', '{"mentions": {}}', '{"mentions": [1, null, {"a": 1}]}']) d;
select pg_temp.is((select count(*)::text from public.notifications), '0', 'nobody is called by nonsense');
insert into public.notification_prefs (user_id, type, in_app)
values (pg_temp.person('manager'), 'mentioned', false);
select pg_temp.note('rep', jsonb_build_object('mentions', jsonb_build_array(pg_temp.person('manager')))::text);
select pg_temp.is((select count(*)::text from public.notifications), '0', 'who does not want it');
select pg_temp.is(pg_temp.ask('rep', 'select flash.notify(auth.uid(), ''x'', null, null)'), 'denied',
  'nobody notifies by himself');

-- Tasks.
select pg_temp.try('manager', format('insert into public.activities (submission_id, kind, subject, due_at)
  values (%L, ''task'', ''Call'', now() + interval ''1 day'')', (select lead from made)), true);
create function pg_temp.tick(p_name text, p_done bool) returns text language sql as $$
  select pg_temp.ask(p_name, format('select (t.completed_at is not null)::text
    from public.set_task_done(%L, %L) t', (select id from public.activities where kind = 'task'), p_done))
$$;
select pg_temp.is(pg_temp.tick(who, true), wanted, who) from (values
  ('rep', 'true'), ('colleague', 'PT403 not_owner'), ('rep_ky', 'PT404 not_found'),
  ('manager_ky', 'PT404 not_found'), ('viewer', 'denied'), ('gone', 'PT404 not_found'),
  ('anon', 'denied'), ('manager', 'true'), ('admin', 'true')) v(who, wanted);
select pg_temp.is((select (completed_at is not null)::text from public.activities where kind = 'task'),
  'true', 'it stays ticked');
select pg_temp.is(pg_temp.tick('rep', false), 'false', 'and off again');
select pg_temp.is(pg_temp.ask('rep', format('select public.set_task_done(%L, true)',
  (select id from public.activities where kind = 'note' limit 1))), 'PT404 not_found', 'a note is no task');
rollback;
