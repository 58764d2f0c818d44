-- How territories and people did, from leads and deals that are closed. Called by /api/insights as
-- the caller: each number counts exactly the rows he could list. What too few rows would say is null.

-- One row a place (p_by 'territory': the parts of p_territory; without one the parts of the only
-- country that the caller works in, else countries) or a person (p_by 'rep'; a rep sees the others
-- without their names). `closed` and `won`: leads that were closed in the last p_days days;
-- `answered`: leads that came in them; the deals that were won in them, in US dollars.
create or replace function flash.performance(p_by text, p_territory int, p_days int)
returns table (place int, person uuid, closed int, won int, median_days numeric, answered int,
  response_minutes numeric, deals_won int, won_usd numeric)
language sql stable set search_path = '' as $$
  with scope as (
    select coalesce(p_territory, case when count(distinct s.country) = 1 then (
        select t.id from public.territories t
        where t.kind = 'country' and t.country = min(s.country)) end) as id
    from public.submissions s where s.deleted_at is null),
  parts as (
    select c.descendant_id, c.ancestor_id as part
    from flash.territory_paths c
    join public.territories t on t.id = c.ancestor_id
    cross join scope
    where case when scope.id is null then t.kind = 'country' else t.parent_id = scope.id end),
  facts as (
    select s.territory_id, s.owner_id, null::numeric as usd, false as is_deal,
      s.status_changed_at >= w.since and s.status in ('converted', 'disqualified', 'archived')
        as is_closed,
      s.status_changed_at >= w.since and s.status = 'converted' as is_won,
      case when s.status_changed_at >= w.since and s.status = 'converted'
        then extract(epoch from s.status_changed_at - s.created_at) / 86400 end as days,
      case when s.created_at >= w.since
        then extract(epoch from s.first_response_at - s.created_at) / 60 end as minutes
    from public.submissions s
    cross join (select now() - make_interval(days => p_days) as since) w
    where s.deleted_at is null
      and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
    union all
    select d.territory_id, d.owner_id, flash.to_usd(d.value, d.currency, d.rate_date), true,
      false, false, null, null
    from public.deals d
    where d.deleted_at is null and d.outcome = 'won' and d.close_date > flash.my_today() - p_days)
  select k.place, case when k.person = auth.uid()
      or coalesce((select a.role from flash.my_access() a), 'admin') <> 'rep' then k.person end,
    (count(*) filter (where f.is_closed))::int, (count(*) filter (where f.is_won))::int,
    percentile_cont(0.5) within group (order by f.days)::numeric, count(f.minutes)::int,
    percentile_cont(0.5) within group (order by f.minutes)::numeric,
    (count(*) filter (where f.is_deal))::int, coalesce(sum(f.usd), 0)
  from facts f
  left join parts p on p.descendant_id = f.territory_id
  cross join scope
  cross join lateral (select
    case when p_by = 'territory' then coalesce(p.part, f.territory_id) end as place,
    case when p_by = 'rep' then f.owner_id end as person) k
  where (p_territory is null or f.territory_id = any ((select flash.subtree(p_territory))::int[]))
    and (p_by = 'territory' or k.person is not null)
  group by k.place, k.person
  having count(*) filter (where f.is_closed or f.is_deal or f.minutes is not null) > 0
$$;

-- Where the share that `won` of `closed` stand for lies with 80 % (Wilson's interval).
create or replace function flash.share_interval(p_won int, p_closed int) returns jsonb
language sql immutable parallel safe set search_path = '' as $$
  select jsonb_build_array(
    round(greatest(0, middle - half)::numeric, 4), round(least(1, middle + half)::numeric, 4))
  from (select (share + z * z / (2 * n)) / (1 + z * z / n) as middle,
      z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n) as half
    from (select p_won::float8 / p_closed as share, p_closed::float8 as n,
      1.2815515655446004::float8 as z) q) w
$$;

create or replace function flash.performance_json(p_by text, p_territory int, p_days int)
returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
      'territory_id', p.place, 'name', t.name, 'profile_id', p.person,
      'closed', p.closed, 'won', p.won,
      'conversion', case when p.closed >= 10 then round(p.won::numeric / p.closed, 4) end,
      'interval80', case when p.closed >= 10 then flash.share_interval(p.won, p.closed) end,
      'median_days', case when p.won >= 5 then round(p.median_days, 1) end,
      'answered', p.answered,
      'response_minutes', case when p.answered >= 5 then round(p.response_minutes) end,
      'deals_won', p.deals_won, 'won_usd', round(p.won_usd, 2),
      'reasons', jsonb_strip_nulls(jsonb_build_object(
        'conversion', case when p.closed < 10
          then format('%s closed, 10 are needed', p.closed) end,
        'median_days', case when p.won < 5 then format('%s won, 5 are needed', p.won) end,
        'response_minutes', case when p.answered < 5
          then format('%s answered, 5 are needed', p.answered) end)))
      order by p.closed desc, p.won_usd desc, p.place, p.person), '[]')
  from flash.performance(p_by, p_territory, p_days) p
  left join public.territories t on t.id = p.place
$$;

revoke execute on function flash.performance(text, int, int), flash.share_interval(int, int),
  flash.performance_json(text, int, int) from public;
grant execute on function flash.performance(text, int, int), flash.share_interval(int, int),
  flash.performance_json(text, int, int)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
