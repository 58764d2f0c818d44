#include "migrate/migrate.h"

#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "sql/fragment.h"

namespace flash::migrate {
namespace {

Result<void> check_server(db::Blocking& connection) {
  TRY(auto rows, connection.run(sql::statement(
                     "select current_setting('server_version_num'),"
                     " current_setting('server_version'), current_setting('server_encoding')")));
  constexpr int oldest = 150'000;
  if (text::parse_int<int>(rows.text(0, 0)).value_or(0) < oldest) {
    return fail(Kind::invalid, "migrate_unsupported",
                text::cat("PostgreSQL ", rows.text(0, 1), " is too old: 15 or newer is needed"));
  }
  if (rows.text(0, 2) != "UTF8") {
    return fail(Kind::invalid, "migrate_unsupported",
                text::cat("the database has the encoding ", rows.text(0, 2), "; UTF8 is needed"));
  }
  return {};
}

// Held by the session, so that it spans the transactions; freed at the end or with the connection.
Result<void> lock(db::Blocking& connection) {
  TRY_DONE(
      connection.script("set search_path = public;"
                        "set client_min_messages = warning;"
                        "set statement_timeout = 0;"
                        "set lock_timeout = '60s'"));
  auto locked = connection.run(
      sql::statement("select pg_advisory_lock(hashtextextended('flash.migrate', 0))"));
  if (locked) return {};
  if (locked.error().code != "55P03") return fail(std::move(locked).error());
  return fail(Kind::unavailable, "migrate_locked",
              "another process has been migrating this database for a minute; try again later");
}

void unlock(db::Blocking& connection) {
  // If this fails the connection is gone, and the lock with it.
  (void)connection.run(
      sql::statement("select pg_advisory_unlock(hashtextextended('flash.migrate', 0))"));
  (void)connection.script("reset all");
}

// "database/programs/x.sql line 12: column y does not exist (42703)".
Error failed(std::string_view name, Error error) {
  std::string place = text::cat("database/", name);
  // db::Blocking tells the line at the end of the hint; in front it reads like a compiler's error.
  if (auto at = error.hint.rfind("(line "); at != std::string::npos) {
    place += text::cat(" ", std::string_view(error.hint).substr(at + 1));
    place.pop_back();
    error.hint.erase(at > 0 ? at - 1 : 0);
  }
  error.message = text::cat(place, ": ", error.message, " (", error.code, ")");
  error.code = "migrate_failed";
  return error;
}

// Runs a file inside the open transaction. A file that ends the transaction itself would leave half
// of its work behind when a later line fails, so a transaction-local mark must still be there.
Result<void> run_file(db::Blocking& connection, std::string_view name, std::string_view text) {
  TRY_DONE(connection.run(
      sql::statement("select set_config('flash.migrating', $1, true)", {std::string(name)})));
  if (auto done = connection.script(text); !done) return fail(failed(name, done.error()));
  TRY(auto mark, connection.run(sql::statement("select current_setting('flash.migrating', true)")));
  if (mark.text(0, 0) != name) {
    return fail(Kind::internal, "migrate_failed",
                text::cat("database/", name, ": ends its own transaction; remove its commit"));
  }
  return {};
}

// Under this name the ledger of programs keeps the print of all that was applied last.
constexpr std::string_view whole_name = "all";

// One question instead of a dozen, for nearly every start. Roles belong to the server, not to the
// database: one that was moved has the ledger without them, so the first and the last are asked
// for.
Result<bool> is_current(db::Blocking& connection, const std::string& print) {
  auto rows = connection.run(sql::statement(
      "select from flash.programs where name = $1 and checksum = $2"
      " and to_regrole('authenticator') is not null and to_regrole('flash_worker') is not null",
      {std::string(whole_name), print}));
  if (rows) return rows->size() == 1;
  if (rows.error().code == "42P01" || rows.error().code == "3F000") return false;  // no ledger yet
  return fail(std::move(rows).error());
}

Result<void> note_whole(db::Blocking& connection, const std::string& print) {
  TRY_DONE(connection.run(sql::statement(
      "insert into flash.programs (name, checksum) values ($1, $2) on conflict (name) do "
      "update set checksum = excluded.checksum, run_at = clock_timestamp()",
      {std::string(whole_name), print})));
  return {};
}

template <class Steps>
Result<void> in_transaction(db::Blocking& connection, Steps steps) {
  // A migration that waits for a lock makes every later reader wait behind it: it gives up soon.
  TRY_DONE(connection.script("begin; set local lock_timeout = '5s'"));
  Result<void> done = steps();
  if (done) done = connection.script("commit");
  if (!done) (void)connection.script("rollback");
  return done;
}

Result<void> create_ledgers(db::Blocking& connection) {
  return connection.script(
      "create schema if not exists flash;"
      "create table if not exists flash.migrations ("
      "  name text primary key check (length(name) <= 200),"
      "  checksum text not null check (checksum ~ '^[0-9a-f]{64}$'),"
      "  applied_at timestamptz not null default clock_timestamp());"
      "create table if not exists flash.programs ("
      "  name text primary key check (length(name) <= 200),"
      "  checksum text not null check (checksum ~ '^[0-9a-f]{64}$'),"
      "  run_at timestamptz not null default clock_timestamp());"
      "alter table flash.migrations enable row level security;"
      "alter table flash.programs enable row level security");
}

// The database's list must be the beginning of ours, file by file.
Result<std::size_t> count_applied(db::Blocking& connection, const Sources& sources) {
  TRY(auto rows, connection.run(sql::statement(
                     "select name, checksum from flash.migrations order by name collate \"C\"")));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string_view name = rows.text(i, 0);
    if (i >= sources.migrations.size() || sources.migrations[i].name != name) {
      return fail(Kind::conflict, "migrate_drift",
                  text::cat("the database has ", name,
                            ", which this flashd does not know in that place: the database is "
                            "newer than the program, or the file was renamed or removed"));
    }
    if (sources.migrations[i].checksum != rows.text(i, 1)) {
      return fail(Kind::conflict, "migrate_drift",
                  text::cat("database/", name,
                            " was changed after it had been applied; a migration is never "
                            "edited: undo the change and write a new one"));
    }
  }
  return rows.size();
}

Result<void> apply(db::Blocking& connection, const Source& source) {
  return in_transaction(connection, [&]() -> Result<void> {
    TRY_DONE(run_file(connection, source.name, source.text));
    TRY_DONE(connection.run(
        sql::statement("insert into flash.migrations (name, checksum) values ($1, $2)",
                       {source.name, source.checksum})));
    return {};
  });
}

// The index of the first program whose text is not the one that ran last.
Result<std::size_t> first_changed(db::Blocking& connection, const Sources& sources) {
  TRY(auto rows, connection.run(sql::statement("select name, checksum from flash.programs")));
  std::map<std::string_view, std::string_view> known;
  for (std::size_t i = 0; i < rows.size(); ++i) known[rows.text(i, 0)] = rows.text(i, 1);
  std::size_t index = 0;
  for (const Source& program : sources.programs) {
    auto hit = known.find(program.name);
    if (hit == known.end() || hit->second != program.checksum) break;
    ++index;
  }
  return index;
}

Result<void> run_programs(db::Blocking& connection, const Sources& sources, std::size_t first,
                          Report& report) {
  if (first == sources.programs.size()) return {};
  return in_transaction(connection, [&]() -> Result<void> {
    for (std::size_t i = first; i < sources.programs.size(); ++i) {
      const Source& program = sources.programs[i];
      TRY_DONE(run_file(connection, program.name, program.text));
      TRY_DONE(connection.run(sql::statement(
          "insert into flash.programs (name, checksum) values ($1, $2) on conflict (name) do "
          "update set checksum = excluded.checksum, run_at = clock_timestamp()",
          {program.name, program.checksum})));
      report.programs.push_back(program.name);
    }
    return {};
  });
}

Result<Report> migrate_locked(db::Blocking& connection, const Sources& sources) {
  Report report;
  if (!sources.roles.empty()) {
    TRY_DONE(in_transaction(connection,
                            [&] { return run_file(connection, "roles.sql", sources.roles); }));
  }
  TRY_DONE(in_transaction(connection, [&] { return create_ledgers(connection); }));
  TRY(std::size_t applied, count_applied(connection, sources));
  for (std::size_t i = applied; i < sources.migrations.size(); ++i) {
    TRY_DONE(apply(connection, sources.migrations[i]));
    report.migrations.push_back(sources.migrations[i].name);
  }
  TRY(std::size_t first, first_changed(connection, sources));
  // A migration may have dropped what a program had made on top of it.
  if (!report.migrations.empty()) first = 0;
  TRY_DONE(run_programs(connection, sources, first, report));
  TRY_DONE(note_whole(connection, fingerprint(sources)));
  return report;
}

}  // namespace

Result<Report> migrate(db::Blocking& connection, const Sources& sources) {
  TRY(const bool current, is_current(connection, fingerprint(sources)));
  if (current) return Report{};
  TRY_DONE(check_server(connection));
  TRY_DONE(lock(connection));
  auto report = migrate_locked(connection, sources);
  unlock(connection);
  return report;
}

}  // namespace flash::migrate
