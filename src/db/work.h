// One caller's transaction as a value: who runs it, its settings, its statements.
#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "sql/fragment.h"

namespace flash::db {

enum class End : unsigned char { commit, rollback };

struct Identity {
  std::string role;  // database role of the transaction; also part of prepared statements' names
  // Transaction-local settings: {"request.jwt.claims", "{...}"}. At most 32.
  std::vector<std::pair<std::string, std::string>> settings;
  bool read_only = false;  // PostgreSQL refuses writes: SQLSTATE 25006
};

struct Work {
  Identity identity;
  std::vector<sql::Statement> statements;
  End end = End::commit;
  // A read that changes nothing, settings neither, and may therefore run in one transaction with
  // neighbours whose settings have the same names (decision 0015).
  bool shares = false;
};

}  // namespace flash::db
