// Child processes: start as another account, wait with a bound, find what works in a directory.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "cluster/account.h"

namespace flash::cluster {

// Owns a file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int value) : value_(value) {}
  Fd(Fd&& other) noexcept : value_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd();
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool valid() const { return value_ >= 0; }
  int release();

 private:
  int value_ = -1;
};

struct Command {
  std::vector<std::string> words;   // the first is the program's absolute path
  std::filesystem::path output;     // standard output and error go here, truncated first
  std::filesystem::path directory;  // where it works
  // Fast shutdown of PostgreSQL (SIGINT) when the thread that called start() ends, however it ends.
  bool stops_with_parent = false;
};

struct Child {
  pid_t pid = -1;
  Fd handle;  // readable when the process has ended (pidfd)
};

// In a session of its own, so that Ctrl-C at a terminal reaches only flashd.
Result<Child> start(const Command& command, const Account& account);

// Waits for the end; false when `bound` passed first. Collects the process; `status` as waitpid's.
bool wait_end(Child& child, std::chrono::milliseconds bound, int& status);

// Starts, waits, and fails with the tail of its output when the status is not 0.
Result<void> run(const Command& command, const Account& account, std::chrono::milliseconds bound);

// Processes named `program` whose working directory is `directory`: a PostgreSQL without its
// flashd.
std::vector<pid_t> processes_in(const std::filesystem::path& directory, std::string_view program);

// The last lines of a file, at most `bytes_max`; "" when it cannot be read.
std::string tail(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace flash::cluster
