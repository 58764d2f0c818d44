#include "db/blocking.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "db/sqlstate.h"

namespace flash::db {
namespace {

Error connection_error(PGconn* connection) {
  std::string reason = connection != nullptr ? PQerrorMessage(connection) : "out of memory";
  while (!reason.empty() && reason.back() == '\n') reason.pop_back();
  return make_error(Kind::unavailable, "08001", "cannot reach PostgreSQL: " + reason);
}

// Where in the text an error stands, as a line: psql's help for people who edit SQL files.
void add_line(Error& error, const PGresult* result, std::string_view sql) {
  const char* position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
  if (position == nullptr) return;
  const auto at = static_cast<std::size_t>(std::max(std::atoi(position), 1));
  const std::string_view before = sql.substr(0, std::min(at, sql.size()));
  std::size_t line = 1;
  for (char c : before)
    if (c == '\n') ++line;
  if (!error.hint.empty()) error.hint += ' ';
  error.hint += "(line " + std::to_string(line) + ")";
}

}  // namespace

void Blocking::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Result<Blocking> Blocking::connect(const std::string& conninfo) {
  Blocking out(PQconnectdb(conninfo.c_str()));
  PGconn* connection = out.connection_.get();
  if (PQstatus(connection) != CONNECTION_OK) return fail(connection_error(connection));
  PQsetNoticeReceiver(connection, [](void*, const PGresult*) {}, nullptr);
  return out;
}

Result<Rows> Blocking::run(const sql::Statement& statement) {
  std::vector<const char*> values;
  values.reserve(statement.params.size());
  for (const sql::Param& param : statement.params)
    values.push_back(param ? param->c_str() : nullptr);
  PGconn* connection = connection_.get();
  PGresult* result =
      PQexecParams(connection, statement.text.c_str(), static_cast<int>(values.size()), nullptr,
                   values.data(), nullptr, nullptr, 0);
  const ResultOwner owner(result);
  const auto status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return Rows(result);
  if (PQstatus(connection) != CONNECTION_OK) return fail(connection_error(connection));
  Error error = error_of(result);
  add_line(error, result, statement.text);
  return fail(std::move(error));
}

Result<void> Blocking::script(std::string_view trusted_sql) {
  PGconn* connection = connection_.get();
  PGresult* result = PQexec(connection, std::string(trusted_sql).c_str());
  const ResultOwner owner(result);
  const auto status = PQresultStatus(result);
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
    return {};
  if (PQstatus(connection) != CONNECTION_OK) return fail(connection_error(connection));
  Error error = error_of(result);
  add_line(error, result, trusted_sql);
  return fail(std::move(error));
}

}  // namespace flash::db
