#include "cluster/layout.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/text.h"

namespace flash::cluster {
namespace {

constexpr int oldest_major = 15;

std::optional<int> major_of(const std::filesystem::path& pg) {
  std::ifstream in(pg / "PG_VERSION");
  std::string line;
  std::getline(in, line);
  return text::parse_int<int>(text::trim(line));
}

}  // namespace

Result<Layout> layout_of(const std::filesystem::path& data) {
  if (data.empty()) return fail(Kind::invalid, "cluster_path", "no data directory is given");
  std::error_code fault;
  std::filesystem::path absolute = std::filesystem::absolute(data, fault).lexically_normal();
  if (fault) return fail(Kind::invalid, "cluster_path", fault.message());
  if (!absolute.has_filename()) absolute = absolute.parent_path();  // "/srv/flash/" -> "/srv/flash"
  // The name goes into PostgreSQL's settings and into connection strings.
  const auto unusable = [](char c) {
    return c == '\'' || c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  };
  if (std::ranges::any_of(absolute.string(), unusable)) {
    return fail(Kind::invalid, "cluster_path",
                "the data directory's name holds a quote, a backslash or a control character; "
                "choose another --data");
  }
  Layout layout{absolute};
  constexpr std::size_t socket_bytes_max = 107;
  const std::string socket = (layout.run() / ".s.PGSQL.5432").string();
  if (socket.size() > socket_bytes_max) {
    return fail(Kind::invalid, "cluster_path",
                text::cat("the socket ", socket, " would have ", std::to_string(socket.size()),
                          " bytes, and Unix allows ", std::to_string(socket_bytes_max),
                          "; choose a shorter --data"));
  }
  return layout;
}

Result<std::filesystem::path> find_programs(const std::filesystem::path& installed,
                                            const std::filesystem::path& pg) {
  const std::optional<int> needed = major_of(pg);
  int best = 0;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(installed, fault)) {
    const int major = text::parse_int<int>(entry.path().filename().string()).value_or(0);
    if (!std::filesystem::exists(entry.path() / "bin" / "initdb", fault)) continue;
    if (needed ? major == *needed : major >= oldest_major) best = std::max(best, major);
  }
  if (best > 0) return installed / std::to_string(best) / "bin";
  if (needed) {
    return fail(Kind::invalid, "cluster_programs",
                text::cat(pg.string(), " was made by PostgreSQL ", std::to_string(*needed),
                          ", which is not installed: apt-get install postgresql-",
                          std::to_string(*needed)));
  }
  return fail(Kind::invalid, "cluster_programs",
              text::cat("PostgreSQL 15 or newer is not installed in ", installed.string(),
                        ": apt-get install postgresql, or give --database-url"));
}

}  // namespace flash::cluster
