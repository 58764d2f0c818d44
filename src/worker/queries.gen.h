#pragma once
// The SQL of this room: made from database/queries/worker by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::worker::queries {

// :one (most int) -> (in_ms bigint)
inline constexpr sql::Literal housework{R"sql(select flash.housework($1))sql"};

// :one (import uuid, most int) -> (goes_on bool)
inline constexpr sql::Literal import_apply{R"sql(select flash.import_apply($1, $2))sql"};

// :one (import uuid, found jsonb) -> (mapping jsonb)
inline constexpr sql::Literal import_began{R"sql(select flash.import_began($1, $2))sql"};

// :one (import uuid, state text, reason text) -> (done void)
inline constexpr sql::Literal import_ended{R"sql(select flash.import_ended($1, $2, $3))sql"};

// :one (import uuid, rows jsonb, progress int, odd bigint) -> (goes_on bool)
inline constexpr sql::Literal import_judge{R"sql(select flash.import_judge($1, $2, $3, $4))sql"};

// :one (import uuid, state text) -> (found jsonb)
inline constexpr sql::Literal import_open{R"sql(select flash.import_open($1, $2))sql"};

// :one (import uuid, part int) -> (bytes text)
inline constexpr sql::Literal import_part{R"sql(select flash.import_part($1, $2))sql"};

// :one (import uuid, most int) -> (goes_on bool)
inline constexpr sql::Literal import_unapply{R"sql(select flash.import_unapply($1, $2))sql"};

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

// :one () -> (queued bool)
inline constexpr sql::Literal queue_model_work{R"sql(select flash.queue_model_work())sql"};

// :one (most int) -> (leads jsonb)
inline constexpr sql::Literal scores_claim{R"sql(select flash.claim_scores($1))sql"};

// :one (model uuid) -> (leads int)
inline constexpr sql::Literal scores_missing{R"sql(select count(*)::int
from public.submissions s left join public.lead_scores l on l.submission_id = s.id
where s.deleted_at is null and s.status in ('new', 'contacted', 'qualified', 'nurture')
  and l.model_id is distinct from $1)sql"};

// :one (model uuid, after uuid, most int) -> (leads jsonb)
inline constexpr sql::Literal scores_next{R"sql(select coalesce(jsonb_agg(jsonb_build_object('id', (d.s).id, 'features', flash.lead_features(d.s))
  order by (d.s).id), '[]')
from (
  select s from public.submissions s left join public.lead_scores l on l.submission_id = s.id
  where s.deleted_at is null and s.status in ('new', 'contacted', 'qualified', 'nurture')
    and l.model_id is distinct from $1 and s.id > $2
  order by s.id limit $3) d)sql"};

// :one (model uuid, items jsonb) -> (count int)
inline constexpr sql::Literal scores_write{R"sql(select flash.write_scores($1, $2))sql"};

// :one (most int) -> (in_ms bigint)
inline constexpr sql::Literal timers_ring{R"sql(select flash.timers_ring($1))sql"};

// :one () -> (fields int)
inline constexpr sql::Literal watch_model{R"sql(select flash.watch_model())sql"};

}  // namespace flash::worker::queries
// clang-format on
