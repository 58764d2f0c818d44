-- What is watched daily while a model serves: whether the leads that come are still such as it has
-- learned from. Called by the job 'watch_model'; managers read public.model_drift.

-- How a lead ended, for learning: true won, false lost, null: it has no outcome, or is no lead. Lost
-- is also what is older than the horizon without a deal that is still open. Spam and duplicates are
-- no leads, archived ones have no outcome.
create or replace function flash.lead_outcome(s public.submissions, p_horizon_days int)
returns bool
language sql stable set search_path = ''
return case
  when s.deleted_at is not null or s.duplicate_of is not null then null
  when s.status = 'converted' then true
  when s.status = 'disqualified' then
    case when s.status_reason in ('spam', 'duplicate') then null else false end
  when s.status in ('new', 'contacted', 'qualified', 'nurture')
    and s.created_at < now() - make_interval(days => p_horizon_days)
    and not exists (select from public.deals d where d.submission_id = s.id
      and d.deleted_at is null and d.stage <> 'closed') then false end;

-- How many leads a training would have now.
create or replace function flash.closed_leads(out leads int, out won int)
language sql stable security definer set search_path = '' as $$
  select count(*)::int, count(*) filter (where o)::int
  from public.submissions s cross join flash.lead_outcome(s, 90) o where o is not null
$$;

-- Facts of the newest 5,000 leads of a time, as they stood when each came.
create or replace function flash.facts_between(p_from timestamptz, p_to timestamptz)
returns table (lead uuid, field text, value jsonb)
language sql stable security definer set search_path = '' as $$
  select (n.s).id, e.key, e.value
  from (select x as s from public.submissions x
    where x.created_at between p_from and p_to and x.deleted_at is null
      and x.duplicate_of is null
      and (x.status <> 'disqualified' or x.status_reason not in ('spam', 'duplicate'))
    order by x.created_at desc limit 5000) n
  cross join jsonb_each(coalesce((select f.features from flash.lead_facts f
    where f.submission_id = (n.s).id order by f.until limit 1), flash.lead_features(n.s))) e
$$;

-- How far the leads of the last 30 days are from those of another time; no row while they are fewer
-- than 100. Numbers fall into the tenths of then, words into themselves, those that came less than
-- five times and what is missing into places of their own. Half a lead is added to every place, so
-- that an empty one is not infinite, and what chance alone would give is taken off.
create or replace function flash.facts_drift(p_from timestamptz, p_to timestamptz)
returns table (field text, psi real, leads int)
language sql stable security definer set search_path = '' as $$
  with facts as materialized (
    select true as past, x.lead, x.field, x.value, jsonb_typeof(x.value) = 'number' as is_number
    from flash.facts_between(p_from, p_to) x
    union all
    select false, x.lead, x.field, x.value, jsonb_typeof(x.value) = 'number'
    from flash.facts_between(now() - interval '30 days', now()) x),
  sizes as (
    select count(distinct f.lead) filter (where f.past)::float8 as past,
      count(distinct f.lead) filter (where not f.past)::float8 as recent
    from facts f),
  breaks as (
    select f.field, (select array_agg(distinct b order by b) from unnest(
      percentile_disc(array[.1, .2, .3, .4, .5, .6, .7, .8, .9]) within group (
        order by (f.value #>> '{}')::float8)) b) as at
    from facts f where f.past and f.is_number group by f.field),
  words as (
    select f.field, f.value #>> '{}' as word from facts f
    where f.past and not f.is_number group by 1, 2 having count(*) >= 5),
  placed as (
    select f.field, case when f.is_number and b.at is not null
        then width_bucket((f.value #>> '{}')::float8, b.at)::text
      when w.word is not null then 'is ' || w.word else 'another' end as place, f.past
    from facts f left join breaks b on b.field = f.field
    left join words w on w.field = f.field and w.word = f.value #>> '{}'),
  counted as (
    select p.field, p.place, count(*) filter (where p.past) as past,
      count(*) filter (where not p.past) as recent
    from placed p group by 1, 2),
  complete as (
    select c.* from counted c
    union all
    select c.field, 'missing', s.past - sum(c.past), s.recent - sum(c.recent)
    from counted c cross join sizes s group by c.field, s.past, s.recent),
  shares as (
    select c.field, (c.past + 0.5) / (s.past + 0.5 * k.n) as p,
      (c.recent + 0.5) / (s.recent + 0.5 * k.n) as q, s.recent,
      (k.n - 1) * (1 / s.past + 1 / s.recent) as chance
    from complete c cross join sizes s
    join (select x.field, count(*) as n from complete x group by x.field) k on k.field = c.field
    where s.recent >= 100 and s.past > 0)
  select h.field, greatest(sum((h.p - h.q) * ln(h.p / h.q)) - max(h.chance), 0)::real,
    max(h.recent)::int
  from shares h where length(h.field) <= 100 group by h.field
$$;

-- Measures the model in force, once a day.
create or replace function flash.watch_model() returns int
language sql volatile security definer set search_path = '' as $$
  with written as (
    insert into public.model_drift (model_id, day, field, psi, leads)
    select m.id, current_date, d.field, d.psi, d.leads
    from public.models m cross join flash.facts_drift(m.leads_from, m.leads_to) d
    where m.status = 'champion'
    on conflict (model_id, day, field) do update set psi = excluded.psi, leads = excluded.leads
    returning 1)
  select count(*)::int from written
$$;

revoke execute on function flash.lead_outcome(public.submissions, int), flash.closed_leads(),
  flash.facts_between(timestamptz, timestamptz), flash.facts_drift(timestamptz, timestamptz),
  flash.watch_model() from public;
grant execute on function flash.lead_outcome(public.submissions, int), flash.watch_model()
  to flash_worker;
