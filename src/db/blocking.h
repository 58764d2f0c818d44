// A blocking connection for what runs alone: migration, commands, tests. Never on a core that
// serves requests.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/rows.h"
#include "sql/fragment.h"

struct pg_conn;

namespace flash::db {

class Wake;

class Blocking {
 public:
  // Errors: unavailable "08001" with libpq's reason (never the password).
  static Result<Blocking> connect(const std::string& conninfo);

  Result<Rows> run(const sql::Statement& statement);
  // Several statements in one text, for SQL files that are part of the program. Never text from
  // outside.
  Result<void> script(std::string_view trusted_sql);

 private:
  friend Result<std::vector<std::string>> heard(Blocking&, Wake&, std::chrono::milliseconds);
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  explicit Blocking(pg_conn* connection) : connection_(connection) {}
  std::unique_ptr<pg_conn, Close> connection_;
};

}  // namespace flash::db
