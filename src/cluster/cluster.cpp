#include "cluster/cluster.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <future>
#include <thread>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "cluster/account.h"
#include "cluster/layout.h"
#include "cluster/lock.h"
#include "cluster/prepare.h"
#include "cluster/process.h"
#include "db/blocking.h"
#include "sql/fragment.h"

namespace flash::cluster {
namespace {

using std::chrono::milliseconds;

std::string conninfo_of(const Layout& layout, std::string_view user, std::string_view database) {
  return text::cat("host='", layout.run().string(), "' port=5432 user=", user, " dbname=", database,
                   " connect_timeout=5");
}

// The last FATAL or PANIC of PostgreSQL's log since `since`; "" when there is none.
std::string logged_reason(const Layout& layout, std::filesystem::file_time_type since) {
  std::string reason;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(layout.log(), fault)) {
    if (entry.last_write_time(fault) < since || fault) continue;
    constexpr std::size_t read_bytes_max = 8192;
    const std::string text = tail(entry.path(), read_bytes_max);
    for (std::string_view line : text::split(text, '\n'))
      for (std::string_view word : {"FATAL:", "PANIC:"})
        if (auto at = line.find(word); at != std::string_view::npos)
          reason = text::trim(line.substr(at + word.size()));
  }
  return reason;
}

Error start_error(const Layout& layout, std::filesystem::file_time_type since) {
  constexpr std::size_t shown_bytes_max = 2000;
  std::string reason = logged_reason(layout, since);
  if (reason.empty()) reason = tail(layout.output(), shown_bytes_max);
  const bool full = reason.find("No space left on device") != std::string::npos;
  return make_error(Kind::unavailable, full ? "cluster_disk" : "cluster_process",
                    text::cat("PostgreSQL did not start in ", layout.data.string(), ": ", reason));
}

Result<void> create_database(const Layout& layout) {
  TRY(auto connection, db::Blocking::connect(conninfo_of(layout, "postgres", "postgres")));
  TRY(auto found,
      connection.run(sql::statement("select 1 from pg_database where datname = 'flash'")));
  if (found.size() == 1) return {};
  TRY_DONE(connection.run(sql::statement("create database flash")));
  return {};
}

}  // namespace

// Owns the thread that starts PostgreSQL and watches it. It must be one thread for all that time:
// the kernel ends PostgreSQL when the thread that started it ends (PR_SET_PDEATHSIG).
class Cluster::Keeper {
 public:
  Keeper(Options options, Layout layout, Account account, std::filesystem::path programs, Fd lock)
      : options_(std::move(options)),
        layout_(std::move(layout)),
        account_(std::move(account)),
        programs_(std::move(programs)),
        lock_(std::move(lock)),
        wake_(eventfd(0, EFD_CLOEXEC)) {}
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  ~Keeper() { stop(); }

  Result<void> start() {
    auto started = started_.get_future();
    thread_ = std::thread([this] { keep(); });
    return started.get();
  }

  void stop() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    const std::uint64_t one = 1;
    (void)!write(wake_.get(), &one, sizeof one);
    thread_.join();
  }

  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] const Layout& layout() const { return layout_; }

 private:
  void keep();
  Result<Child> launch();
  Result<void> wait_ready(Child& child, std::filesystem::file_time_type since);
  bool wait_for_end_or_stop(Child& child);
  void restart(Child& child);
  void shut_down(Child& child);

  Options options_;
  Layout layout_;
  Account account_;
  std::filesystem::path programs_;
  Fd lock_;
  Fd wake_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> running_{false};
  std::promise<Result<void>> started_;
  std::thread thread_;
};

Result<Child> Cluster::Keeper::launch() {
  TRY_DONE(end_orphans(layout_, options_.stop_max));
  TRY_DONE(check_free_space(layout_, options_.free_bytes_min));
  TRY_DONE(write_configuration(layout_, account_, options_.durable));
  const auto since = std::filesystem::file_time_type::clock::now() - std::chrono::seconds(1);
  const Command command{.words = {(programs_ / "postgres").string(), "-D", layout_.pg().string(),
                                  "--config-file=" + (layout_.conf() / "postgresql.conf").string()},
                        .output = layout_.output(),
                        .directory = layout_.pg(),
                        .stops_with_parent = true};
  TRY(Child child, cluster::start(command, account_));
  if (auto ready = wait_ready(child, since); !ready) {
    if (child.pid > 0) shut_down(child);
    return fail(std::move(ready).error());
  }
  running_ = true;
  return child;
}

