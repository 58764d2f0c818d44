// The private PostgreSQL: made when it is missing, started, kept running, stopped.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace flash::cluster {

struct Options {
  std::filesystem::path data;
  bool durable = true;  // false: no fsync, for a cluster that is thrown away
  std::filesystem::path installed = "/usr/lib/postgresql";
  // Recovery after a crash reads at most max_wal_size; then the disk decides.
  std::chrono::milliseconds start_max{300'000};
  std::chrono::milliseconds stop_max{30'000};
  std::uintmax_t free_bytes_min = 256ull * 1024 * 1024;  // below it nothing is started
};

class Cluster {
 public:
  // Blocks until PostgreSQL answers and the database `flash` exists. What an earlier flashd left
  // behind (a running PostgreSQL, half an initdb, a stale postmaster.pid) is cleaned up first.
  // Errors, each with a sentence for the operator: cluster_path, cluster_account, cluster_programs,
  // cluster_in_use, cluster_disk, cluster_process.
  static Result<Cluster> start(Options options);

  Cluster(Cluster&&) noexcept;
  Cluster& operator=(Cluster&&) noexcept;
  ~Cluster();  // stops

  // Fast shutdown: open transactions are rolled back. Harder after stop_max. Safe to call twice.
  void stop();

  // For `user` postgres (owner, superuser) or authenticator, on the database `flash` or another.
  [[nodiscard]] std::string conninfo(std::string_view user,
                                     std::string_view database = "flash") const;
  // True while PostgreSQL answers; false between its unexpected end and its restart.
  [[nodiscard]] bool running() const;

 private:
  class Keeper;
  explicit Cluster(std::unique_ptr<Keeper> keeper);
  std::unique_ptr<Keeper> keeper_;
};

// The PostgreSQL that another flashd runs in `data`, when it answers: for a command that works
// beside a server (`flashd user`). nullopt: none is running, or this user may not connect to it.
std::optional<std::string> find_running(const std::filesystem::path& data, std::string_view user,
                                        std::string_view database = "flash");

}  // namespace flash::cluster
