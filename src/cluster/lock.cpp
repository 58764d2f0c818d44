#include "cluster/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>

#include "base/text.h"

namespace flash::cluster {
namespace {

// A killed flashd's own child holds a copy of the lock until it has become PostgreSQL.
bool take(const Fd& file) {
  constexpr std::chrono::milliseconds patience{1000}, step{20};
  const auto until = std::chrono::steady_clock::now() + patience;
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(step);
  }
  return true;
}

}  // namespace

Result<Fd> lock_directory(const std::filesystem::path& lock_file) {
  Fd file(open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file.valid()) {
    return fail(Kind::unavailable, "cluster_path",
                text::cat("cannot write ", lock_file.string(), ": ",
                          std::generic_category().message(errno)));
  }
  if (!take(file)) {
    const std::string holder = tail(lock_file, 32);
    return fail(Kind::conflict, "cluster_in_use",
                text::cat("another flashd", holder.empty() ? "" : " (process ", holder,
                          holder.empty() ? "" : ")", " uses ", lock_file.parent_path().string(),
                          "; stop it or choose another --data"));
  }
  const std::string self = std::to_string(getpid()) + '\n';
  if (ftruncate(file.get(), 0) != 0 ||
      pwrite(file.get(), self.data(), self.size(), 0) != static_cast<ssize_t>(self.size())) {
    return fail(Kind::unavailable, "cluster_path",
                text::cat("cannot write ", lock_file.string(), ": ",
                          std::generic_category().message(errno)));
  }
  return file;
}

}  // namespace flash::cluster
