#pragma once
// The SQL of this room: made from database/queries/worker by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::worker::queries {

// :one (question jsonb) -> (reply jsonb)
inline constexpr sql::Literal intake_context{R"sql(select flash.intake_context($1))sql"};

// :one () -> (document jsonb)
inline constexpr sql::Literal intake_places{R"sql(select flash.intake_places())sql"};

// :one (items jsonb) -> (done void)
inline constexpr sql::Literal intake_rescore{R"sql(select flash.intake_rescore($1))sql"};

// :one (record jsonb) -> (answers jsonb)
inline constexpr sql::Literal intake_write{R"sql(select flash.intake_write($1))sql"};

// :one (record jsonb) -> (done void)
inline constexpr sql::Literal intake_write_release{R"sql(select flash.intake_write_release($1))sql"};

// :one (kind text, most int, only_job bigint) -> (claimed jsonb)
inline constexpr sql::Literal late_claim{R"sql(select flash.late_claim($1, $2, $3))sql"};

// :one (job bigint, reason text) -> (dead bool)
inline constexpr sql::Literal late_failed{R"sql(select flash.late_failed($1, $2))sql"};

// :one (jobs bigint[]) -> (done void)
inline constexpr sql::Literal late_finish{R"sql(select flash.late_finish($1))sql"};

// :one (kinds text[]) -> (in_ms bigint)
inline constexpr sql::Literal late_next{R"sql(select flash.jobs_next($1, false))sql"};

// :one (most int) -> (in_ms bigint)
inline constexpr sql::Literal timers_ring{R"sql(select flash.timers_ring($1))sql"};

}  // namespace flash::worker::queries
// clang-format on
