#pragma once
// The SQL of this room: made from database/queries/api by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::api::queries {

// :one (id uuid, version int, facts jsonb) -> (submission jsonb)
inline constexpr sql::Literal change_submission{R"sql(update public.submissions s
set (business_name, owner_name, email, postal_code, address, business_type, monthly_revenue_band,
     employee_band, monthly_transactions, average_ticket, year_established, pain_points,
     current_processor, interest_level, decision_makers, specific_needs, package_seen, signed_up,
     preferred_language, consent_marketing, stated_value, form_data)
  = (select f.business_name, f.owner_name, f.email, f.postal_code, f.address, f.business_type,
       f.monthly_revenue_band, f.employee_band, f.monthly_transactions, f.average_ticket,
       f.year_established, f.pain_points, f.current_processor, f.interest_level,
       f.decision_makers, f.specific_needs, f.package_seen, f.signed_up, f.preferred_language,
       f.consent_marketing, f.stated_value, f.form_data
     from jsonb_populate_record(s, $3::jsonb) f)
where s.id = $1 and s.version = $2
returning to_jsonb(s))sql"};

// :one (id uuid, version int) -> (deleted bool)
inline constexpr sql::Literal delete_submission{R"sql(select public.soft_delete_submission($1, $2))sql"};

// :one (seller text, publishable_key text) -> (document jsonb)
inline constexpr sql::Literal form_config{R"sql(select flash.form_config($1, $2))sql"};

// :one (status text, territory text, before_time timestamptz, before_id uuid, most int) -> (page jsonb)
inline constexpr sql::Literal list_submissions{R"sql(select jsonb_build_object(
  'submissions', coalesce(jsonb_agg(to_jsonb(s) order by s.created_at desc, s.id desc), '[]'),
  'next', case when count(*) = $5 then (array_agg(
    to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ',' || s.id
    order by s.created_at, s.id))[1] end)
from (
  select * from public.submissions s
  where ($1::text is null or s.status = $1)
    and ($2::text is null or s.territory_id in (
      select c.id from public.territories c where c.code = $2))
    and ($3::timestamptz is null or (s.created_at, s.id) < ($3, $4::uuid))
  order by s.created_at desc, s.id desc
  limit $5) s)sql"};

