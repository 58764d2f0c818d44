#include "cluster/prepare.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <system_error>
#include <thread>

#include "base/log.h"
#include "base/text.h"
#include "cluster/process.h"
#include "cluster/settings.h"

namespace flash::cluster {
namespace {

Error path_error(const std::filesystem::path& path, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT;
  return make_error(
      Kind::unavailable, full ? "cluster_disk" : "cluster_path",
      text::cat("cannot write ", path.string(), ": ", std::generic_category().message(reason)));
}

Result<void> own_directory(const std::filesystem::path& path, const Account& account) {
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail(path_error(path, errno));
  // Not through a link: root would give away what the link points at.
  const Fd directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory.valid()) return fail(path_error(path, errno));
  if (geteuid() == 0 && fchown(directory.get(), account.uid, account.gid) != 0)
    return fail(path_error(path, errno));
  if (fchmod(directory.get(), 0700) != 0) return fail(path_error(path, errno));
  return {};
}

// Whole or not at all: a reader sees the old text or the new one.
Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path draft = path.string() + ".new";
  std::ofstream out(draft, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out || chmod(draft.c_str(), 0644) != 0) return fail(path_error(path, errno));
  std::error_code fault;
  std::filesystem::rename(draft, path, fault);
  if (fault) return fail(path_error(path, fault.value()));
  return {};
}

void sync_directory(const std::filesystem::path& path) {
  const Fd directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.valid()) fsync(directory.get());
}

std::vector<pid_t> orphans(const Layout& layout) {
  auto all = processes_in(layout.pg(), "postgres");
  for (const char* program : {"postgres", "initdb"})
    std::ranges::copy(processes_in(layout.unfinished(), program), std::back_inserter(all));
  return all;
}

bool wait_gone(const Layout& layout, std::chrono::milliseconds bound) {
  constexpr std::chrono::milliseconds step{20};
  for (auto waited = step; !orphans(layout).empty(); waited += step) {
    if (waited > bound) return false;
    std::this_thread::sleep_for(step);
  }
  return true;
}

// The first line of postmaster.pid; nullopt: there is none.
std::optional<pid_t> postmaster_of(const Layout& layout) {
  std::ifstream in(layout.pg() / "postmaster.pid");
  std::string line;
  std::getline(in, line);
  return text::parse_int<pid_t>(text::trim(line));
}

// A fast shutdown is asked of the postmaster alone. False: it is gone, and nobody would obey.
bool signal_orphans(const Layout& layout, int signal_number) {
  const auto postmaster = postmaster_of(layout);
  bool any = false;
  for (const pid_t pid : orphans(layout))
    if (signal_number != SIGINT || pid == postmaster) any = kill(pid, signal_number) == 0 || any;
  return any;
}

void remove_marks(const Layout& layout) {
  std::error_code absent;
  for (const auto& path : {layout.pg() / "postmaster.pid", layout.run() / ".s.PGSQL.5432",
                           layout.run() / ".s.PGSQL.5432.lock"})
    std::filesystem::remove(path, absent);
}

}  // namespace

Result<void> make_data_directory(const Layout& layout) {
  std::error_code fault;
  const bool made = std::filesystem::create_directories(layout.data, fault);
  if (fault) return fail(path_error(layout.data, fault.value()));
  // Others may pass through to what is theirs, and not look around.
  if (made && chmod(layout.data.c_str(), 0711) != 0) return fail(path_error(layout.data, errno));
  if (mkdir(layout.conf().c_str(), 0755) != 0 && errno != EEXIST)
    return fail(path_error(layout.conf(), errno));
  // PostgreSQL's account reads it, whatever the umask is.
  if (chmod(layout.conf().c_str(), 0755) != 0) return fail(path_error(layout.conf(), errno));
  return {};
}

Result<void> make_postgres_directories(const Layout& layout, const Account& account) {
  TRY_DONE(check_passable(account, layout.data));
  TRY_DONE(own_directory(layout.run(), account));
  return own_directory(layout.log(), account);
}

Result<void> check_free_space(const Layout& layout, std::uintmax_t free_bytes_min) {
  std::error_code fault;
  const auto space = std::filesystem::space(layout.data, fault);
  if (fault || space.available >= free_bytes_min) return {};
  constexpr std::uintmax_t mib = 1024 * 1024;
  return fail(Kind::unavailable, "cluster_disk",
              text::cat("the disk of ", layout.data.string(), " is full: ",
                        std::to_string(space.available / mib), " MB are free, PostgreSQL needs ",
                        std::to_string(free_bytes_min / mib), " MB to start"));
}

Result<void> end_orphans(const Layout& layout, std::chrono::milliseconds stop_max) {
  struct Round {
    int signal_number;
    std::chrono::milliseconds bound;
  };
  // Fast shutdown; immediate (recovery at the next start); the end.
  const std::array<Round, 3> rounds{
      {{SIGINT, stop_max}, {SIGQUIT, std::chrono::seconds(5)}, {SIGKILL, std::chrono::seconds(5)}}};
  if (const auto count = orphans(layout).size(); count > 0)
    log::warning("database_orphan", {{"processes", count}, {"directory", layout.pg().string()}});
  for (const Round& round : rounds) {
    const bool heard = signal_orphans(layout, round.signal_number);
    if (!wait_gone(layout, heard ? round.bound : std::chrono::milliseconds(0))) continue;
    remove_marks(layout);
    return {};
  }
  return fail(Kind::unavailable, "cluster_process",
              text::cat("a PostgreSQL left behind in ", layout.pg().string(), " does not end"));
}

Result<void> create_if_missing(const Layout& layout, const Account& account,
                               const std::filesystem::path& programs, bool durable) {
  if (std::filesystem::exists(layout.pg() / "PG_VERSION")) return {};
  std::error_code fault;
  std::filesystem::remove_all(layout.unfinished(), fault);
  if (fault) return fail(path_error(layout.unfinished(), fault.value()));
  TRY_DONE(own_directory(layout.unfinished(), account));
  Command command{
      .words = {(programs / "initdb").string(), "--pgdata=" + layout.unfinished().string(),
                "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=peer",
                "--data-checksums"},
      .output = layout.output(),
      .directory = layout.unfinished(),
      .stops_with_parent = true};
  if (!durable) command.words.emplace_back("--no-sync");
  constexpr std::chrono::minutes initdb_max{2};
  if (auto done = run(command, account, initdb_max); !done) {
    Error error = std::move(done).error();
    if (error.message.find("No space left") != std::string::npos) error.code = "cluster_disk";
    return fail(std::move(error));
  }
  std::filesystem::rename(layout.unfinished(), layout.pg(), fault);
  if (fault) return fail(path_error(layout.pg(), fault.value()));
  sync_directory(layout.data);
  return {};
}

Result<void> write_configuration(const Layout& layout, const Account& account, bool durable) {
  TRY(Account self, choose_account({}));
  const std::string own = geteuid() == 0 ? "root" : self.name;
  TRY_DONE(write_file(layout.conf() / "postgresql.conf",
                      postgresql_conf(layout, this_machine(), durable)));
  TRY_DONE(write_file(layout.conf() / "pg_hba.conf", pg_hba_conf()));
  return write_file(layout.conf() / "pg_ident.conf", pg_ident_conf(account.name, own));
}

}  // namespace flash::cluster
