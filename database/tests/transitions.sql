-- The status of a lead, by every path that can change it.
begin;
\ir kit/people.sql
-- A lead brought to a status as an import would, the one before it included.
create function pg_temp.at(p_status text, p_before text default null) returns uuid
language plpgsql as $$
declare
  made uuid := pg_temp.lead('Lead ' || clock_timestamp(), 'JM-01', 'rep');
  step text;
begin
  perform set_config('flash.via', 'import', true);
  update public.submissions s set first_response_at = now() where s.id = made;
  foreach step in array array_remove(array[p_before, p_status], null) loop
    update public.submissions s set status = step,
      status_reason = case step when 'disqualified' then 'no_need' end
    where s.id = made and s.status <> step;
  end loop;
  perform set_config('flash.via', '', true);
  return made;
end
$$;

-- All 42 pairs for everybody who can try, against the table of the specification.
create temp table legal (f text, t text, actor text) on commit drop;
insert into legal select f, t, actor from (values
  ('new', 'contacted', '{rep,manager,admin,owner}'), ('new', 'qualified',
    '{rep,manager,admin,owner}'),
  ('contacted', 'qualified', '{rep,manager,admin,owner}'),
  ('new', 'nurture', '{rep,manager,admin,owner}'), ('contacted', 'nurture',
    '{rep,manager,admin,owner}'),
  ('qualified', 'nurture', '{rep,manager,admin,owner}'),
  ('nurture', 'contacted', '{rep,manager,admin,worker,owner}'),
  ('new', 'disqualified', '{rep,manager,admin,worker,owner}'),
  ('contacted', 'disqualified', '{rep,manager,admin,owner}'),
  ('qualified', 'disqualified', '{rep,manager,admin,owner}'),
  ('nurture', 'disqualified', '{rep,manager,admin,owner}'),
  ('disqualified', 'new', '{manager,admin,owner}'),
  ('new', 'archived', '{manager,admin,worker,owner}'),
  ('contacted', 'archived', '{manager,admin,worker,owner}'),
  ('qualified', 'archived', '{manager,admin,worker,owner}'),
  ('nurture', 'archived', '{manager,admin,worker,owner}'),
  ('disqualified', 'archived', '{manager,admin,worker,owner}'),
  ('archived', 'new', '{manager,admin,owner}'), ('archived', 'contacted', '{manager,admin,owner}'),
  ('archived', 'qualified', '{manager,admin,owner}'), ('archived', 'nurture',
    '{manager,admin,owner}'),
  ('archived', 'disqualified', '{manager,admin,owner}')) as v(f, t, people),
  unnest(v.people::text[]) actor;
insert into cast_of (name, db_role) values ('owner', current_user);
do $$
declare
  pair record;
  who text;
  lead uuid;
  got text;
  wanted text;
  wrong text := '';
