#pragma once
// The SQL of this room: made from database/queries/jobs by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::jobs::queries {

// :one (node text, runs jsonb, lease_s int) -> (stop jsonb)
inline constexpr sql::Literal beat{R"sql(select flash.jobs_beat($1, $2, $3))sql"};

// :one (node text, wanted jsonb, lease_s int) -> (claimed jsonb)
inline constexpr sql::Literal claim{R"sql(select flash.jobs_claim($1, $2, $3))sql"};

// :one (job bigint, node text, attempt int, outcome text, error text, result jsonb) -> (state text)
inline constexpr sql::Literal ended{R"sql(select flash.job_ended($1, $2, $3, $4, $5, $6))sql"};

// :one () -> (figures jsonb)
inline constexpr sql::Literal figures{R"sql(select flash.jobs_figures())sql"};

// :one (kinds text[], leases bool) -> (in_ms bigint)
inline constexpr sql::Literal next{R"sql(select flash.jobs_next($1, $2))sql"};

}  // namespace flash::jobs::queries
// clang-format on
