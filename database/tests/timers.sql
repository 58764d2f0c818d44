-- Time passes: first responses in working hours, escalation, leads put by. The clock of the database
-- cannot be moved, so the leads are.
begin;
\ir kit/people.sql
update public.territory_settings set time_zone = 'America/Jamaica', work_days = '{1,2,3,4,5}',
  work_start = '09:00', work_end = '17:00', hot_sla_hours = 4, warm_sla_days = 1
where territory_id = pg_temp.place('JM');

-- A share of the time, in working hours: Friday 2026-11-20 15:00 in Jamaica is 20:00 UTC.
select pg_temp.is((flash.response_moment(pg_temp.place('JM-01'), v.at::timestamptz, v.band, v.share)
    at time zone 'America/Jamaica')::text, v.due, v.at || ' ' || v.band || ' ' || v.share)
from (values
  ('2026-11-20 20:00+00', 'hot', 1, '2026-11-23 11:00:00'),      -- 2 h on Friday, 2 h on Monday
  ('2026-11-20 20:00+00', 'hot', 0.75, '2026-11-23 10:00:00'),
  ('2026-11-20 20:00+00', 'hot', 2, '2026-11-23 15:00:00'),
  ('2026-11-20 20:00+00', 'warm', 1, '2026-11-23 15:00:00'),     -- a day of 8 hours
  ('2026-11-20 20:00+00', 'warm', 0.75, '2026-11-23 13:00:00'),
  ('2026-11-21 04:00+00', 'hot', 1, '2026-11-23 13:00:00'),      -- Friday night: Monday 9:00 + 4 h
  ('2026-11-21 17:00+00', 'hot', 0.75, '2026-11-23 12:00:00'),   -- Saturday
  ('2026-11-23 14:00+00', 'hot', 1, '2026-11-23 13:00:00'),      -- at the first minute
  ('2026-11-23 22:00+00', 'hot', 1, '2026-11-24 13:00:00')       -- at the last
) v(at, band, share, due);

create temp table probe (what text primary key, id uuid) on commit drop;
insert into probe select w, pg_temp.lead(w, 'JM-01', o) from (values ('hot', 'rep'),
  ('warm', 'rep'), ('queue', null), ('answered', 'rep'), ('deleted', 'rep')) v(w, o);
-- From here somebody works at every hour, so that hours are hours.
update public.territory_settings set work_days = '{1,2,3,4,5,6,7}', work_start = '00:00',
  work_end = '24:00' where territory_id = pg_temp.place('JM');
create function pg_temp.age(p_what text, p_hours numeric, p_score int) returns void
language sql as $$
  update public.submissions s
  set created_at = now() - make_interval(secs => (p_hours * 3600)::int), lead_score = p_score,
    score_band = case when p_score >= 80 then 'hot' else 'warm' end, scored_at = now(),
    score_model = 'points-v2', processed_at = now(), first_response_due_at = null
  from probe p where p.what = p_what and s.id = p.id;
  update public.submissions s set first_response_due_at =
    flash.first_response_due(s.territory_id, s.created_at, s.score_band)
  from probe p where p.what = p_what and s.id = p.id
$$;
create function pg_temp.told(p_what text) returns text language sql as $$
  select string_agg(n.type || ' ' || p.full_name || ' ' || n.priority, ', '
    order by n.type, p.full_name)
  from public.notifications n join public.profiles p on p.id = n.user_id
  join probe b on b.id = n.entity_id where b.what = p_what
$$;
create function pg_temp.clock(p_what text) returns text language sql as $$
  select k.stage || ' ' || round(extract(epoch from k.ring_at - now()) / 60)
  from flash.sla_clock k join probe p on p.id = k.submission_id where p.what = p_what
$$;

-- Three quarters of four hours: the owner hears.
select pg_temp.age('hot', 2.9, 90);
select pg_temp.is(pg_temp.clock('hot'), '0 6', 'set when the moment is known');
select pg_temp.is((flash.timers_ring(64) between 350000 and 361000)::text, 'true',
  'says when it wants to be called');
select pg_temp.is(pg_temp.told('hot'), null, 'nothing before its time');
select pg_temp.age('hot', 3.5, 90);
select flash.timers_ring(64);
select pg_temp.is(pg_temp.told('hot'), 'first_contact_soon Rep high', 'the owner alone');
select pg_temp.is(pg_temp.clock('hot'), '1 30', 'next: the end of its time');
select flash.timers_ring(64);
select pg_temp.is(pg_temp.told('hot'), 'first_contact_soon Rep high', 'once');

-- Missed: owner and manager, in the application and by mail, and in the time line.
create function pg_temp.later(p_what text, p_hours numeric) returns void language sql as $$
  update public.submissions s
  set created_at = s.created_at - make_interval(secs => (p_hours * 3600)::int)
  from probe p where p.what = p_what and s.id = p.id;
  update flash.sla_clock k set ring_at = ring_at - make_interval(secs => (p_hours * 3600)::int)
  from probe p where p.what = p_what and k.submission_id = p.id
$$;
alter table public.submissions disable trigger submissions_60_clock_moves;
select pg_temp.later('hot', 1);
update public.submissions s set first_response_due_at = s.first_response_due_at - interval '1 hour'
from probe p where p.what = 'hot' and s.id = p.id;
delete from flash.outbox;
select flash.timers_ring(64);
select pg_temp.is(pg_temp.told('hot'), 'first_contact_late Manager urgent, '
  'first_contact_late Rep urgent, first_contact_soon Rep high', 'owner and manager');
