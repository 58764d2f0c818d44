// PostgreSQL's error reports as our Error: SQLSTATE to kind.
#pragma once
#include <string_view>

#include "base/error.h"

struct pg_result;

namespace flash::db {

Kind kind_of(std::string_view sqlstate);
Error error_of(const pg_result* result);  // code = SQLSTATE; message, details, hint from the report

}  // namespace flash::db
