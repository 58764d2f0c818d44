#pragma once
// The SQL of this room: made from database/queries/trainer by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::trainer::queries {

// :one () -> (model text, age_days double precision)
inline constexpr sql::Literal champion{R"sql(select encode(m.model, 'hex'), (extract(epoch from now() - m.promoted_at) / 86400)::double precision
from public.models m where m.status = 'champion')sql"};

// :one (job bigint, attempt int, facts jsonb, file text) -> (model uuid)
inline constexpr sql::Literal finish{R"sql(select flash.training_done($1, $2, $3, decode($4, 'hex')))sql"};

// :many () -> (name text, label text, available text, category bool, actionable bool, is_protected bool, vouched bool, monotone int)
inline constexpr sql::Literal registry{R"sql(select r.name, r.label, r.available, r.category, r.actionable, r.protected, r.vouched,
  r.monotone::int
from public.feature_registry r)sql"};

// :many (horizon_days int, most int) -> (id uuid, created_s bigint, company text, won bool, won_days double precision, age_days double precision, rule double precision, features jsonb)
inline constexpr sql::Literal training_set{R"sql(select s.id, extract(epoch from s.created_at)::bigint, coalesce(s.organization_id::text,
    s.business_key), o.won,
  case when o.won
    then extract(epoch from s.status_changed_at - s.created_at) / 86400 end::double precision,
  (extract(epoch from now() - s.created_at) / 86400)::double precision,
  s.lead_score::double precision,
  coalesce((select f.features from flash.lead_facts f where f.submission_id = s.id
    order by f.until limit 1), flash.lead_features(s))
from public.submissions s cross join flash.lead_outcome(s, $1) o(won)
where o.won is not null
order by s.created_at desc, s.id
limit $2)sql"};

}  // namespace flash::trainer::queries
// clang-format on