select pg_temp.is((select string_agg(c.name || ' ' || (o.payload ->> 'template'), ', '
    order by c.name) from flash.outbox o
  join cast_of c on c.id = (o.payload ->> 'user_id')::uuid and c.name in ('rep', 'manager')),
  'manager notice.first_contact_late, rep notice.first_contact_late', 'by mail too');
select pg_temp.is((select string_agg(a.subject || ' ' || (a.data ->> 'band'), ',')
  from public.activities a join probe p on p.id = a.submission_id where p.what = 'hot'),
  'First response is late hot', 'and in the time line');
select pg_temp.is(pg_temp.clock('hot'), '2 210', 'next: twice its time');

-- Twice: back into the queue.
select pg_temp.later('hot', 4);
select flash.timers_ring(64);
select pg_temp.is((select concat_ws(' ', s.owner_id is null, a.source, a.reason,
    a.previous_profile_id = pg_temp.person('rep'))
  from public.submissions s join probe p using (id)
  join public.assignments a on a.submission_id = s.id where p.what = 'hot'),
  't escalation Not contacted in twice the time agreed. t', 'it has no owner now');
select pg_temp.is((select a.subject || ' ' || (a.data ->> 'from_name') || ' '
    || coalesce(a.data ->> 'to', 'queue') from public.activities a
  join probe p on p.id = a.submission_id where p.what = 'hot' and a.kind = 'assignment'),
  'Returned to the queue Rep queue', 'and the time line says so');
select pg_temp.is(substring(pg_temp.told('hot') from 'lead_returned Rep [a-z]+'),
  'lead_returned Rep high', 'the owner before');
select pg_temp.is((pg_temp.told('hot') like '%lead_returned Manager urgent%')::text, 'true',
  'the manager');
select pg_temp.is(pg_temp.clock('hot'), null, 'the clock is gone');
alter table public.submissions enable trigger submissions_60_clock_moves;

-- A warm one is missed, and stays with its owner.
select pg_temp.age('warm', 25, 70);
update flash.sla_clock k set stage = 1 from probe p where p.what = 'warm' and k.submission_id = p.id;
select flash.timers_ring(64);
select pg_temp.is(pg_temp.told('warm'),
  'first_contact_late Manager urgent, first_contact_late Rep urgent', 'warm, missed');
select pg_temp.is(pg_temp.clock('warm'), null, 'and that was it');

-- In the queue: nobody to remind, the manager hears when it is late.
select pg_temp.age('queue', 5, 90);
select flash.timers_ring(64);
select pg_temp.is(pg_temp.told('queue'), null, 'nobody');
select flash.timers_ring(64);
select pg_temp.is(pg_temp.told('queue'), 'first_contact_late Manager urgent', 'the manager');

-- Answered or deleted: silence.
select pg_temp.age(w, 3.5, 90) from unnest(array['answered', 'deleted']) w;
insert into public.activities (submission_id, actor_id, kind, completed_at, territory_id)
select p.id, pg_temp.person('rep'), 'call', now(), 1 from probe p where p.what = 'answered';
update public.submissions s set deleted_at = now() from probe p
where p.what = 'deleted' and s.id = p.id;
select flash.timers_ring(64);
select pg_temp.is(concat(pg_temp.told('answered'), pg_temp.told('deleted'),
  pg_temp.clock('answered'), pg_temp.clock('deleted')), '', 'answered or deleted');

-- A band that rises brings the moment forward.
insert into probe select 'rises', pg_temp.lead('rises', 'JM-01', 'rep');
select pg_temp.age('rises', 2, 70);
select pg_temp.is(pg_temp.clock('rises'), '0 960', 'warm: 18 hours');
update public.submissions s set lead_score = 90, score_band = 'hot', scored_at = now()
from probe p where p.what = 'rises' and s.id = p.id;
select pg_temp.is(pg_temp.clock('rises'), '0 60', 'hot: 3 hours');

-- A lead that comes with a past rings for nothing.
insert into public.submissions (territory_id, country, owner_id, business_name, owner_name, email,
  business_type, interest_level, created_at, lead_score, score_band, scored_at, processed_at)
values (pg_temp.place('JM-01'), 'JM', pg_temp.person('rep'), 'Past', 'Owner', 'past@lead.example',
  'retail', 5, now() - interval '30 days', 90, 'hot', now(), now());
select pg_temp.is((select count(*)::text from flash.sla_clock k
  join public.submissions s on s.id = k.submission_id where s.business_name = 'Past'), '0', 'past');

-- Put by until a date.
insert into probe select 'nurtured', pg_temp.lead('nurtured', 'JM-01', 'rep');
update public.submissions s set status = 'nurture', next_contact_at = now() + interval '1 hour'
from probe p where p.what = 'nurtured' and s.id = p.id;
select flash.timers_ring(64);
select pg_temp.is((select s.status::text from public.submissions s join probe p using (id)
  where p.what = 'nurtured'), 'nurture', 'not yet');
update public.submissions s set next_contact_at = now() from probe p
where p.what = 'nurtured' and s.id = p.id;
select flash.timers_ring(64);
select pg_temp.is((select s.status::text from public.submissions s join probe p using (id)
  where p.what = 'nurtured'), 'contacted', 'it comes back by itself');
select pg_temp.is(pg_temp.told('nurtured'), 'nurture_over Rep normal', 'and its owner hears');
rollback;
