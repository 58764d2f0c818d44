#include "worker/learner.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace flash::worker {
namespace {

// Of a process that reads its input from `input`, in a session of its own so that Ctrl-C at a
// terminal reaches only flashd.
Result<pid_t> spawn(const std::filesystem::path& program, int input) {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawnattr_init(&attributes);
  sigset_t none{}, ordinary{};
  ::sigemptyset(&none);
  ::sigfillset(&ordinary);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &ordinary);
  ::posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string name = program.string(), threads = "OMP_NUM_THREADS=1";
  const std::array<char*, 2> arguments{name.data(), nullptr}, environment{threads.data(), nullptr};
  pid_t child = 0;
  const int status = ::posix_spawn(&child, name.c_str(), &actions, &attributes, arguments.data(),
                                   environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (status == ENOENT || status == EACCES)
    return fail(Kind::unavailable, "learner_missing",
                "flash-learn is not installed beside flashd, so nothing can be learned");
  if (status != 0)
    return fail(Kind::internal, "learner_start",
                text::cat("flash-learn did not start: ", std::strerror(status)));
  return child;
}

std::string reason_of(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFEXITED(status)) return "the learner failed; its reason is in the log";
  return text::cat("the learner was ended by signal ", std::to_string(WTERMSIG(status)));
}

}  // namespace

std::filesystem::path learner_beside_us() {
  std::error_code fault;
  return std::filesystem::read_symlink("/proc/self/exe", fault).parent_path() / "flash-learn";
}

Learner::~Learner() {
  if (const pid_t child = child_; child > 0) ::kill(child, SIGKILL);
  if (thread_.joinable()) thread_.join();
}

Result<void> Learner::start(const std::string& conninfo, const std::string& run,
                            std::function<void(std::string)> ended) {
  if (busy_) return fail(Kind::unavailable, "learner_busy", "a training is under way");
  if (thread_.joinable()) thread_.join();
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
    return fail(Kind::internal, "learner_start", "no pipe to the learner");
  auto child = spawn(program_, pipe[0]);
  ::close(pipe[0]);
  // Far below what a pipe takes without a reader.
  const std::string input = text::cat(conninfo, "\n", run, "\n");
  const bool told = child && ::write(pipe[1], input.data(), input.size()) == std::ssize(input);
  ::close(pipe[1]);
  if (!child) return fail(std::move(child).error());
  if (!told) ::kill(*child, SIGKILL);
  busy_ = true;
  child_ = *child;
  thread_ = std::thread(
      [this, pid = *child, ended = std::move(ended)]() mutable { wait(pid, std::move(ended)); });
  return {};
}

void Learner::wait(pid_t child, std::function<void(std::string)> ended) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = 0;
  busy_ = false;
  ended(reason_of(status));
}

}  // namespace flash::worker
