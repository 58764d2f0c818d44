-- Deletion, restoration, transfer, taking and assigning; and what follows a lead.
begin;
\ir kit/people.sql
create temp table probe (what text primary key, id uuid) on commit drop;
insert into probe select w, pg_temp.lead(w, n, o) from (values ('own', 'JM-01', 'rep'),
  ('colleague', 'JM-01', 'colleague'), ('queue', 'JM-01', null), ('cayman', 'KY-GT', 'rep_ky'),
  ('elsewhere', 'KY-GT', 'rep')) v(w, n, o);
insert into public.deals (submission_id, owner_id, territory_id, title)
select p.id, s.owner_id, s.territory_id, p.what
from probe p join public.submissions s using (id);
insert into public.activities (submission_id, actor_id, kind, territory_id)
select id, null, 'system', 1 from probe;
insert into public.score_history (submission_id, score, band, model, factors, adjustment,
  territory_id) select id, 50, 'cool', 'points-v2', '[]', 0, 1 from probe;
create function pg_temp.call(p_name text, p_call text, p_what text, p_keep bool default false)
returns text language sql as $$
  select pg_temp.try(p_name, replace(format('select public.%s', p_call), '$', quote_literal(
    (select id from probe where what = p_what))), p_keep)
$$;
-- How many rows of a lead somebody sees in each table.
create function pg_temp.sees(p_name text, p_what text) returns text language sql as $$
  select string_agg(pg_temp.ask(p_name, format('select count(*) from public.%I where %I = %L', t.t,
    t.c, (select id from probe where what = p_what))), ' ' order by t.o)
  from (values (1, 'submissions', 'id'), (2, 'deals', 'submission_id'),
    (3, 'activities', 'submission_id'), (4, 'score_history', 'submission_id')) t(o, t, c)
$$;

-- Who may delete.
select pg_temp.is(pg_temp.call(v.who, 'soft_delete_submission($)', v.what), v.answer,
  v.who || ' deletes ' || v.what)
from (values ('rep', 'own', '1'), ('rep', 'colleague', 'PT403 not_allowed'),
  ('rep', 'queue', 'PT403 not_allowed'), ('rep', 'cayman', 'PT404 not_found'),
  ('rep', 'elsewhere', '1'), ('manager', 'colleague', '1'), ('manager', 'queue', '1'),
  ('manager', 'cayman', 'PT404 not_found'), ('manager', 'elsewhere', 'PT404 not_found'),
  ('manager_ky', 'elsewhere', '1'), ('admin', 'cayman', '1'), ('viewer', 'own', 'denied'),
  ('anon', 'own', 'denied'), ('stranger', 'own', 'denied'), ('forged', 'own', '1'),
  ('forged', 'cayman', 'PT404 not_found'), ('no_profile', 'own', 'PT404 not_found'),
  ('gone', 'own', 'PT404 not_found')) v(who, what, answer);
select pg_temp.is(pg_temp.call('rep', 'soft_delete_submission($, 99)', 'own'),
  'PT409 version_conflict', 'a stale version');

select pg_temp.is(pg_temp.sees('rep', 'own'), '1 1 2 1', 'before');
select pg_temp.is(pg_temp.call('rep', 'soft_delete_submission($, 1)', 'own', true), '1', 'delete');
select pg_temp.is(pg_temp.sees(who, 'own'), '0 0 0 0', 'gone with all that belongs to it: ' || who)
from unnest(array['rep', 'manager', 'admin', 'viewer', 'colleague']) who;
select pg_temp.is(pg_temp.call('rep', 'soft_delete_submission($)', 'own'), 'PT404 not_found',
  'twice');
select pg_temp.is(pg_temp.call('colleague', 'restore_submission($)', 'own'), 'PT403 not_allowed',
  'a colleague does not restore');
select pg_temp.is(pg_temp.call('rep_ky', 'restore_submission($)', 'own'), 'PT404 not_found',
  'nor somebody else');