Result<void> Cluster::Keeper::wait_ready(Child& child, std::filesystem::file_time_type since) {
  constexpr milliseconds step{20};
  constexpr std::chrono::seconds between_words{5};
  const auto began = std::chrono::steady_clock::now();
  auto next_word = began + between_words;
  while (!stopping_) {
    if (db::Blocking::connect(conninfo_of(layout_, "postgres", "postgres"))) return {};
    int status = 0;
    if (wait_end(child, step, status)) return fail(start_error(layout_, since));
    const auto now = std::chrono::steady_clock::now();
    if (now - began > options_.start_max) {
      return fail(Kind::timeout, "cluster_process", "PostgreSQL did not become ready in time");
    }
    if (now < next_word) continue;
    next_word = now + between_words;
    log::info("database_starting",
              {{"waited_ms", std::chrono::duration_cast<milliseconds>(now - began).count()}});
  }
  return fail(Kind::canceled, "cluster_process", "stopped while PostgreSQL was starting");
}

void Cluster::Keeper::keep() {
  auto child = launch();
  if (!child) {
    started_.set_value(fail(std::move(child).error()));
    return;
  }
  auto made = create_database(layout_);
  started_.set_value(made);
  while (made && wait_for_end_or_stop(*child)) restart(*child);
  running_ = false;
  if (child->pid > 0) shut_down(*child);
}

// True: PostgreSQL ended by itself. False: it is time to stop it.
bool Cluster::Keeper::wait_for_end_or_stop(Child& child) {
  std::array<pollfd, 2> events{{{child.handle.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}}};
  while (!stopping_) {
    if (poll(events.data(), events.size(), -1) < 0 && errno != EINTR) return false;
    int status = 0;
    if ((events[0].revents & POLLIN) != 0 && wait_end(child, milliseconds(0), status)) {
      running_ = false;
      log::error("database_ended", {{"status", status}, {"directory", layout_.pg().string()}});
      return true;
    }
  }
  return false;
}

// Tries until it runs again or flashd stops; the pause between two tries grows to ten seconds.
void Cluster::Keeper::restart(Child& child) {
  constexpr milliseconds pause_min{100}, pause_max{10'000};
  for (milliseconds pause = pause_min; !stopping_; pause = std::min(pause * 2, pause_max)) {
    auto next = launch();
    if (next) {
      child = std::move(*next);
      log::info("database_restarted");
      return;
    }
    log::error("database_restart_failed", {{"reason", next.error().message}});
    pollfd wake{wake_.get(), POLLIN, 0};
    (void)poll(&wake, 1, static_cast<int>(pause.count()));
  }
}

void Cluster::Keeper::shut_down(Child& child) {
  int status = 0;
  kill(child.pid, SIGINT);
  if (!wait_end(child, options_.stop_max, status)) {
    log::warning("database_slow_to_stop", {{"directory", layout_.pg().string()}});
    kill(child.pid, SIGQUIT);
  }
  if (child.pid > 0 && !wait_end(child, std::chrono::seconds(5), status)) {
    kill(child.pid, SIGKILL);
    (void)wait_end(child, std::chrono::seconds(5), status);
  }
  // Its writer of the log ends a moment later; after that the directory is free.
  constexpr milliseconds step{20}, patience{2'000};
  for (auto waited = step; waited < patience; waited += step) {
    if (processes_in(layout_.pg(), "postgres").empty()) return;
    std::this_thread::sleep_for(step);
  }
}

Cluster::Cluster(std::unique_ptr<Keeper> keeper) : keeper_(std::move(keeper)) {}
Cluster::Cluster(Cluster&&) noexcept = default;
Cluster& Cluster::operator=(Cluster&&) noexcept = default;
Cluster::~Cluster() = default;

Result<Cluster> Cluster::start(Options options) {
  TRY(Layout layout, layout_of(options.data));
  TRY_DONE(make_data_directory(layout));
  TRY(Fd lock, lock_directory(layout.lock()));
  TRY(Account account, choose_account(layout.pg()));
  TRY(std::filesystem::path programs, find_programs(options.installed, layout.pg()));
  TRY_DONE(make_postgres_directories(layout, account));
  TRY_DONE(end_orphans(layout, options.stop_max));
  TRY_DONE(check_free_space(layout, options.free_bytes_min));
  TRY_DONE(create_if_missing(layout, account, programs, options.durable));
  auto keeper = std::make_unique<Keeper>(std::move(options), std::move(layout), std::move(account),
                                         std::move(programs), std::move(lock));
  TRY_DONE(keeper->start());
  return Cluster(std::move(keeper));
}

void Cluster::stop() { keeper_->stop(); }
bool Cluster::running() const { return keeper_->running(); }

std::string Cluster::conninfo(std::string_view user, std::string_view database) const {
  return conninfo_of(keeper_->layout(), user, database);
}

std::optional<std::string> find_running(const std::filesystem::path& data, std::string_view user,
                                        std::string_view database) {
  const auto layout = layout_of(data);
  if (!layout) return std::nullopt;
  std::string conninfo = conninfo_of(*layout, user, database);
  if (!db::Blocking::connect(conninfo)) return std::nullopt;
  return conninfo;
}

}  // namespace flash::cluster
