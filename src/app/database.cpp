#include "app/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "app/assets.h"
#include "base/log.h"
#include "base/text.h"
#include "cluster/layout.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "json/write.h"
#include "migrate/migrate.h"
#include "migrate/sources.h"

namespace flash::app {
namespace {

constexpr std::string_view database_prefix = "database/";

std::string_view asset(std::string_view path) {
  for (const Asset& item : assets())
    if (item.path == path) return item.bytes;
  return {};
}

// Readable by its owner only: it holds passwords.
Result<void> write_private(const std::filesystem::path& path, std::string_view text) {
  std::error_code ignored;
  // Nobody has made the data directory where the database is somebody else's.
  std::filesystem::create_directories(path.parent_path(), ignored);
  std::filesystem::remove(path, ignored);  // a file that is there keeps its mode
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Kind::internal, "demo", "cannot write " + path.string());
  const bool whole = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(fd);
  if (!whole) return fail(Kind::internal, "demo", "cannot write " + path.string());
  return {};
}

}  // namespace

Result<Database> open_database(const config::Settings& settings) {
  Database out;
  if (!settings.database_url.empty()) {
    out.owner = out.callers = settings.database_url;
    return out;
  }
  cluster::Options options;
  options.data = settings.data;
  TRY(out.cluster, cluster::Cluster::start(options));
  out.owner = out.cluster->conninfo("postgres");
  out.callers = out.cluster->conninfo("authenticator");
  return out;
}

Result<db::Blocking> open_owner(const config::Settings& settings, Database& database) {
  if (settings.database_url.empty()) {
    TRY(const cluster::Layout layout, cluster::layout_of(settings.data));
    auto running = db::Blocking::connect(
        text::cat("host='", layout.run().string(), "' user=postgres dbname=flash"));
    if (running) return running;
  }
  TRY(database, open_database(settings));
  return db::Blocking::connect(database.owner);
}

Result<void> migrate_database(db::Blocking& owner) {
  std::vector<migrate::File> files;
  for (const Asset& item : assets())
    if (item.path.starts_with(database_prefix))
      files.push_back({item.path.substr(database_prefix.size()), item.bytes});
  TRY(const migrate::Sources sources, migrate::arrange(files));
  TRY(const migrate::Report report, migrate::migrate(owner, sources));
  log::info("migrated",
            {{"migrations", report.migrations.size()}, {"programs", report.programs.size()}});
  return {};
}

Result<void> load_demo(db::Blocking& owner, const config::Settings& settings) {
  TRY(const db::Rows there, owner.run(sql::statement("select 1 from auth.users limit 1")));
  if (there.size() != 0) return {};
  TRY_DONE(owner.script("begin"));
  TRY_DONE(owner.script(asset("database/seeds/demo.sql")));
  TRY(const db::Rows people,
      owner.run(sql::statement("select u.id, u.email, p.full_name, p.role from auth.users u "
                               "join public.profiles p on p.id = u.id order by u.email")));
  json::Writer sign_ins;
  sign_ins.array();
  for (std::size_t row = 0; row < people.size(); ++row) {
    const std::string password = crypto::random_password();
    const std::string hash = crypto::hash_password(password);
    TRY_DONE(owner.run(
        sql::statement("update auth.users set encrypted_password = $2 where id = $1::uuid",
                       {std::string(people.text(row, 0)), hash})));
    sign_ins.object()
        .field("email", people.text(row, 1))
        .field("password", password)
        .field("name", people.text(row, 2))
        .field("role", people.text(row, 3))
        .end_object();
  }
  sign_ins.end_array();
  TRY_DONE(
      write_private(std::filesystem::path(settings.data) / "demo-sign-ins.json", sign_ins.text()));
  TRY_DONE(owner.script("commit"));
  log::info("demo_loaded", {{"people", people.size()}});
  return {};
}

}  // namespace flash::app