select pg_temp.is(pg_temp.call('rep', 'restore_submission($)', 'own', true), '1', 'undo');
select pg_temp.is(pg_temp.sees('rep', 'own'), '1 1 2 1', 'all is back');
-- A deal deleted before its lead stays deleted.
update public.deals d set deleted_at = now() - interval '1 day'
from probe p where p.what = 'colleague' and d.submission_id = p.id;
select pg_temp.is(pg_temp.call('manager', 'soft_delete_submission($)', 'colleague', true), '1',
  'x');
select pg_temp.is(pg_temp.call('manager', 'restore_submission($)', 'colleague', true), '1', 'x');
select pg_temp.is(pg_temp.sees('manager', 'colleague'), '1 0 1 1', 'its own deletion stays');
update public.submissions s set deleted_at = now() - interval '31 days'
from probe p where p.what = 'colleague' and s.id = p.id;
select pg_temp.is(pg_temp.call('manager', 'restore_submission($)', 'colleague'), 'PT409 too_late',
  'after 30 days');
update public.submissions s set deleted_at = null from probe p where p.what = 'colleague' and s.id
  = p.id;

-- Taking.
select pg_temp.is(pg_temp.call('viewer', 'take_submission($)', 'queue'), 'denied', 'a viewer');
select pg_temp.is(pg_temp.call('rep_ky', 'take_submission($)', 'queue'), 'PT404 not_found', 'far');
select pg_temp.is(pg_temp.call('rep', 'take_submission($)', 'colleague'), 'PT409 already_taken',
  'taken');
select pg_temp.is(pg_temp.call('rep', 'take_submission($)', 'queue', true), '1', 'take');
select pg_temp.is(pg_temp.call('colleague', 'take_submission($)', 'queue'), 'PT409 already_taken',
  'the second');
select pg_temp.is((select concat_ws(' ', a.source, a.profile_id = pg_temp.person('rep'),
    a.owner_id = pg_temp.person('rep'), d.owner_id = pg_temp.person('rep'))
  from probe p join public.assignments a on a.submission_id = p.id
  join public.deals d on d.submission_id = p.id where p.what = 'queue'), 'take t t t',
  'the assignment, and the deal changes hands');

-- What the time line says of the last change of hands: who did it, what, from whom, to whom, why.
create function pg_temp.time_line(p_what text) returns text language sql as $$
  select concat_ws(' | ', (select lower(c.full_name) from public.profiles c where c.id = a.actor_id), a.subject,
    a.data ->> 'from_name', a.data ->> 'to_name', a.data ->> 'reason',
    a.data ->> 'from_territory', a.data ->> 'to_territory',
    case when a.data -> 'to' = 'null' then 'nobody' end,
    case when a.completed_at is null then 'open' end)
  from public.activities a join probe p on p.id = a.submission_id
  where p.what = p_what and a.kind = 'assignment' order by a.id desc limit 1
$$;
select pg_temp.is(pg_temp.time_line('queue'), 'rep | Taken from the queue | Rep', 'taken');

-- Assigning.
select pg_temp.is(pg_temp.call(v.who, format('assign_submission($, %s, %L)', v.target, v.reason),
  'own'), v.answer, v.who || ' assigns to ' || v.target)
from (values
  ('rep', 'pg_temp.person(''colleague'')', 'x', 'PT403 not_allowed'),
  ('manager', 'pg_temp.person(''colleague'')', 'holiday', '1'),
  ('manager', 'pg_temp.person(''colleague'')', ' ', 'PT422 reason_required'),
  ('manager', 'pg_temp.person(''rep_ky'')', 'x', 'PT422 invalid_owner'),
  ('manager', 'pg_temp.person(''gone'')', 'x', 'PT422 invalid_owner'),
  ('manager', 'pg_temp.person(''viewer'')', 'x', 'PT422 invalid_owner'),
  ('manager', 'gen_random_uuid()', 'x', 'PT422 invalid_owner'),
  ('manager', 'null', 'back to the queue', '1'),
  ('manager_ky', 'pg_temp.person(''rep_ky'')', 'x', 'PT404 not_found'),
  ('admin', 'pg_temp.person(''manager'')', 'x', '1')) v(who, target, reason, answer);
