#pragma once
// The SQL of this room: made from database/queries/worker by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::worker::queries {

// :one (most int) -> (in_ms bigint)
inline constexpr sql::Literal housework{R"sql(select flash.housework($1))sql"};

// :one (question jsonb) -> (reply jsonb)
inline constexpr sql::Literal intake_context{R"sql(select flash.intake_context($1))sql"};

// :one () -> (document jsonb)
inline constexpr sql::Literal intake_places{R"sql(select flash.intake_places())sql"};

// :one (items jsonb) -> (done void)
inline constexpr sql::Literal intake_rescore{R"sql(select flash.intake_rescore($1))sql"};

// :one (record jsonb, submissions json, assignments json, activities json) -> (answers jsonb)
inline constexpr sql::Literal intake_write{R"sql(select flash.intake_write($1, $2, $3, $4))sql"};

// :one (record jsonb, assignments json, activities json) -> (done void)
inline constexpr sql::Literal intake_write_release{R"sql(select flash.intake_write_release($1, $2, $3))sql"};

// :one (kind text, most int, only_job bigint) -> (claimed jsonb)
inline constexpr sql::Literal late_claim{R"sql(select flash.late_claim($1, $2, $3))sql"};

// :one (job bigint, reason text) -> (dead bool)
inline constexpr sql::Literal late_failed{R"sql(select flash.late_failed($1, $2))sql"};

// :one (jobs bigint[]) -> (done void)
inline constexpr sql::Literal late_finish{R"sql(select flash.late_finish($1))sql"};

// :one (kinds text[]) -> (in_ms bigint)
inline constexpr sql::Literal late_next{R"sql(select flash.jobs_next($1, false))sql"};

// :one (id uuid) -> (file text)
inline constexpr sql::Literal model_file{R"sql(select encode(m.model, 'hex') from public.models m where m.id = $1)sql"};

// :one () -> (id uuid, sha256 text)
inline constexpr sql::Literal model_in_force{R"sql(select m.id, m.sha256 from public.models m where m.status = 'champion')sql"};

// :one (most int) -> (leads jsonb)
inline constexpr sql::Literal scores_claim{R"sql(select flash.claim_scores($1))sql"};

// :one (model uuid, items jsonb) -> (count int)
inline constexpr sql::Literal scores_write{R"sql(select flash.write_scores($1, $2))sql"};

// :one (most int) -> (in_ms bigint)
inline constexpr sql::Literal timers_ring{R"sql(select flash.timers_ring($1))sql"};

// :one () -> (run uuid)
inline constexpr sql::Literal training_claim{R"sql(select flash.claim_training())sql"};

// :one (run uuid, reason text) -> (done void)
inline constexpr sql::Literal training_failed{R"sql(select flash.training_failed($1, 'failed', $2))sql"};

}  // namespace flash::worker::queries
// clang-format on
