-- The numbers of a territory's page that the dashboard does not have: its weeks, its team and who
-- covers which place. Called by the web app through rpc, with the caller's own rights: each number
-- counts exactly the rows he could list. p_territory: it and all below; null is everything he has.

-- The last p_weeks ISO weeks (by their Monday), the unfinished one last; weeks without anything are
-- rows of zeros. Leads are by the week they came in, on the place's calendar: `due` of them had a
-- first response given or due, `in_time` were answered in time. Deals are by the day they closed.
create or replace function public.territory_trend(p_territory int default null,
  p_weeks int default 12)
returns table (week date, leads int, due int, in_time int, won int, lost int, won_usd numeric)
language sql stable security invoker set search_path = '' as $$
  with weeks as (
    select date_trunc('week', flash.my_today())::date - 7 * n as week
    from generate_series(0, least(greatest(p_weeks, 1), 104) - 1) n),
  came as (
    select date_trunc('week', s.created_at at time zone e.time_zone)::date as week,
      count(*) as leads,
      count(*) filter (where s.first_response_due_at is not null
        and (s.first_response_at is not null or s.first_response_due_at <= now())) as due,
      count(*) filter (where s.first_response_at <= s.first_response_due_at) as in_time
    from public.submissions s
    join flash.territory_effective e on e.territory_id = s.territory_id
    where s.created_at >= now() - make_interval(days => 7 * least(greatest(p_weeks, 1), 104) + 1)
      and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
      and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
    group by 1),
  closed as (
    select date_trunc('week', d.close_date)::date as week,
      count(*) filter (where d.outcome = 'won') as won,
      count(*) filter (where d.outcome = 'lost') as lost,
      sum(flash.to_usd(d.value, d.currency, d.rate_date)) filter (where d.outcome = 'won') as usd
    from public.deals d
    where d.stage = 'closed' and d.close_date >= (select min(w.week) from weeks w)
      and (p_territory is null or d.territory_id = any ((select flash.subtree(p_territory))::int[]))
    group by 1)
  select w.week, coalesce(c.leads, 0)::int, coalesce(c.due, 0)::int, coalesce(c.in_time, 0)::int,
    coalesce(d.won, 0)::int, coalesce(d.lost, 0)::int, round(coalesce(d.usd, 0), 2)
  from weeks w left join came c on c.week = w.week left join closed d on d.week = w.week
  order by w.week
$$;

-- The reps whom leads of the territory can go to, and everybody else who owns something open there.
-- capacity and load are a rep's over all his territories, as routing counts them, null for others;
-- away: absent now. Of the territory: open and hot leads, those nobody has contacted in time (late),
-- the leads of the last 28 days that were due and those in time, open deals and their US dollars, and
-- what he won and closed this calendar month.
create or replace function public.territory_team(p_territory int default null)
returns table (profile_id uuid, capacity int, load int, away bool, open_leads int, hot_leads int,
  late int, due int, in_time int, deals int, pipeline_usd numeric, won int, closed int,
  won_usd numeric)
language sql stable security invoker set search_path = '' as $$
  with team as (
    select r.* from jsonb_to_recordset(public.routing_desk(p_territory) -> 'people')
      as r(id uuid, capacity int, load int, absent bool)),
  held as (
    select s.owner_id,
      count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')) as open,
      count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')
        and s.lead_score >= 80) as hot,
      count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')
        and s.first_response_at is null and s.first_response_due_at <= now()) as late,
      count(*) filter (where s.recent and s.first_response_due_at is not null
        and (s.first_response_at is not null or s.first_response_due_at <= now())) as due,
      count(*) filter (where s.recent and s.first_response_at <= s.first_response_due_at) as in_time
    from (
      select s.*, s.created_at >= now() - interval '28 days'
        and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason) as recent
      from public.submissions s
      where s.owner_id is not null
        and (s.status in ('new', 'contacted', 'qualified', 'nurture')
          or s.created_at >= now() - interval '28 days')
        and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
      ) s
    group by 1),
  piped as (
    select d.owner_id, count(*) as deals,
      round(coalesce(sum(flash.to_usd(d.value, d.currency, d.rate_date)), 0), 2) as usd
    from public.deals d
    where d.stage <> 'closed' and d.owner_id is not null
      and (p_territory is null or d.territory_id = any ((select flash.subtree(p_territory))::int[]))
    group by 1),
  won as (
    select l.profile_id as id, l.won, l.closed, l.won_usd from public.leaderboard(p_territory) l)
  select coalesce(team.id, held.owner_id, piped.owner_id, won.id), team.capacity, team.load,
    coalesce(team.absent, false), coalesce(held.open, 0)::int, coalesce(held.hot, 0)::int,
    coalesce(held.late, 0)::int, coalesce(held.due, 0)::int, coalesce(held.in_time, 0)::int,
    coalesce(piped.deals, 0)::int, coalesce(piped.usd, 0), coalesce(won.won, 0),
    coalesce(won.closed, 0), coalesce(won.won_usd, 0)
  from team
  full join held on held.owner_id = team.id
  full join piped on piped.owner_id = coalesce(team.id, held.owner_id)
  full join won on won.id = coalesce(team.id, held.owner_id, piped.owner_id)
  where team.id is not null or held.open > 0 or piped.deals > 0 or won.closed > 0
  order by 14 desc, 5 desc, 1
$$;

-- Each smallest place that the caller holds: how many reps hold it, how many of them are absent, and
-- how many are there with room for another lead; its open leads and those that nobody owns.
create or replace function public.territory_coverage(p_territory int default null)
returns table (territory_id int, reps int, away int, free int, open_leads int, unowned int)
language sql stable security invoker set search_path = '' as $$
  with team as (
    select r.* from jsonb_to_recordset(public.routing_desk(p_territory) -> 'people')
      as r(id uuid, capacity int, load int, absent bool)),
  places as (
    select t.id from public.territories t
    where t.id = any ((select a.territory_ids from flash.my_access() a)::int[])
      and (p_territory is null or t.id = any ((select flash.subtree(p_territory))::int[]))
      and not exists (select from public.territories below where below.parent_id = t.id)),
  holders as (
    select c.descendant_id as place, count(distinct r.id) as reps,
      count(distinct r.id) filter (where r.absent) as away,
      count(distinct r.id) filter (where not r.absent and r.load < r.capacity) as free
    from team r
    join public.profile_territories n on n.profile_id = r.id
    join flash.territory_paths c on c.ancestor_id = n.territory_id
    group by 1),
  open as (
    select s.territory_id as place, count(*) as leads,
      count(*) filter (where s.owner_id is null) as unowned
    from public.submissions s
    where s.status in ('new', 'contacted', 'qualified', 'nurture')
    group by 1)
  select p.id, coalesce(h.reps, 0)::int, coalesce(h.away, 0)::int, coalesce(h.free, 0)::int,
    coalesce(o.leads, 0)::int, coalesce(o.unowned, 0)::int
  from places p left join holders h on h.place = p.id left join open o on o.place = p.id
  order by 1
$$;

revoke execute on function public.territory_team(int), public.territory_coverage(int) from public;
grant execute on function public.territory_trend(int, int)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
grant execute on function public.territory_team(int), public.territory_coverage(int)
  to flash_manager, flash_admin;
