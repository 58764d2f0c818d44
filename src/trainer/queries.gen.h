#pragma once
// The SQL of this room: made from database/queries/trainer by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::trainer::queries {

// :one () -> (model text, age_days double precision)
inline constexpr sql::Literal champion{R"sql(select encode(m.model, 'hex'), (extract(epoch from now() - m.promoted_at) / 86400)::double precision
from public.models m where m.status = 'champion')sql"};

// :one (run uuid, state text, error text) -> (done void)
inline constexpr sql::Literal failed{R"sql(select flash.training_failed($1, $2, $3))sql"};

// :one (run uuid, facts jsonb, file text) -> (model uuid)
inline constexpr sql::Literal finish{R"sql(select flash.training_done($1, $2, decode($3, 'hex')))sql"};

// :many () -> (name text, label text, available text, category bool, actionable bool, is_protected bool, vouched bool, monotone int)
inline constexpr sql::Literal registry{R"sql(select r.name, r.label, r.available, r.category, r.actionable, r.protected, r.vouched,
  r.monotone::int
from public.feature_registry r)sql"};

// :one (run uuid, progress real, step text) -> (go_on bool)
inline constexpr sql::Literal step{R"sql(select flash.training_step($1, $2, $3))sql"};

// :many (horizon_days int, most int) -> (id uuid, created_s bigint, company text, won bool, won_days double precision, age_days double precision, rule double precision, features jsonb)
inline constexpr sql::Literal training_set{R"sql(select s.id, extract(epoch from s.created_at)::bigint, coalesce(s.organization_id::text,
    s.business_key), s.status = 'converted',
  case when s.status = 'converted'
    then extract(epoch from s.status_changed_at - s.created_at) / 86400 end::double precision,
  (extract(epoch from now() - s.created_at) / 86400)::double precision,
  s.lead_score::double precision,
  coalesce((select f.features from flash.lead_facts f where f.submission_id = s.id
    order by f.until limit 1), flash.lead_features(s))
from public.submissions s
where s.deleted_at is null and s.duplicate_of is null
  and (s.status = 'converted'
    or s.status = 'disqualified' and s.status_reason not in ('spam', 'duplicate')
    or s.status in ('new', 'contacted', 'qualified', 'nurture')
      and s.created_at < now() - make_interval(days => $1)
      and not exists (select from public.deals d where d.submission_id = s.id
        and d.deleted_at is null and d.stage <> 'closed'))
order by s.created_at desc, s.id
limit $2)sql"};

}  // namespace flash::trainer::queries
// clang-format on
