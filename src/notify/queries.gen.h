#pragma once
// The SQL of this room: made from database/queries/notify by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::notify::queries {

// :one (id bigint, attempt int, outcome text, error text) -> (state text)
inline constexpr sql::Literal mail_ended{R"sql(select flash.mail_ended($1, $2, $3, $4))sql"};

// :one (most int, lease_s int) -> (claimed jsonb)
inline constexpr sql::Literal mails_claim{R"sql(select flash.mails_claim($1, $2))sql"};

// :one () -> (in_ms bigint)
inline constexpr sql::Literal mails_next{R"sql(select flash.mails_next())sql"};

// :one () -> (waiting bool)
inline constexpr sql::Literal mails_wait{R"sql(select flash.mails_wait())sql"};

}  // namespace flash::notify::queries
// clang-format on