// :one () -> (document jsonb)
inline constexpr sql::Literal rep_tracking{R"sql(with me as (select a.profile_id, a.role from flash.my_access() a),
work as (
  select p.id, p.full_name as name, p.active, p.capacity, p.last_assigned_at,
    (select count(*) from public.submissions s where s.owner_id = p.id
       and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open_leads,
    (select count(*) from public.submissions s where s.owner_id = p.id
       and s.first_response_at is not null) as contacted,
    (select percentile_cont(0.5) within group (
       order by extract(epoch from s.first_response_at - s.created_at) / 60)
     from public.submissions s
     where s.owner_id = p.id and s.first_response_at is not null) as response_minutes,
    (select count(*) from public.deals d where d.owner_id = p.id and d.outcome = 'won'
       and d.close_date > current_date - interval '12 months') as won,
    (select count(*) from public.deals d where d.owner_id = p.id and d.stage = 'closed'
       and d.close_date > current_date - interval '12 months') as closed
  from public.profiles p where p.role = 'rep'),
ranked as (
  select w.*, rank() over (order by w.won desc, w.open_leads) as rank, count(*) over () as reps
  from work w)
select jsonb_build_object('reps', coalesce(jsonb_agg(jsonb_build_object(
  'profile_id', r.id, 'name', r.name, 'active', r.active, 'capacity', r.capacity,
  'open_leads', r.open_leads,
  'ratio', case when r.capacity > 0 then round(r.open_leads::numeric / r.capacity, 3) end,
  'load', case when r.open_leads >= r.capacity then 'full'
    when r.open_leads >= 0.8 * r.capacity then 'busy' else 'available' end,
  'contacted', r.contacted,
  'median_first_response_minutes', round(r.response_minutes::numeric, 1),
  'won', r.won, 'closed', r.closed,
  'conversion', round((r.won + 1)::numeric / (r.closed + 2), 3),
  'last_assigned_at', r.last_assigned_at, 'rank', r.rank, 'of', r.reps)
  order by r.rank, r.name), '[]'))
from ranked r
where (select m.role from me m) <> 'rep' or r.id = (select m.profile_id from me m))sql"};

// :one () -> (stats jsonb)
inline constexpr sql::Literal rep_tracking_stats{R"sql(with work as (
  select p.capacity, p.active, (select count(*) from public.submissions s where s.owner_id = p.id
    and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open_leads
  from public.profiles p where p.role = 'rep')
select jsonb_build_object(
  'reps', count(*), 'active', count(*) filter (where w.active),
  'capacity', coalesce(sum(w.capacity) filter (where w.active), 0),
  'open_leads', coalesce(sum(w.open_leads), 0),
  'available', count(*) filter (where w.active and w.open_leads < 0.8 * w.capacity),
  'busy', count(*) filter (where w.active and w.open_leads >= 0.8 * w.capacity
    and w.open_leads < w.capacity),
  'full', count(*) filter (where w.active and w.open_leads >= w.capacity),
  'unassigned', (select count(*) from public.submissions s where s.owner_id is null
    and s.status in ('new', 'contacted', 'qualified', 'nurture')))
from work w)sql"};

// :one (id uuid) -> (document jsonb)
inline constexpr sql::Literal submission{R"sql(select jsonb_build_object(
  'submission', to_jsonb(s),
  'phones', (select coalesce(jsonb_agg(jsonb_build_object('number', h.number, 'label', h.label,
      'primary', h.is_primary) order by h.is_primary desc, h.number), '[]')
    from public.submission_phones h where h.submission_id = s.id),
  'score', case when s.lead_score is not null then jsonb_build_object('score', s.lead_score,
    'band', s.score_band, 'model', s.score_model, 'confidence', s.confidence,
    'completeness', s.completeness, 'factors', s.score_factors, 'adjustment', s.score_adjustment,
    'predictedOutcome', null, 'historicalComparison', null, 'computed_at', s.scored_at) end,
  'assignment', (select to_jsonb(a) from public.assignments a where a.submission_id = s.id
    order by a.created_at desc limit 1))
from public.submissions s where s.id = $1)sql"};

// :one (id uuid) -> (submission jsonb)
inline constexpr sql::Literal submission_row{R"sql(select to_jsonb(s) from public.submissions s where s.id = $1)sql"};

// :one () -> (stats jsonb)
inline constexpr sql::Literal submission_stats{R"sql(with seen as materialized (
  select s.status, s.score_band, s.country, s.lead_score, s.created_at, s.owner_id
  from public.submissions s)
select jsonb_build_object(
  'total', count(*),
  'open', count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')),
  'unassigned', count(*) filter (where s.owner_id is null
    and s.status in ('new', 'contacted', 'qualified', 'nurture')),
  'last_7_days', count(*) filter (where s.created_at > now() - interval '7 days'),
  'previous_7_days', count(*) filter (where s.created_at <= now() - interval '7 days'
    and s.created_at > now() - interval '14 days'),
  'average_score', round(avg(s.lead_score), 1),
  'by_status', (select coalesce(jsonb_object_agg(g.status, g.leads), '{}')
    from (select x.status, count(*) as leads from seen x group by x.status) g),
  'by_band', (select coalesce(jsonb_object_agg(g.score_band, g.leads), '{}')
    from (select x.score_band, count(*) as leads from seen x
          where x.score_band is not null group by x.score_band) g),
  'by_country', (select coalesce(jsonb_object_agg(g.country, g.leads), '{}')
    from (select x.country, count(*) as leads from seen x group by x.country) g))
from seen s)sql"};

}  // namespace flash::api::queries
// clang-format on
