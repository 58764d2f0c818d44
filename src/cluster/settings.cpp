#include "cluster/settings.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "base/text.h"

namespace flash::cluster {
namespace {

constexpr std::uint64_t mib = 1024 * 1024;

// The limit of this container (cgroup v2); "max", or no such file, is no limit.
std::uint64_t memory_limit() {
  std::ifstream in("/sys/fs/cgroup/memory.max");
  std::string line;
  std::getline(in, line);
  return text::parse_int<std::uint64_t>(text::trim(line)).value_or(UINT64_MAX);
}

std::uint64_t share(const Machine& machine, std::uint64_t part, std::uint64_t least_mib,
                    std::uint64_t most_mib) {
  return std::clamp(machine.memory_bytes / mib / part, least_mib, most_mib);
}

std::string quoted(const std::filesystem::path& path) { return fmt::format("'{}'", path.string()); }

void append_memory(std::string& out, const Machine& machine) {
  auto to = std::back_inserter(out);
  // A fifth and not the usual quarter: flashd itself lives on the same machine.
  fmt::format_to(to, "shared_buffers = {}MB\n", share(machine, 5, 64, 8192));
  fmt::format_to(to, "effective_cache_size = {}MB\n", share(machine, 2, 128, 262'144));
  fmt::format_to(to, "maintenance_work_mem = {}MB\n", share(machine, 32, 32, 1024));
  fmt::format_to(to, "work_mem = {}MB\n", share(machine, 1024, 4, 32));
  out += "logical_decoding_work_mem = 32MB\n";
}

}  // namespace

Machine this_machine() {
  const auto pages = static_cast<std::uint64_t>(std::max(sysconf(_SC_PHYS_PAGES), 0L));
  const auto page = static_cast<std::uint64_t>(std::max(sysconf(_SC_PAGESIZE), 0L));
  return {std::min(pages * page, memory_limit())};
}

std::string postgresql_conf(const Layout& layout, const Machine& machine, bool durable) {
  std::string out =
      "# Written by flashd at every start. Put settings of your own into local.conf beside it.\n";
  auto to = std::back_inserter(out);
  fmt::format_to(to, "listen_addresses = ''\nport = 5432\nunix_socket_directories = '\"{}\"'\n",
                 layout.run().string());
  fmt::format_to(to, "hba_file = {}\n", quoted(layout.conf() / "pg_hba.conf"));
  fmt::format_to(to, "ident_file = {}\n", quoted(layout.conf() / "pg_ident.conf"));
  out += "cluster_name = 'flash'\nmax_connections = 100\ntimezone = 'UTC'\n";
  out += "idle_in_transaction_session_timeout = '5min'\n";
  append_memory(out, machine);
  // The change stream reads WAL through a slot; an abandoned slot must not fill the disk.
  out +=
      "wal_level = logical\nmax_wal_senders = 10\nmax_replication_slots = 10\n"
      "max_slot_wal_keep_size = '1GB'\nmin_wal_size = '128MB'\nmax_wal_size = '1GB'\n"
      "wal_compression = on\ncheckpoint_timeout = '10min'\n";
  // Commits stay synchronous without fsync too: otherwise the log is written every 200 ms, and the
  // change stream is that late.
  out += durable ? "fsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"
                 : "fsync = off\nsynchronous_commit = on\nfull_page_writes = off\n";
  // Solid-state disks; short queries, which JIT only makes slower.
  out += "random_page_cost = 1.1\neffective_io_concurrency = 200\njit = off\n";
  // Index-only scans need a fresh visibility map: vacuum early, in small bites.
  out +=
      "autovacuum_naptime = '20s'\nautovacuum_vacuum_scale_factor = 0.02\n"
      "autovacuum_analyze_scale_factor = 0.02\nautovacuum_vacuum_insert_scale_factor = 0.05\n"
      "vacuum_cost_limit = 2000\n";
  // One file a weekday, so the log is a week long. Terse: the DETAIL of an error holds row values.
  out += "logging_collector = on\n";
  fmt::format_to(to, "log_directory = {}\n", quoted(layout.log()));
  out +=
      "log_filename = 'postgres-%a.log'\nlog_rotation_age = '1d'\nlog_rotation_size = 0\n"
      "log_truncate_on_rotation = on\nlog_file_mode = 0600\nlog_timezone = 'UTC'\n"
      "log_line_prefix = '%m [%p] %q%u@%d '\nlog_error_verbosity = terse\n"
      "log_min_duration_statement = '1s'\nlog_parameter_max_length = 0\nlog_lock_waits = on\n"
      "log_checkpoints = off\n";
  out += "include_if_exists = 'local.conf'\n";
  return out;
}

std::string pg_hba_conf() {
  return "# Written by flashd at every start.\n"
         "local all         all peer map=flash\n"
         "local replication all peer map=flash\n";
}

std::string pg_ident_conf(const std::string& postgres_account, const std::string& own_account) {
  std::string out = "# Written by flashd at every start: map, system account, database user.\n";
  for (const std::string& account : std::set<std::string>{"root", postgres_account, own_account})
    for (const char* user : {"postgres", "authenticator"})
      out += fmt::format("flash \"{}\" {}\n", account, user);
  return out;
}

}  // namespace flash::cluster
