-- The numbers of the dashboard. Called by the web app through rpc, with the caller's own rights:
-- each number counts exactly the rows he could list.
-- A lead counts unless it is spam or the duplicate of another lead.
-- Not of a whole row: a function of a table's row type keeps columns from being added to the table.
create or replace function flash.counts_as_lead(p_duplicate_of uuid, p_status text, p_reason text)
returns bool
language sql immutable parallel safe
return p_duplicate_of is null
  and not (p_status = 'disqualified' and p_reason is not distinct from 'spam');

-- Money in US dollars at the rate of its day: the newest rate that is not younger.
create or replace function flash.to_usd(p_amount numeric, p_currency text, p_day date)
returns numeric
language sql stable parallel safe set search_path = '' as $$
  select p_amount * r.usd from public.exchange_rates r
  where r.currency = p_currency and r.rate_date <= p_day
  order by r.rate_date desc limit 1
$$;

-- Whether the newest rate is one that the demo brought, and so nobody's quotation.
create or replace function flash.rates_are_examples(p_day date) returns bool
language sql stable security definer set search_path = '' as $$
  select coalesce((
    select r.created_at <= m.value::timestamptz
    from public.exchange_rates r join flash.meta m on m.key = 'demo_loaded'
    where r.rate_date <= p_day
    order by r.rate_date desc, r.created_at desc limit 1), false)
$$;

-- The subtree of a territory; null means everything.
create or replace function flash.subtree(p_territory int) returns int[]
language sql stable parallel safe set search_path = '' as $$
  select array_agg(c.descendant_id) from flash.territory_paths c
  where c.ancestor_id = p_territory
$$;

-- The day it is for the caller.
create or replace function flash.my_today() returns date
language sql stable parallel safe set search_path = '' as $$
  select (now() at time zone coalesce(
    (select p.time_zone from public.profiles p where p.id = auth.uid()), 'UTC'))::date
$$;

-- open_leads, hot_leads: whatever is in an open status (a duplicate is archived, spam is out).
-- new_leads: created in the last p_days days; `previous` in as many days before.
-- contacted_in_sla: of the leads of the window whose first response is given or due, the share in
-- percent that was answered in time; `due` is how many they are.
-- median_first_response_minutes: elapsed minutes, of the `n` answered leads of the window.
-- won_month_usd: closed won in the current calendar month of the caller.
-- rate_date: the day of the newest rate; example_rates: it came with the demo.
create or replace function public.dashboard_stats(p_territory int default null,
  p_days int default 7)
returns jsonb
language plpgsql stable security invoker set search_path = '' as $$
declare
  span constant interval := make_interval(days => least(greatest(coalesce(p_days, 7), 1), 366));
  nodes int[] := flash.subtree(p_territory);
  recent record;
  current_leads record;
  pipeline record;
  won record;
begin
  if p_territory is not null and nodes is null then
    nodes := '{}';
  end if;
  select
    count(*) filter (where w.now) as leads,
    count(*) filter (where not w.now) as leads_before,
    count(*) filter (where w.now and w.judged) as due,
    count(*) filter (where w.now and w.in_time) as in_time,
    count(*) filter (where not w.now and w.judged) as due_before,
    count(*) filter (where not w.now and w.in_time) as in_time_before,
    count(*) filter (where w.now and w.minutes is not null) as answered,
    percentile_cont(0.5) within group (order by w.minutes) filter (where w.now) as median,
    percentile_cont(0.5) within group (order by w.minutes) filter (where not w.now)
      as median_before
  into recent
  from (
    select s.created_at >= now() - span as now,
      s.first_response_due_at is not null
        and (s.first_response_at is not null or s.first_response_due_at <= now()) as judged,
      coalesce(s.first_response_at <= s.first_response_due_at, false) as in_time,
      extract(epoch from s.first_response_at - s.created_at) / 60 as minutes
    from public.submissions s
    where s.created_at >= now() - 2 * span
      and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
      and (nodes is null or s.territory_id = any (nodes))) w;

  select count(*) as leads, count(*) filter (where s.lead_score >= 80) as hot
  into current_leads
  from public.submissions s
  where s.status in ('new', 'contacted', 'qualified', 'nurture')
    and (nodes is null or s.territory_id = any (nodes));

  -- Summed by currency and day before conversion, so that the rate is looked up once each.
  select coalesce(round(sum(flash.to_usd(d.value, d.currency, d.rate_date)), 2), 0) as usd,
    coalesce(sum(d.deals), 0) as deals
  into pipeline
  from (
    select d.currency, d.rate_date, sum(d.value) as value, count(*) as deals
    from public.deals d
    where d.stage <> 'closed' and (nodes is null or d.territory_id = any (nodes))
    group by d.currency, d.rate_date) d;

  select coalesce(round(sum(flash.to_usd(d.value, d.currency, d.rate_date)), 2), 0) as usd,
    coalesce(sum(d.deals), 0) as deals
  into won
  from (
    select d.currency, d.rate_date, sum(d.value) as value, count(*) as deals
    from public.deals d
    where d.outcome = 'won' and d.close_date >= date_trunc('month', flash.my_today())::date
      and (nodes is null or d.territory_id = any (nodes))
    group by d.currency, d.rate_date) d;

  return jsonb_build_object(
    'new_leads', jsonb_build_object('value', recent.leads, 'previous', recent.leads_before),
    'open_leads', jsonb_build_object('value', current_leads.leads),
    'hot_leads', jsonb_build_object('value', current_leads.hot),
    'contacted_in_sla', jsonb_build_object(
      'value', round(100.0 * recent.in_time / nullif(recent.due, 0)), 'due', recent.due,
      'previous', round(100.0 * recent.in_time_before / nullif(recent.due_before, 0))),
    'median_first_response_minutes', jsonb_build_object(
      'value', round(recent.median::numeric), 'previous', round(recent.median_before::numeric),
      'n', recent.answered),
    'open_pipeline_usd', jsonb_build_object('value', pipeline.usd, 'deals', pipeline.deals),
    'won_month_usd', jsonb_build_object('value', won.usd, 'deals', won.deals),
    'rate_date', (select max(r.rate_date) from public.exchange_rates r
                  where r.rate_date <= flash.my_today()),
    'example_rates', flash.rates_are_examples(flash.my_today()),
    'updated_at', now());
