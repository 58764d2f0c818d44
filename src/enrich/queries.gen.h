#pragma once
// The SQL of this room: made from database/queries/enrich by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::enrich::queries {

// :one (most int, only uuid) -> (leads jsonb)
inline constexpr sql::Literal claim{R"sql(select flash.enrich_claim($1, $2))sql"};

// :one (asked jsonb) -> (answers jsonb)
inline constexpr sql::Literal known{R"sql(select flash.known_answers($1))sql"};

// :one (sources jsonb) -> (done void)
inline constexpr sql::Literal tell_sources{R"sql(select flash.tell_sources($1))sql"};

// :one (lead uuid, stamp timestamptz, found jsonb, without text[], again_s int) -> (done void)
inline constexpr sql::Literal write{R"sql(select flash.enrich_write($1, $2, $3, $4, $5))sql"};

}  // namespace flash::enrich::queries
// clang-format on
