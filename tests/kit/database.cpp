#include "kit/database.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "db/blocking.h"
#include "migrate/migrate.h"
#include "migrate/sources.h"
#include "sql/fragment.h"

namespace flash::kit {
namespace {

// A test program cannot go on without its database, and no test may pass because of that.
[[noreturn]] void give_up(const std::string& reason) {
  std::fprintf(stderr, "kit: %s\n", reason.c_str());
  std::fflush(nullptr);
  std::_Exit(2);
}

template <class T>
T must(Result<T> result, std::string_view what) {
  if (!result)
    give_up(fmt::format("{}: {} {}", what, result.error().message, result.error().details));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string admin() {
  const char* conninfo = std::getenv("FLASH_TEST_PG");
  if (conninfo == nullptr || *conninfo == '\0')
    give_up("this program needs PostgreSQL: run it through ./flash test, which starts one");
  return conninfo;
}

// A later word wins over an earlier one in libpq's keyword form.
std::string conninfo(std::string_view database, std::string_view user) {
  std::string out = fmt::format("{} dbname={}", admin(), database);
  if (!user.empty()) out += fmt::format(" user={}", user);
  return out;
}

db::Blocking connect(std::string_view database) {
  return must(db::Blocking::connect(conninfo(database, {})), "connect");
}

void run(db::Blocking& connection, sql::Fragment fragment) {
  must(connection.run(std::move(fragment).finish()), "run");
}

bool exists(db::Blocking& connection, const std::string& database) {
  auto rows =
      connection.run(sql::statement("select 1 from pg_database where datname = $1", {database}));
  return must(std::move(rows), "look for the template").size() == 1;
}

// Made under another name first, so that a template that exists is a template that is complete.
void build_template(db::Blocking& connection, const std::string& name,
                    const migrate::Sources& sources) {
  const std::string draft = name + "_draft";
  run(connection, sql::Fragment("drop database if exists ") + sql::Fragment::ident(draft));
  run(connection, sql::Fragment("create database ") + sql::Fragment::ident(draft) +
                      sql::Fragment(" template template0 encoding 'UTF8'"));
  {
    db::Blocking inside = connect(draft);
    must(migrate::migrate(inside, sources), "migrate the template");
  }
  run(connection, sql::Fragment("alter database ") + sql::Fragment::ident(draft) +
                      sql::Fragment(" rename to ") + sql::Fragment::ident(name));
}

// One template a state of database/, made by whoever comes first.
const std::string& template_name(db::Blocking& connection) {
  static const std::string name = [&] {
    const std::filesystem::path directory = std::filesystem::path(FLASH_SOURCE_DIR) / "database";
    auto sources = must(migrate::read_directory(directory), "read database/");
    constexpr std::size_t digits = 16;
    std::string wanted = "flash_template_" + migrate::fingerprint(sources).substr(0, digits);
    must(
        connection.run(sql::statement("select pg_advisory_lock(hashtextextended('flash.kit', 0))")),
        "lock");
    if (!exists(connection, wanted)) build_template(connection, wanted, sources);
    must(connection.run(sql::statement("select pg_advisory_unlock_all()")), "unlock");
    return wanted;
  }();
  return name;
}

}  // namespace

Database::Database(Content content) {
  static std::atomic<int> count{0};
  db::Blocking connection = connect("postgres");
  const std::string& base = content == Content::migrated ? template_name(connection) : "template0";
  name_ = fmt::format("flash_test_{}_{}", getpid(), count++);
  // Left behind by a killed program that had the same process number.
  run(connection, sql::Fragment("drop database if exists ") + sql::Fragment::ident(name_));
  run(connection, sql::Fragment("create database ") + sql::Fragment::ident(name_) +
                      sql::Fragment(" encoding 'UTF8' template ") + sql::Fragment::ident(base));
}

Database::~Database() {
  auto connection = db::Blocking::connect(conninfo("postgres", {}));
  if (!connection) return;  // the test stopped the cluster; it is thrown away anyway
  (void)connection->run((sql::Fragment("drop database if exists ") + sql::Fragment::ident(name_) +
                         sql::Fragment(" with (force)"))
                            .finish());
}

std::string Database::superuser() const { return conninfo(name_, {}); }
std::string Database::authenticator() const { return as("authenticator"); }
std::string Database::as(std::string_view user) const { return conninfo(name_, user); }

Database& database() {
  static Database one;
  return one;
}

}  // namespace flash::kit