select pg_temp.is(pg_temp.call('manager', 'assign_submission($, pg_temp.person(''colleague''),
  ''holiday'')', 'own', true), '1', 'assign');
select pg_temp.is((select concat_ws(' ', type, title_key, priority, params ->> 'reason')
  from public.notifications where user_id = pg_temp.person('colleague')),
  'lead_assigned notice.lead_assigned high holiday', 'the new owner is told');
select pg_temp.is(pg_temp.time_line('own'), 'manager | Assigned | Rep | Colleague | holiday',
  'the time line says so');
select pg_temp.is((select string_agg(o.payload ->> 'template', ',') from flash.outbox o
  where o.payload ->> 'user_id' = pg_temp.person('colleague')::text), 'notice.lead_assigned',
  'by mail too');
select pg_temp.is(pg_temp.call('manager', 'assign_submission($, null, ''nobody free'')', 'own',
  true), '1', 'into the queue');
select pg_temp.is(pg_temp.time_line('own'),
  'manager | Returned to the queue | Colleague | nobody free | nobody', 'and so');
select pg_temp.is(pg_temp.call('rep', 'soft_delete_submission($)', 'own'), 'PT403 not_allowed',
  'no longer his');
select pg_temp.is(pg_temp.call('manager', 'assign_submission($, pg_temp.person(''rep''), ''back'')',
  'own', true), '1', 'and back');

-- Transfer: out of sight for the one, into the queue of the other.
select pg_temp.is(pg_temp.call(v.who, format('transfer_submission($, %s, %L)', v.target, v.reason),
  v.what), v.answer, v.who || ' transfers')
from (values
  ('rep', 'own', 'pg_temp.place(''KY'')', '', 'PT422 reason_required'),
  ('rep', 'own', 'pg_temp.place(''JM-01'')', 'x', 'PT422 invalid_territory'),
  ('rep', 'own', '999999', 'x', 'PT422 invalid_territory'),
  ('rep', 'own', 'null', 'x', 'PT422 invalid_territory'),
  ('rep', 'colleague', 'pg_temp.place(''KY'')', 'x', 'PT403 not_allowed'),
  ('manager', 'cayman', 'pg_temp.place(''JM'')', 'x', 'PT404 not_found'),
  ('viewer', 'own', 'pg_temp.place(''JM'')', 'x', 'denied')) v(who, what, target, reason, answer);
insert into public.contacts (id, territory_id, full_name)
values ('00000000-0000-7000-8000-0000000000c1', pg_temp.place('JM-01'), 'Her');
update public.submissions s set contact_id = '00000000-0000-7000-8000-0000000000c1'
from probe p where p.what = 'own' and s.id = p.id;
select pg_temp.is(pg_temp.call('rep', 'transfer_submission($, pg_temp.place(''KY-WB''), ''moved'')',
  'own', true), '1', 'transfer');
select pg_temp.is(pg_temp.sees('rep', 'own'), '0 0 0 0', 'the giver sees nothing more');
select pg_temp.is(pg_temp.sees('manager', 'own'), '0 0 0 0', 'nor his manager');
select pg_temp.is(pg_temp.sees('rep_ky', 'own'), '1 1 6 1', 'the taker sees all');
select pg_temp.is(pg_temp.time_line('own'),
  'rep | Transferred | Rep | moved | Kingston | West Bay | nobody', 'with its story');
select pg_temp.is(pg_temp.ask('manager_ky',
  'select string_agg(type, '','') from public.notifications'),
  'lead_transferred', 'the manager there is told');
select pg_temp.is((select code from public.contacts c join public.territories t
  on t.id = c.territory_id where c.full_name = 'Her'), 'KY-WB', 'the contact goes along');
select pg_temp.is((select string_agg(distinct t.code, ',') from public.audit_log a
  join public.territories t on t.id = a.territory_id
  join probe p on p.id::text = a.row_id and p.what = 'own'), 'JM-01,KY-WB', 'audited');
select pg_temp.is((select changed ->> 'owner_id' from public.audit_log a
  join probe p on p.id::text = a.row_id and p.what = 'own' where a.changed ? 'territory_id'),
  format('["%s", null]', pg_temp.person('rep')), 'with both values');
rollback;
