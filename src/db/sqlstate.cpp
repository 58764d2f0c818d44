#include "db/sqlstate.h"

#include <libpq-fe.h>

#include <string>

#include "base/text.h"

namespace flash::db {

Kind kind_of(std::string_view sqlstate) {
  const auto starts = [&](std::string_view prefix) { return sqlstate.starts_with(prefix); };
  if (starts("PT") && sqlstate.size() == 5) {  // PostgREST's convention: PTxyz means HTTP xyz
    switch (text::parse_int<int>(sqlstate.substr(2)).value_or(0)) {
      case 401: return Kind::unauthenticated;
      case 403: return Kind::forbidden;
      case 404: return Kind::not_found;
      case 409: return Kind::conflict;
      case 422: return Kind::unprocessable;
      case 429: return Kind::rate_limited;
      default: return Kind::invalid;
    }
  }
  if (sqlstate == "23503" || sqlstate == "23505" || sqlstate == "40001" || sqlstate == "40P01")
    return Kind::conflict;
  if (sqlstate == "42501") return Kind::forbidden;
  if (sqlstate == "57014") return Kind::timeout;
  if (sqlstate == "25006") return Kind::not_allowed;
  if (sqlstate == "42P01" || sqlstate == "42883") return Kind::not_found;
  if (starts("08") || starts("53") || starts("57P")) return Kind::unavailable;
  if (starts("22") || starts("23") || starts("42") || starts("P0")) return Kind::invalid;
  return Kind::internal;
}

Error error_of(const pg_result* result) {
  const auto field = [&](int code) {
    const char* value = PQresultErrorField(result, code);
    return value != nullptr ? std::string(value) : std::string{};
  };
  Error error;
  error.code = field(PG_DIAG_SQLSTATE);
  if (error.code.empty()) error.code = "XX000";
  error.kind = kind_of(error.code);
  error.message = field(PG_DIAG_MESSAGE_PRIMARY);
  error.details = field(PG_DIAG_MESSAGE_DETAIL);
  error.hint = field(PG_DIAG_MESSAGE_HINT);
  return error;
}

}  // namespace flash::db
