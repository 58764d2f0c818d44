// Where the private PostgreSQL keeps what: the directory's parts, and Debian's program files.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace flash::cluster {

struct Layout {
  std::filesystem::path data;  // absolute; everything below belongs to flashd

  [[nodiscard]] std::filesystem::path pg() const { return data / "pg"; }
  // Where initdb works until it is done; then it becomes pg() in one step.
  [[nodiscard]] std::filesystem::path unfinished() const { return data / "pg.unfinished"; }
  [[nodiscard]] std::filesystem::path run() const { return data / "run"; }    // the socket
  [[nodiscard]] std::filesystem::path conf() const { return data / "conf"; }  // written each start
  [[nodiscard]] std::filesystem::path log() const { return data / "log"; }
  [[nodiscard]] std::filesystem::path lock() const { return data / "lock"; }
  // What PostgreSQL says before its own log is open.
  [[nodiscard]] std::filesystem::path output() const { return data / "postgres.out"; }
};

// The absolute layout of a data directory.
// Errors: cluster_path, when its name cannot be used: empty, a quote or control character in it, or
// too long for a Unix socket (107 bytes, sun_path of unix(7) less its end).
Result<Layout> layout_of(const std::filesystem::path& data);

// The directory of `initdb` and `postgres`: of the major version that made `pg`, else the newest.
// `installed` is /usr/lib/postgresql, where Debian puts <major>/bin.
// Errors: cluster_programs, when no version from 15 on, or not the needed one, is installed.
Result<std::filesystem::path> find_programs(const std::filesystem::path& installed,
                                            const std::filesystem::path& pg);

}  // namespace flash::cluster