begin
  for pair in
    select f.s as f, t.s as t
    from unnest(array['new', 'contacted', 'qualified', 'nurture', 'converted', 'disqualified',
      'archived']) f(s)
    cross join unnest(array['new', 'contacted', 'qualified', 'nurture', 'converted',
      'disqualified', 'archived']) t(s) where f.s <> t.s
  loop
    foreach who in array array['rep', 'manager', 'admin', 'worker', 'owner'] loop
      -- Archived leads go back to where they were, so they were there.
      lead := pg_temp.at(pair.f, case when pair.f = 'archived' then pair.t end);
      got := pg_temp.try(who, format('update public.submissions set status = %L,
        status_reason = ''competitor'', next_contact_at = now() + interval ''1 day''
        where id = %L', pair.t, lead));
      wanted := case when exists (select from legal l
        where (l.f, l.t, l.actor) = (pair.f, pair.t,
          who)) then '1' else 'PT409 illegal_transition' end;
      if got <> wanted then
        wrong := wrong || format(E'\n  %s: %s -> %s: wanted %s, got %s', who, pair.f, pair.t,
          wanted, got);
      end if;
    end loop;
  end loop;
  if wrong <> '' then
    raise exception 'transitions:%', wrong;
  end if;
end
$$;

-- What a step needs.
create temp table probe (id uuid) on commit drop;
insert into probe select pg_temp.lead('Probe', 'JM-01', 'rep');
create function pg_temp.probe(p_name text, p_set text) returns text language sql as $$
  select pg_temp.try(p_name, format('update public.submissions set %s where id = %L', p_set,
    (select id from probe)))
$$;
select pg_temp.is(pg_temp.probe('rep', 'status = ''contacted'''), 'PT422 activity_required',
  'contacted without a contact');
select pg_temp.is(pg_temp.probe('rep', 'status = ''qualified'''), 'PT422 reason_required',
  'qualified without a reason');
select pg_temp.is(pg_temp.probe('rep', 'status = ''nurture'''), 'PT422 next_contact_required',
  'nurture without a date');
select pg_temp.is(pg_temp.probe('rep',
  'status = ''nurture'', next_contact_at = now() - interval ''1 h'''),
  'PT422 next_contact_required', 'nurture until yesterday');
select pg_temp.is(pg_temp.probe('rep', 'status = ''disqualified'''), 'PT422 reason_required',
  'disqualified without a reason');
select pg_temp.is(left(pg_temp.probe('rep', 'status = ''disqualified'', status_reason = ''mood'''),
  5),
  '23514', 'disqualified with a reason of his own');
select pg_temp.is(pg_temp.probe('rep',
  'status = ''disqualified'', status_reason = ''other: moved'''),
  '1', 'disqualified for another reason');
select pg_temp.is(pg_temp.probe('rep', 'status = ''hot'''), '23514 value for domain '
  'flash.submission_status violates check constraint "submission_status_check"', 'no such status');
select pg_temp.is(pg_temp.probe('colleague', 'status = ''contacted'''), '0',
  'somebody else''s lead');
select pg_temp.is(pg_temp.probe('viewer', 'status = ''contacted'''), 'denied', 'a viewer');

-- The settings that triggers understand are worth nothing to a person.
do $$
declare
  what text;
begin
  foreach what in array array['deal', 'import'] loop
    perform set_config('flash.via', what, true);
    perform pg_temp.is(pg_temp.probe('rep', 'status = ''converted'''), 'PT409 illegal_transition',
      'a person who says he is a ' || what);
    perform pg_temp.is(pg_temp.ask('rep', 'select flash.actor() = auth.uid()'), 'true',
      'histories name the caller');
  end loop;
  perform set_config('flash.via', '', true);
end
$$;

-- The call of the screens.
create function pg_temp.move(p_name text, p_args text) returns text language sql as $$
  select pg_temp.try(p_name, format('select public.change_submission_status(%L, %s)',
    (select id from probe), p_args), true)
$$;
select pg_temp.is(pg_temp.move('rep', '''contacted'', 7'), 'PT409 version_conflict', 'stale');
select pg_temp.is(pg_temp.move('colleague', '''contacted'', 1, null, ''{"kind": "call"}'''),
  'PT403 not_owner', 'a colleague''s lead');
select pg_temp.is((select count(*)::text from public.activities where kind = 'call'), '0',
  'a refused change leaves no activity');
select pg_temp.is(pg_temp.move('rep_ky', '''contacted'', 1'), 'PT404 not_found', 'hidden');
select pg_temp.is(pg_temp.move('viewer', '''contacted'', 1'), 'denied', 'viewer');
select pg_temp.is(pg_temp.move('rep', '''converted'', 1'), 'PT409 illegal_transition', 'illegal');
select pg_temp.is(pg_temp.move('rep', '''nonsense'', 1'), 'PT409 illegal_transition', 'nonsense');
select pg_temp.is(pg_temp.move('rep', 'null, 1'), 'PT409 illegal_transition', 'nothing');
select pg_temp.is(left(pg_temp.move('rep',
  '''contacted'', 1, null, ''{"kind": "call", "completed_at": "2999-01-01"}'''), 5), '23514',
  'a call in the future');
select pg_temp.is(pg_temp.move('rep', '''contacted'', 1, null,
  ''{"kind": "call", "body": "Spoke to her."}'''), '1', 'contacted');
select pg_temp.is((select concat_ws(' ', status, previous_status, version,
    first_response_at is not null, last_activity_at is not null)
  from public.submissions where id = (select id from probe)), 'contacted new 2 t t', 'the row');
select pg_temp.is((select string_agg(kind, ',' order by kind) from public.activities
  where submission_id = (select id from probe)), 'call,status_change', 'the time line');
select pg_temp.is((select concat_ws(' ', data ->> 'from', data ->> 'to',
    actor_id = pg_temp.person('rep')) from public.activities
  where submission_id = (select id from probe) and kind = 'status_change'), 'new contacted t',
  'the note');
select pg_temp.is(pg_temp.move('rep', '''nurture'', 2, null,
  format(''{"next_contact_at": "%s"}'', now() + interval ''3 days'')::jsonb'), '1', 'nurture');
select pg_temp.is(pg_temp.move('manager', '''archived'', 3'), '1', 'archived');
select pg_temp.is(pg_temp.move('manager', '''new'', 4'), 'PT409 illegal_transition',
  'archived goes back to where it was');
select pg_temp.is(pg_temp.move('manager', '''nurture'', 4'), '1', 'and only there');
-- A note does not make the version stale; an edit does.
select pg_temp.is(pg_temp.try('rep', format('insert into public.activities (submission_id, kind,
  completed_at) values (%L, ''call'', now())', (select id from probe)), true), '1', 'a note');
select pg_temp.is((select version::text from public.submissions where id = (select id from probe)),
  '5', 'version after the note');
select pg_temp.is(pg_temp.try('rep', format('update public.submissions set specific_needs = ''x''
  where id = %L and version = 5', (select id from probe)), true), '1', 'an edit');
select pg_temp.is(pg_temp.try('rep', format('update public.submissions set specific_needs = ''y''
  where id = %L and version = 5', (select id from probe)), true), '0', 'a stale edit');

-- Undo: the caller's own last change, for ten minutes, whatever the table says.
delete from probe;
insert into probe select pg_temp.lead('Undone', 'JM-01', 'rep');
create function pg_temp.undo(p_name text, p_version int, p_keep bool default false) returns text
language sql as $$
  select pg_temp.try(p_name, format('select public.undo_submission_status(%L, %s)',
    (select id from probe), p_version), p_keep)
$$;
select pg_temp.is(pg_temp.undo('rep', 1), 'PT409 nothing_to_undo', 'nothing yet');
select pg_temp.is(pg_temp.move('rep', '''disqualified'', 1, ''no_need'''), '1', 'a slip');
select pg_temp.is(pg_temp.undo(v.who, v.version), v.answer, v.who || ' undoes')
from (values ('rep', 1, 'PT409 version_conflict'), ('colleague', 2, 'PT403 not_owner'),
  ('manager', 2, 'PT409 nothing_to_undo'), ('viewer', 2, 'denied'), ('rep_ky', 2,
    'PT404 not_found'),
  ('rep', 2, '1')) v(who, version, answer);
select pg_temp.is(pg_temp.undo('rep', 2, true), '1', 'taken back');
select pg_temp.is((select concat_ws(' ', status, previous_status, status_reason, version)
  from public.submissions where id = (select id from probe)), 'new disqualified 3', 'as it was');
select pg_temp.is((select string_agg(data ->> 'to', ' ' order by id) from public.activities
  where submission_id = (select id from probe)), 'disqualified new', 'both moves are told');
select pg_temp.is(pg_temp.undo('rep', 3), 'PT409 nothing_to_undo', 'once');
select pg_temp.is(pg_temp.move('rep', '''nurture'', 3, null,
  jsonb_build_object(''next_contact_at'', now() + interval ''3 days'')'), '1', 'nurture');
select pg_temp.is(pg_temp.move('rep', '''disqualified'', 4, ''no_need'''), '1', 'another slip');
select pg_temp.is(pg_temp.undo('rep', 5, true), '1', 'taken back too');
select pg_temp.is((select concat_ws(' ', status,
  next_contact_at::date = (now() + interval '3 days')::date)
  from public.submissions where id = (select id from probe)), 'nurture t', 'with its date');
select pg_temp.is(pg_temp.move('rep', '''disqualified'', 6, ''no_need'''), '1', 'a third');
update public.activities set created_at = now() - interval '11 minutes' where data ->> 'to'
  = 'disqualified'
  and submission_id = (select id from probe);
select pg_temp.is(pg_temp.undo('rep', 7), 'PT409 nothing_to_undo', 'too late');

-- A lead begins as new.
select pg_temp.is(pg_temp.try('owner', 'insert into public.submissions (status, country,
  business_name, owner_name, email, business_type, interest_level)
  values (''qualified'', ''JM'', ''xx'', ''xx'', ''a@b.example'', ''retail'', 1)'),
  'PT409 illegal_transition', 'no lead begins qualified');
select pg_temp.is(pg_temp.try('owner', 'insert into public.submissions (status, status_reason,
  country, business_name, owner_name, email, business_type, interest_level)
  values (''disqualified'', ''spam'', ''JM'', ''xx'', ''xx'', ''a@b.example'', ''retail'', 1)'),
  '1', 'spam does');
rollback;