end
$$;

-- Days are those of the lead's territory; today is the last. Days without leads have no row.
create or replace function public.leads_per_day(p_territory int default null, p_days int default 28)
returns table (day date, country text, leads int)
language sql stable security invoker set search_path = '' as $$
  select (s.created_at at time zone e.time_zone)::date as day, t.country::text,
    count(*)::int as leads
  from public.submissions s
  join public.territories t on t.id = s.territory_id
  join flash.territory_effective e on e.territory_id = s.territory_id
  where s.created_at >= now() - make_interval(days => least(greatest(p_days, 1), 366) + 1)
    and (s.created_at at time zone e.time_zone)::date
      > (now() at time zone e.time_zone)::date - least(greatest(p_days, 1), 366)
    and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
    and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
  group by 1, 2
  order by 1, 2
$$;

-- Where the leads of the last p_days days are now; all seven statuses, in the order of work.
create or replace function public.lead_funnel(p_territory int default null, p_days int default 90)
returns table (status text, leads int)
language sql stable security invoker set search_path = '' as $$
  select v.status, coalesce(c.leads, 0)::int
  from (values (1, 'new'), (2, 'contacted'), (3, 'qualified'), (4, 'nurture'), (5, 'converted'),
    (6, 'disqualified'), (7, 'archived')) as v(place, status)
  left join (
    select s.status::text as status, count(*) as leads
    from public.submissions s
    where s.created_at >= now() - make_interval(days => least(greatest(p_days, 1), 3660))
      and flash.counts_as_lead(s.duplicate_of, s.status, s.status_reason)
      and (p_territory is null or s.territory_id = any ((select flash.subtree(p_territory))::int[]))
    group by 1) c on c.status = v.status
  order by v.place
$$;

-- The nodes the caller holds, with the open leads of each subtree as far as he may see them.
drop function if exists public.territory_tree();   -- its columns may have changed
create function public.territory_tree()
returns table (id int, code text, name text, kind text, parent_id int, country text,
  currency text, time_zone text, open_leads int)
language sql stable security invoker set search_path = '' as $$
  with held as (
    select t.* from public.territories t
    where t.id = any ((select a.territory_ids from flash.my_access() a)::int[])),
  open as (
    select s.territory_id, count(*) as leads from public.submissions s
    where s.status in ('new', 'contacted', 'qualified', 'nurture')
    group by s.territory_id),
  below as (
    select c.ancestor_id, sum(o.leads)::int as leads
    from flash.territory_paths c join open o on o.territory_id = c.descendant_id
    group by c.ancestor_id)
  select h.id, h.code, h.name, h.kind, h.parent_id, h.country::text, e.currency::text,
    e.time_zone, coalesce(b.leads, 0)
  from held h
  join flash.territory_effective e on e.territory_id = h.id
  left join below b on b.ancestor_id = h.id
  order by array_position(array['root', 'country', 'region', 'area'], h.kind), h.sort_order, h.id
$$;

grant execute on function flash.counts_as_lead(uuid, text, text),
  flash.to_usd(numeric, text, date), flash.subtree(int), flash.my_today(),
  flash.rates_are_examples(date)
  to authenticated, service_role;
grant execute on function public.dashboard_stats(int, int), public.leads_per_day(int, int),
  public.lead_funnel(int, int), public.territory_tree()
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
