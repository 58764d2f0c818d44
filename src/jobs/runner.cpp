#include "jobs/runner.h"

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "jobs/beat.h"
#include "jobs/queries.gen.h"
#include "json/read.h"
#include "json/write.h"
#include "sql/array.h"

namespace flash::jobs {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds figures_every{15'000};

bool is_final(Kind kind) {
  switch (kind) {
    case Kind::invalid:
    case Kind::not_found:
    case Kind::unsupported:
    case Kind::unprocessable:
    case Kind::unimplemented: return true;
    default: return false;
  }
}

struct Line {  // one kind: what may run, and how it went
  JobKind kind;
  unsigned running = 0;
  metrics::Counter* done;
  metrics::Counter* failed;
  metrics::Counter* dead;
  metrics::Histogram* took;
};

struct Active {
  std::shared_ptr<Attempt> run;
  steady_clock::time_point ends_by;
  bool settled = false;  // its end is written: whatever it still returns is ignored
  bool cancelled = false;
};

struct Ended {
  std::string_view outcome;  // as flash.job_ended() takes it
  std::optional<std::string> error, result;
};

std::string words_of(const Error& error) { return text::cat(error.code, ": ", error.message); }

}  // namespace

struct Runner::State : std::enable_shared_from_this<Runner::State> {
  State(loop::Core& c, db::Pool& p, metrics::Set& m, RunnerOptions o)
      : core(c),
        pool(p),
        metrics(m),
        options(std::move(o)),
        beat_timer(c.executor()),
        queued(m.gauge("flash_jobs", "state=\"queued\"", "background jobs in the database")),
        running(m.gauge("flash_jobs", "state=\"running\"", "background jobs in the database")),
        dead(m.gauge("flash_jobs", "state=\"dead\"", "background jobs in the database")),
        mails(m.gauge("flash_outbox_queued", "kind=\"email\"", "mails that are not sent yet")) {}

  loop::Core& core;
  db::Pool& pool;
  metrics::Set& metrics;
  RunnerOptions options;
  std::map<std::string, Line, std::less<>> lines;
  std::map<std::string, Active> active;  // by the job's id
  std::unique_ptr<Beat> beat;
  loop::Timer beat_timer;
  bool beating = false, closing = false, closed = false;
  steady_clock::time_point figures_at{};
  metrics::Gauge &queued, &running, &dead, &mails;

