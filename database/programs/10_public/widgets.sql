-- The numbers of the dashboard's further widgets. Called by the web app through rpc, with the
-- caller's own rights: each number counts exactly the rows he could list.

-- The open leads by one of their facts. p_by: 'score' (tens; 100 belongs to the nineties), 'band',
-- 'interest', 'channel', 'business_type'. A lead without the fact has the key 'none'.
create or replace function public.open_breakdown(p_territory int, p_by text)
returns table (key text, leads int)
language sql stable security invoker set search_path = '' as $$
  select coalesce(case p_by
      when 'score' then case when s.lead_score is not null
        then (least(s.lead_score / 10, 9) * 10)::text end
      when 'band' then s.score_band
      when 'interest' then s.interest_level::text
      when 'channel' then s.channel
      when 'business_type' then s.business_type::text end, 'none'), count(*)::int
  from public.submissions s
  where s.status in ('new', 'contacted', 'qualified', 'nurture')
    and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
  group by 1 order by 1
$$;

-- What became of the leads that came in the last p_days days, by one of their facts: 'channel',
-- 'business_type', 'band' or 'month' (of the place's own calendar).
create or replace function public.lead_conversion(p_territory int default null,
  p_by text default 'channel', p_days int default 180)
returns table (key text, leads int, won int, lost int, open int)
language sql stable security invoker set search_path = '' as $$
  select coalesce(case p_by
      when 'channel' then s.channel
      when 'business_type' then s.business_type::text
      when 'band' then s.score_band
      when 'month' then to_char(s.created_at at time zone e.time_zone, 'YYYY-MM') end, 'none'),
    count(*)::int,
    (count(*) filter (where s.status = 'converted'))::int,
    (count(*) filter (where s.status in ('disqualified', 'archived')))::int,
    (count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')))::int
  from public.submissions s
  join flash.territory_effective e on e.territory_id = s.territory_id
  where s.created_at >= now() - make_interval(days => least(greatest(p_days, 1), 3660))
    and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
    and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
  group by 1 order by 1
$$;

-- How long deals stayed in each stage they left in the last p_days days, and ('cycle') how long the
-- won ones took from their beginning. Days, at the middle and at three quarters; n is how many.
create or replace function public.deal_velocity(p_territory int default null,
  p_days int default 180)
returns table (stage text, n int, median_days numeric, slow_days numeric)
language sql stable security invoker set search_path = '' as $$
  with moves as (
    select h.deal_id, h.changed_at, h.from_stage, h.to_stage, h.outcome,
      lag(h.changed_at) over (partition by h.deal_id order by h.changed_at, h.id) as since,
      min(h.changed_at) over (partition by h.deal_id) as began
    from public.deal_stage_history h
    where p_territory is null or h.territory_id = any ((select flash.subtree(p_territory))::int[])),
  spans as (
    select m.from_stage::text as stage, extract(epoch from m.changed_at - m.since) / 86400 as days
    from moves m
    where m.from_stage <> 'closed' and m.since is not null
      and m.changed_at >= now() - make_interval(days => least(greatest(p_days, 1), 3660))
    union all
    select 'cycle', extract(epoch from m.changed_at - m.began) / 86400
    from moves m
    where m.outcome = 'won' and m.to_stage = 'closed'
      and m.changed_at >= now() - make_interval(days => least(greatest(p_days, 1), 3660)))
  select v.stage, count(s.days)::int,
    round((percentile_cont(0.5) within group (order by s.days))::numeric, 1),
    round((percentile_cont(0.75) within group (order by s.days))::numeric, 1)
  from (values (1, 'new'), (2, 'contacted'), (3, 'qualified'), (4, 'proposal'),
    (5, 'negotiation'), (6, 'cycle')) as v(place, stage)
  left join spans s on s.stage = v.stage
  group by v.place, v.stage order by v.place
$$;

-- New leads by place and ISO week (its Monday, on the place's calendar) of the last p_weeks weeks,
-- this one included. Weeks without leads have no row.
create or replace function public.territory_weeks(p_territory int default null,
  p_weeks int default 12)
returns table (territory_id int, week date, leads int)
language sql stable security invoker set search_path = '' as $$
  select s.territory_id, date_trunc('week', s.created_at at time zone e.time_zone)::date,
    count(*)::int
  from public.submissions s
  join flash.territory_effective e on e.territory_id = s.territory_id
  where s.created_at >= now() - make_interval(days => 7 * least(greatest(p_weeks, 1), 104) + 1)
    and date_trunc('week', s.created_at at time zone e.time_zone)
      > date_trunc('week', now() at time zone e.time_zone)
        - make_interval(days => 7 * least(greatest(p_weeks, 1), 104))
    and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
    and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
  group by 1, 2
$$;

-- Who won how much since a day, in US dollars at the rate of each deal's day; and how many of the
-- deals that closed were won. A rep sees his own name and the ranks of the others without theirs.
create or replace function public.leaderboard(p_territory int default null,
  p_since date default null)
returns table (rank int, profile_id uuid, is_me bool, won_usd numeric, won int, closed int)
language sql stable security invoker set search_path = '' as $$
  select (rank() over (order by coalesce(sum(b.usd) filter (where b.won), 0) desc))::int,
    case when b.owner_id = auth.uid()
      or (select a.role from flash.my_access() a) <> 'rep' then b.owner_id end,
    b.owner_id = auth.uid(),
    coalesce(round(sum(b.usd) filter (where b.won), 2), 0),
    (count(*) filter (where b.won))::int, count(*)::int
  from (
    select d.owner_id, d.outcome = 'won' as won,
      flash.to_usd(d.value, d.currency, d.rate_date) as usd
    from public.deals d
    where d.stage = 'closed' and d.owner_id is not null
      and d.close_date >= coalesce(p_since, date_trunc('month', flash.my_today())::date)
      and (p_territory is null or d.territory_id = any ((select flash.subtree(p_territory))::int[]))
    ) b
  group by b.owner_id
  order by 1, b.owner_id
$$;

-- Open leads that nobody has contacted, by how their first contact stands: 'late', 'soon' (due in
-- the next four hours), 'later'; and 'none' without a time to keep.
create or replace function public.sla_state(p_territory int default null)
returns table (state text, band text, leads int)
language sql stable security invoker set search_path = '' as $$
  select case when s.first_response_due_at is null then 'none'
      when s.first_response_due_at <= now() then 'late'
      when s.first_response_due_at <= now() + interval '4 hours' then 'soon' else 'later' end,
    coalesce(s.score_band, 'none'), count(*)::int
  from public.submissions s
  where s.status in ('new', 'contacted', 'qualified', 'nurture') and s.first_response_at is null
    and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
  group by 1, 2
$$;

grant execute on function public.open_breakdown(int, text),
  public.lead_conversion(int, text, int), public.deal_velocity(int, int),
  public.territory_weeks(int, int), public.leaderboard(int, date), public.sla_state(int)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
