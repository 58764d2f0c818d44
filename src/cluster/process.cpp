#include "cluster/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "base/text.h"

namespace flash::cluster {
namespace {

constexpr int status_not_started = 126;

// Between fork and exec: only calls that are safe after a fork in a process with threads.
[[noreturn]] void become_command(const Command& command, const Account& account, char* const* words,
                                 pid_t parent) {
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  const int output =
      open(command.output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (output < 0 || nothing < 0) _exit(status_not_started);
  // dup2 clears close-on-exec, so these three are all that the program inherits.
  if (dup2(nothing, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) _exit(status_not_started);
  if (!become(account) || chdir(command.directory.c_str()) != 0) _exit(status_not_started);
  // After the change of user, which would clear it. The parent may be gone already.
  if (command.stops_with_parent) {
    prctl(PR_SET_PDEATHSIG, SIGINT);
    if (getppid() != parent) _exit(status_not_started);
  }
  // Nothing of our environment: it may hold secrets, and PGPORT or PGDATA would steer PostgreSQL.
  char path[] = "PATH=/usr/bin:/bin", locale[] = "LC_ALL=C.UTF-8";
  char* const environment[] = {path, locale, nullptr};
  execve(words[0], words, environment);
  _exit(status_not_started);
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    if (value_ >= 0) close(value_);
    value_ = other.release();
  }
  return *this;
}

Fd::~Fd() {
  if (value_ >= 0) close(value_);
}

int Fd::release() { return std::exchange(value_, -1); }

Result<Child> start(const Command& command, const Account& account) {
  std::vector<std::string> texts = command.words;
  std::vector<char*> words;
  words.reserve(texts.size() + 1);
  for (std::string& text : texts) words.push_back(text.data());
  words.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) {
    return fail(Kind::unavailable, "cluster_process",
                text::cat("cannot start a process: ", std::generic_category().message(errno)));
  }
  if (pid == 0) become_command(command, account, words.data(), parent);
  Fd handle(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  return Child{pid, std::move(handle)};
}

bool wait_end(Child& child, std::chrono::milliseconds bound, int& status) {
  pollfd ready{child.handle.get(), POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + bound;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const int count = poll(&ready, 1, static_cast<int>(std::max<long>(left.count(), 0)));
    if (count == 0) return false;
    if (count < 0 && errno == EINTR) continue;
    while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    child.pid = -1;
    return true;
  }
}

Result<void> run(const Command& command, const Account& account, std::chrono::milliseconds bound) {
  TRY(Child child, start(command, account));
  int status = 0;
  if (!wait_end(child, bound, status)) {
    kill(child.pid, SIGKILL);
    (void)wait_end(child, std::chrono::seconds(5), status);
    return fail(Kind::timeout, "cluster_process",
                text::cat(command.words[0], " did not end in ",
                          std::to_string(bound.count() / 1000), " seconds"));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  constexpr std::size_t shown_bytes_max = 2000;
  return fail(Kind::internal, "cluster_process",
              text::cat(command.words[0], " failed: ", tail(command.output, shown_bytes_max)));
}

std::vector<pid_t> processes_in(const std::filesystem::path& directory, std::string_view program) {
  std::vector<pid_t> found;
  std::error_code fault;
  const auto wanted = std::filesystem::canonical(directory, fault);
  if (fault) return found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", fault)) {
    const auto pid = text::parse_int<pid_t>(entry.path().filename().string());
    if (!pid) continue;
    std::error_code unreadable;  // another user's process, or one that has just ended
    const auto works_in = std::filesystem::read_symlink(entry.path() / "cwd", unreadable);
    if (unreadable || works_in != wanted) continue;
    std::ifstream in(entry.path() / "comm");
    std::string name;
    std::getline(in, name);
    if (name == program) found.push_back(*pid);
  }
  return found;
}

std::string tail(const std::filesystem::path& file, std::size_t bytes_max) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return "";
  const auto size = static_cast<std::size_t>(std::max<std::streamoff>(in.tellg(), 0));
  in.seekg(static_cast<std::streamoff>(size - std::min(size, bytes_max)));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::string_view rest = text;
  if (size > bytes_max) rest.remove_prefix(std::min(rest.find('\n') + 1, rest.size()));
  return std::string(text::trim(rest));
}

}  // namespace flash::cluster