  void add(std::vector<JobKind> kinds);
  loop::Task<Result<db::Rows>> ask(sql::Statement statement);
  loop::Task<Result<milliseconds>> look();
  loop::Task<Result<std::size_t>> claim();
  loop::Task<void> show_figures();
  void begin(const json::Object& job);
  static loop::Task<void> work(std::shared_ptr<State> self, std::shared_ptr<Attempt> run);
  static loop::Task<void> beat_while_active(std::shared_ptr<State> self);
  loop::Task<void> beat_once();
  loop::Task<void> expire();
  static loop::Task<void> finish(std::shared_ptr<State> self, milliseconds wait,
                                 std::function<void()> stopped);
  loop::Task<void> settle(std::shared_ptr<Attempt> run, Ended ended);
  [[nodiscard]] std::string wanted() const;
};

void Runner::State::add(std::vector<JobKind> kinds) {
  const auto counter = [&](const JobKind& kind, std::string_view outcome) {
    return &metrics.counter("flash_jobs_ended_total",
                            text::cat("kind=\"", kind.name, "\",outcome=\"", outcome, "\""),
                            "runs of background jobs that ended");
  };
  for (auto& kind : kinds) {
    CHECK(kind.at_once >= 1 && kind.at_once <= 1000 && kind.work);
    Line line{kind, 0, counter(kind, "done"), counter(kind, "failed"), counter(kind, "dead"), {}};
    CHECK(lines.emplace(kind.name, std::move(line)).second);
  }
  for (auto& [name, line] : lines)  // the lines of one metric stand together
    line.took = &metrics.histogram("flash_job_ms", text::cat("kind=\"", name, "\""),
                                   "how long runs of background jobs took");
}

loop::Task<Result<db::Rows>> Runner::State::ask(sql::Statement statement) {
  if (closed) co_return fail(Kind::canceled, "stopped", "the runner is gone, and its pool with it");
  db::Work work;
  work.identity.role = "flash_worker";
  work.statements.push_back(std::move(statement));
  auto rows = co_await pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  if (rows->back().size() != 1)
    co_return fail(Kind::internal, "jobs_reply", "the database answered without a row");
  co_return std::move(rows->back());
}

// {kind: free places}; empty when every place is taken.
std::string Runner::State::wanted() const {
  json::Writer out;
  bool any = false;
  out.object();
  for (const auto& [name, line] : lines)
    if (line.running < line.kind.at_once) {
      out.field(name, line.kind.at_once - line.running);
      any = true;
    }
  out.end_object();
  return any ? std::move(out).take() : std::string{};
}

loop::Task<Result<std::size_t>> Runner::State::claim() {
  const std::string kinds = wanted();
  if (kinds.empty() || closing) co_return 0;
  CO_TRY(const auto rows,
         co_await ask(sql::statement(
             queries::claim, {options.node, kinds, std::to_string(options.lease.count())})));
  CO_TRY(const auto list, json::parse(rows.text(0, 0)));
  for (const auto& job : list.as_array()) begin(job.as_object());
  co_return list.as_array().size();
}

loop::Task<Result<milliseconds>> Runner::State::look() {
  // What ends wakes the beat, so a full line waits for that.
  for (;;) {
    CO_TRY(const std::size_t taken, co_await claim());
    if (taken == 0) break;
  }
  co_await show_figures();
  std::vector<std::string> names;
  for (const auto& [name, line] : lines)
    if (line.running < line.kind.at_once) names.push_back(name);
  if (names.empty()) co_return Beat::rest;
  CO_TRY(const auto rows,
         co_await ask(sql::statement(queries::next, {sql::array_literal(names), "true"})));
  co_return Beat::wait_of(rows.text(0, 0));
}

loop::Task<void> Runner::State::show_figures() {
  if (steady_clock::now() - figures_at < figures_every) co_return;
  figures_at = steady_clock::now();
  const auto rows = co_await ask(sql::statement(queries::figures));
  if (!rows) co_return;
  const auto seen = json::parse_object(rows->text(0, 0));
  if (!seen) co_return;
  queued.set(json::number_or(*seen, "queued"));
  running.set(json::number_or(*seen, "running"));
  dead.set(json::number_or(*seen, "dead"));
  mails.set(json::number_or(*seen, "mails"));
}

void Runner::State::begin(const json::Object& job) {
  const auto line = lines.find(json::text_or(job, "kind"));
  CHECK(line != lines.end());
  auto run = std::make_shared<Attempt>(
      std::to_string(json::int_or(job, "id")), line->first, std::string(json::text_or(job, "key")),
      json::serialize(*json::find(job, "payload")), static_cast<int>(json::int_or(job, "attempt")));
  ++line->second.running;
  active.insert_or_assign(run->id,
                          Active{run, steady_clock::now() + line->second.kind.seconds_max});
  core.spawn(work(shared_from_this(), run));
  if (!beating) {
    beating = true;
    core.spawn(beat_while_active(shared_from_this()));
  }
}

// What work throws ends here: this is one of the three places that catch.
loop::Task<Result<std::string>> guarded(Work work, std::shared_ptr<Attempt> run) {
  std::string what;
  try {
    co_return co_await work(std::move(run));
  } catch (const std::exception& thrown) {
    what = thrown.what();
  } catch (...) {
    what = "something unknown was thrown";
  }
  co_return fail(Kind::internal, "job_threw", what);
}

loop::Task<void> Runner::State::work(std::shared_ptr<State> self, std::shared_ptr<Attempt> run) {
  const auto began = steady_clock::now();
  auto& line = self->lines.find(run->kind)->second;
  const auto result = co_await guarded(line.kind.work, run);
  line.took->observe(
      std::chrono::duration<double, std::milli>(steady_clock::now() - began).count());
  const auto mine = self->active.find(run->id);
  if (mine != self->active.end() && mine->second.run == run) {
    if (!mine->second.settled) {
      Ended ended;
      if (mine->second.cancelled) {
        ended.outcome = "cancelled";
        ended.error = "cancelled: it was told to stop";
      } else if (result) {
        ended.outcome = "done";
        if (!result->empty()) ended.result = *result;
      } else if (self->closing && run->stopped()) {
        ended.outcome = "returned";
        ended.error = "stopped: its node stops";
      } else {
        ended.outcome = is_final(result.error().kind) ? "dead" : "failed";
        ended.error = words_of(result.error());
      }
      mine->second.settled = true;
      co_await self->settle(run, std::move(ended));
    }
    const auto still = self->active.find(run->id);
    if (still != self->active.end() && still->second.run == run) self->active.erase(still);
  }
  --line.running;
  if (!self->closing && self->beat) self->beat->wake();
}

// A database that is away is asked again for as long as the lease may last: what was done is not to
// be done twice for a moment's trouble.
loop::Task<void> Runner::State::settle(std::shared_ptr<Attempt> run, Ended ended) {
  auto& line = lines.find(run->kind)->second;
  const auto until = steady_clock::now() + options.lease;
  for (;;) {
    const auto rows = co_await ask(
        sql::statement(queries::ended, {run->id, options.node, std::to_string(run->number),
                                        std::string(ended.outcome), ended.error, ended.result}));
    if (rows) {
      const std::string_view state = rows->text(0, 0);
      (state == "done" ? line.done : state == "dead" ? line.dead : line.failed)->add();
      if (state != "done")
        log::event(state == "dead" ? log::Level::error : log::Level::warning, "job_not_done",
                   {{"job", run->id},
                    {"kind", run->kind},
                    {"attempt", run->number},
                    {"state", state},
                    {"reason", ended.error.value_or("")}});
      co_return;
    }
    const auto kind = rows.error().kind;
    const bool away = kind == Kind::unavailable || kind == Kind::timeout;
    if (kind == Kind::invalid && ended.outcome == "done") {  // a result that is no JSON object
      ended = {"dead", words_of(rows.error()), std::nullopt};
      continue;
    }
    // A stop does not wait for a database that is away: the lease ends by itself.
    if (!away || closing || steady_clock::now() > until) co_return;
    co_await loop::sleep(milliseconds(500));
  }
}

loop::Task<void> Runner::State::beat_while_active(std::shared_ptr<State> self) {
  while (!self->closed && !self->active.empty()) {
    self->beat_timer.expires_after(self->options.beat_every);
    co_await self->beat_timer.async_wait(loop::no_throw);
    if (self->closed) break;
    co_await self->expire();
    co_await self->beat_once();
  }
  self->beating = false;
}

// Over its time: told to stop and written off at once. Its place stays taken until it returns, so
// that what hangs does not multiply.
loop::Task<void> Runner::State::expire() {
  std::vector<std::shared_ptr<Attempt>> late;
  for (auto& [id, item] : active)
    if (!item.settled && steady_clock::now() > item.ends_by) {
      item.settled = true;
      item.run->stop();
      late.push_back(item.run);
    }
  for (const auto& run : late)
    co_await settle(run, {"failed", "timeout: it took longer than its kind may", std::nullopt});
}

loop::Task<void> Runner::State::beat_once() {
  json::Writer runs;
  runs.array();
  for (const auto& [id, item] : active) {
    if (item.settled) continue;
    const auto progress = item.run->progress();
    runs.object().key("id").raw(id).field("attempt", item.run->number);
    runs.field("progress", progress.percent).field("words", progress.words).end_object();
  }
  runs.end_array();
  if (runs.text() == "[]") co_return;
  const auto rows =
      co_await ask(sql::statement(queries::beat, {options.node, std::move(runs).take(),
                                                  std::to_string(options.lease.count())}));
  if (!rows) co_return;  // the lease bridges a short trouble; after a long one another has the job
  const auto stop = json::parse(rows->text(0, 0));
  if (!stop || !stop->is_array()) co_return;
  for (const auto& id : stop->get_array()) {
    const auto item = active.find(std::to_string(id.to_number<std::int64_t>()));
    if (item == active.end()) continue;
    item->second.cancelled = true;
    item->second.run->stop();
  }
}

loop::Task<void> Runner::State::finish(std::shared_ptr<State> self, milliseconds wait,
                                       std::function<void()> stopped) {
  self->closing = true;
  for (auto& [id, item] : self->active) item.run->stop();
  const auto until = steady_clock::now() + wait;
  while (!self->active.empty() && steady_clock::now() < until)
    co_await loop::sleep(milliseconds(10));
  std::vector<std::shared_ptr<Attempt>> left;
  for (auto& [id, item] : self->active)
    if (!std::exchange(item.settled, true)) left.push_back(item.run);
  for (const auto& run : left)
    co_await self->settle(run, {"returned", "stopped: its node stops", std::nullopt});
  self->closed = true;
  self->beat_timer.cancel();
  stopped();
}

Runner::Runner(loop::Core& core, db::Pool& pool, metrics::Set& metrics, RunnerOptions options,
               std::vector<JobKind> kinds)
    : state_(std::make_shared<State>(core, pool, metrics, std::move(options))) {
  state_->add(std::move(kinds));
  state_->beat = std::make_unique<Beat>(
      core, "jobs", [weak = std::weak_ptr(state_)]() -> loop::Task<Result<milliseconds>> {
        const auto state = weak.lock();
        if (!state || state->closing) co_return Beat::rest;
        co_return co_await state->look();
      });
}

Runner::~Runner() {
  state_->closing = state_->closed = true;
  for (auto& [id, item] : state_->active) item.run->stop();
  state_->beat_timer.cancel();
  state_->beat.reset();
}

void Runner::start() { state_->beat->start(); }
void Runner::wake() { state_->beat->wake(); }

void Runner::stop(milliseconds wait, std::function<void()> stopped) {
  state_->core.spawn(State::finish(state_, wait, std::move(stopped)));
}

}  // namespace flash::jobs
