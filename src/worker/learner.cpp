#include "worker/learner.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace flash::worker {
namespace {

constexpr int look_every_ms = 200;            // whether it shall stop
constexpr std::size_t line_bytes_max = 4096;  // of what it says

struct Child {
  pid_t pid = 0;
  int output = -1;  // ours
};

// In a session of its own, so that Ctrl-C at a terminal reaches only flashd.
Result<pid_t> spawn(const std::filesystem::path& program, int input, int output) {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
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
    return fail(Kind::unsupported, "learner_missing",
                "flash-learn is not installed beside flashd, so nothing can be learned");
  if (status != 0)
    return fail(Kind::internal, "learner_start",
                text::cat("flash-learn did not start: ", std::strerror(status)));
  return child;
}

Result<Child> start(const std::filesystem::path& program, std::string_view input) {
  std::array<int, 2> in{}, out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0)
    return fail(Kind::internal, "learner_start", "no pipe to the learner");
  if (::pipe2(out.data(), O_CLOEXEC) != 0) {
    ::close(in[0]);
    ::close(in[1]);
    return fail(Kind::internal, "learner_start", "no pipe from the learner");
  }
  // Before there is a reader that could go away; far below what a pipe takes without one.
  const bool told = ::write(in[1], input.data(), input.size()) == std::ssize(input);
  auto pid = told ? spawn(program, in[0], out[1])
                  : fail(Kind::internal, "learner_start", "the pipe to the learner is full");
  ::close(in[0]);
  ::close(in[1]);
  ::close(out[1]);
  if (pid) return Child{*pid, out[0]};
  ::close(out[0]);
  return fail(std::move(pid).error());
}

// What the program says, line by line: "progress 35 fit", "model <id>", "failed <reason>".
struct Said {
  std::string model, reason;

  void hear(std::string_view line, jobs::Attempt& attempt) {
    const auto rest_of = [&](std::string_view word) -> std::string_view {
      return line.starts_with(word) ? line.substr(word.size()) : std::string_view{};
    };
    if (const auto rest = rest_of("progress "); !rest.empty()) {
      const auto space = rest.find(' ');
      if (const auto percent = text::parse_int<int>(rest.substr(0, space)))
        attempt.progress(*percent, space == rest.npos ? "" : rest.substr(space + 1));
    } else if (const auto id = rest_of("model "); !id.empty()) {
      model = id;
    } else if (const auto why = rest_of("failed "); !why.empty()) {
      reason = why;
    }
  }
};

// Until the program closes its output; false from `go_on` kills it.
Said listen(const Child& child, jobs::Attempt& attempt, const std::function<bool()>& go_on) {
  Said said;
  std::string line;
  bool killed = false;
  for (;;) {
    if (!killed && !go_on()) {
      killed = true;
      ::kill(child.pid, SIGKILL);
    }
    pollfd look{.fd = child.output, .events = POLLIN, .revents = 0};
    if (::poll(&look, 1, look_every_ms) <= 0) continue;
    std::array<char, 512> bytes{};
    const auto got = ::read(child.output, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return said;
    for (const char c : std::string_view(bytes.data(), static_cast<std::size_t>(got))) {
      if (c == '\n') {
        said.hear(line, attempt);
        line.clear();
      } else if (line.size() < line_bytes_max) {
        line += c;
      }
    }
  }
}

Result<std::string> outcome(const Said& said, int status, bool stopped) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !said.model.empty()) return said.model;
  if (stopped) return fail(Kind::canceled, "canceled", "the training was stopped");
  if (WIFSIGNALED(status))
    return fail(Kind::internal, "learner_failed",
                text::cat("the learner was ended by signal ", std::to_string(WTERMSIG(status))));
  return fail(Kind::internal, "learner_failed",
              said.reason.empty() ? "the learner ended without a word" : said.reason);
}

Result<std::string> watch(const Child& child, jobs::Attempt& attempt,
                          const std::atomic<bool>& closed) {
  const Said said = listen(child, attempt, [&] { return !attempt.stopped() && !closed; });
  ::close(child.output);
  int status = 0;
  while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
  }
  return outcome(said, status, attempt.stopped() || closed);
}

// Where the thread leaves what came out, for the coroutine that waits on the core.
struct Waiting {
  explicit Waiting(loop::Core& core) : timer(core.executor()) {}
  loop::Timer timer;
  Result<std::string> result;
  bool done = false;
};

}  // namespace

std::filesystem::path learner_beside_us() {
  std::error_code fault;
  return std::filesystem::read_symlink("/proc/self/exe", fault).parent_path() / "flash-learn";
}

Learner::~Learner() {
  *closed_ = true;
  if (thread_.joinable()) thread_.join();
}

loop::Task<Result<std::string>> Learner::run(std::shared_ptr<jobs::Attempt> attempt) {
  if (thread_.joinable()) thread_.join();  // of the training before, which has ended
  auto child = start(program_, text::cat(conninfo_, "\n", attempt->id, " ",
                                         std::to_string(attempt->number), "\n"));
  if (!child) co_return fail(std::move(child).error());
  auto waiting = std::make_shared<Waiting>(core_);
  thread_ = std::thread([&core = core_, one = *child, attempt, waiting, closed = closed_] {
    auto result = watch(one, *attempt, *closed);
    if (*closed) return;  // nobody waits any more
    core.post([waiting, result = std::move(result)] {
      waiting->result = result;
      waiting->done = true;
      waiting->timer.cancel();
    });
  });
  while (!waiting->done) {
    waiting->timer.expires_after(std::chrono::hours(1));
    co_await waiting->timer.async_wait(loop::no_throw);
  }
  co_return waiting->result;
}

}  // namespace flash::worker
