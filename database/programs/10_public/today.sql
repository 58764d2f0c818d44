-- What a person did lately, for the page of his day. Called by the web app through rpc, with the
-- caller's own rights.

-- {today: the caller's day, contacts_today, contacts_week: this ISO week's, by kind, streak}: contacts
-- are the calls, mails, meetings, visits and messages that he did himself, by when they were done.
-- streak: how many of his working days in a row have one, today included once it has; a day off does
-- not break it. Looks back half a year.
create or replace function public.my_day() returns jsonb
language sql stable security invoker set search_path = '' as $$
  with me as (
    select p.id, p.time_zone, coalesce(nullif(p.work_days, '{}'), '{1,2,3,4,5}') as work_days,
      flash.my_today() as today
    from public.profiles p where p.id = auth.uid()),
  done as (
    select a.kind, (a.completed_at at time zone me.time_zone)::date as day
    from public.activities a, me
    where a.actor_id = me.id and a.kind in ('call', 'email', 'meeting', 'visit', 'message')
      and a.completed_at >= now() - interval '185 days'),
  days as (
    select d.day::date as day, exists (select from done where done.day = d.day::date) as kept
    from me, generate_series(me.today - 183, me.today, interval '1 day') d(day)
    where extract(isodow from d.day)::smallint = any (me.work_days))
  select jsonb_build_object(
    'today', me.today,
    'contacts_today', (select count(*) from done where done.day = me.today),
    'contacts_week', (
      select jsonb_object_agg(k.kind, (select count(*) from done
        where done.kind = k.kind and done.day >= date_trunc('week', me.today)::date))
      from unnest(array['call', 'email', 'meeting', 'visit', 'message']) k(kind)),
    'streak', (
      select count(*) from days where days.kept and days.day > coalesce((
        select max(missed.day) from days missed where not missed.kept and missed.day < me.today),
        '-infinity')))
  from me
$$;

revoke execute on function public.my_day() from public;
grant execute on function public.my_day() to flash_rep, flash_manager, flash_viewer, flash_admin;
