#include "jobs/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <thread>

#include "base/text.h"
#include "db/blocking.h"
#include "jobs/beat.h"
#include "kit/database.h"
#include "loop/offload.h"

namespace flash::jobs {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Two servers on one database, each with a runner on a core of its own.
class RunnerTest : public testing::Test {
 protected:
  struct Node {
    Node(loop::Core& core, const std::string& conninfo, std::string name,
         std::vector<JobKind> kinds)
        : pool(core, {.conninfo = conninfo}),
          runner(core, pool, metrics,
                 {.node = std::move(name),
                  .lease = std::chrono::seconds(2),
                  .beat_every = milliseconds(50)},
                 std::move(kinds)) {}
    metrics::Set metrics;
    db::Pool pool;
    Runner runner;
  };

  void SetUp() override {
    auto connected = db::Blocking::connect(database_.superuser());
    ASSERT_TRUE(connected) << connected.error().message;
    owner_ = std::make_unique<db::Blocking>(*std::move(connected));
    cores_.start();
  }
  void TearDown() override {
    for (unsigned i = 0; i < 2; ++i)
      if (nodes_[i]) on_core(i, [&] { nodes_[i].reset(); });
    cores_.stop();
  }

  void start(unsigned index, std::vector<JobKind> kinds) {
    on_core(index, [&] {
      nodes_[index] =
          std::make_unique<Node>(cores_[index], database_.authenticator(),
                                 text::cat("node", std::to_string(index)), std::move(kinds));
      nodes_[index]->runner.start();
    });
  }
  void wake(unsigned index) {
    on_core(index, [&] { nodes_[index]->runner.wake(); });
  }
  std::string figures(unsigned index) {
    const metrics::Set* set = &nodes_[index]->metrics;
    return metrics::expose(std::span(&set, 1));
  }
  template <class Do>
  void on_core(unsigned index, Do work) {
    std::promise<void> done;
    cores_[index].post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  std::string sql(sql::Literal text, std::vector<sql::Param> params = {}) {
    auto rows = owner_->run(sql::statement(text, std::move(params)));
    EXPECT_TRUE(rows) << text.text() << ": " << rows.error().message;
    return rows && rows->size() > 0 ? std::string(rows->text(0, 0)) : std::string{};
  }
  std::string enqueue(std::string kind, std::string payload = "{}") {
    return sql("select flash.enqueue_job($1, null, $2)", {std::move(kind), std::move(payload)});
  }
  // True when `text` gave `wanted` within five seconds.
  bool becomes(sql::Literal text, std::string_view wanted) {
    const auto until = steady_clock::now() + std::chrono::seconds(5);
    while (sql(text) != wanted) {
      if (steady_clock::now() > until) return false;
      std::this_thread::sleep_for(milliseconds(10));
    }
    return true;
  }
  static JobKind kind(std::string name, Work work, unsigned at_once = 4) {
    JobKind out;
    out.name = std::move(name);
    out.work = std::move(work);
    out.at_once = at_once;
    return out;
  }

  kit::Database database_;
  std::unique_ptr<db::Blocking> owner_;
  loop::Cores cores_{2};
  std::unique_ptr<Node> nodes_[2];
};

loop::Task<Result<std::string>> echo(std::shared_ptr<Attempt> run) { co_return run->payload; }

loop::Task<Result<std::string>> wait_until_stopped(std::shared_ptr<Attempt> run) {
  while (!run->stopped()) co_await loop::sleep(milliseconds(5));
  co_return fail(Kind::canceled, "stopped", "it was told to stop");
}

TEST_F(RunnerTest, RunsWhatIsDueAndKeepsItsResult) {
  enqueue("echo", R"({"n": 1})");
  enqueue("unknown");
  start(0, {kind("echo", echo)});
  EXPECT_TRUE(
      becomes("select state || ' ' || attempts || ' ' || progress || ' ' || result::text "
              "from flash.jobs where kind = 'echo'",
              R"(done 1 100 {"n": 1})"));
  EXPECT_EQ(sql("select state from flash.jobs where kind = 'unknown'"), "queued")
      << "another version of the server may know it";
  EXPECT_NE(figures(0).find(R"(flash_jobs_ended_total{kind="echo",outcome="done"} 1)"),
            std::string::npos)
      << figures(0);
}

TEST_F(RunnerTest, WokenByACommitAndOtherwiseAtItsMomentWithoutPolling) {
  start(0, {kind("echo", echo)});
  std::this_thread::sleep_for(milliseconds(200));
  enqueue("echo");
  wake(0);
  EXPECT_TRUE(becomes("select count(*) from flash.jobs where state = 'done'", "1"));
  sql("select flash.enqueue_job('echo', null, '{}', now() + interval '700 ms')");
  wake(0);  // the change stream does, and the runner learns when to look again
  EXPECT_TRUE(becomes("select count(*) from flash.jobs where state = 'done'", "2"));
  EXPECT_EQ(sql("select finished_at - run_at < interval '300 ms' from flash.jobs order by id desc "
                "limit 1"),
            "t");
}

TEST_F(RunnerTest, TriesAgainLaterAndRestsAsDead) {
  std::atomic<int> tries = 0;
  const auto fails = [&tries](std::shared_ptr<Attempt>) -> loop::Task<Result<std::string>> {
    ++tries;
    co_return fail(Kind::unavailable, "away", "the other side is away");
  };
  sql("select flash.enqueue_job('fails', 'k', '{}', now(), 0, 3)");
  start(0, {kind("fails", fails)});
  EXPECT_TRUE(becomes("select state || ' ' || attempts || ' ' || last_error from flash.jobs",
                      "dead 3 away: the other side is away"));
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(sql("select finished_at - created_at > interval '2900 ms' from flash.jobs"), "t")
      << "a second, then two";
}

TEST_F(RunnerTest, AFaultThatTryingAgainCannotMendIsFinal) {
  const auto refuses = [](std::shared_ptr<Attempt>) -> loop::Task<Result<std::string>> {
    co_return fail(Kind::unprocessable, "too_few", "there are too few leads");
  };
  const auto throws = [](std::shared_ptr<Attempt>) -> loop::Task<Result<std::string>> {
    throw std::runtime_error("a library did");
    co_return std::string{};
  };
  const auto no_json = [](std::shared_ptr<Attempt>) -> loop::Task<Result<std::string>> {
    co_return "[1]";
  };
  enqueue("refuses");
  sql("select flash.enqueue_job('throws', null, '{}', now(), 0, 1)");
  enqueue("no_json");
  start(0, {kind("refuses", refuses), kind("throws", throws), kind("no_json", no_json)});
  EXPECT_TRUE(
      becomes("select string_agg(state || ' ' || left(last_error, 20), '; ' order by id) "
              "from flash.jobs where state = 'dead' having count(*) = 3",
              "dead too_few: there are t; dead job_threw: a library; dead 23514: new row "
              "for r"))
      << sql("select string_agg(state || ' ' || last_error, '; ' order by id) from flash.jobs");
}

TEST_F(RunnerTest, TellsHowFarItIsFromAnyThreadAndObeysACancellation) {
  const auto works = [](std::shared_ptr<Attempt> run) -> loop::Task<Result<std::string>> {
    co_return co_await loop::offload([run]() -> Result<std::string> {
      run->progress(40, "halfway there");
      while (!run->stopped()) std::this_thread::sleep_for(milliseconds(5));
      return fail(Kind::canceled, "stopped", "it was told to stop");
    });
  };
  const std::string id = enqueue("works");
  start(0, {kind("works", works)});
  EXPECT_TRUE(becomes("select state || progress || progress_text from flash.jobs",
                      "running40halfway there"));
  EXPECT_EQ(sql("select flash.cancel_job($1)", {id}), "t");
  EXPECT_TRUE(becomes("select state from flash.jobs", "cancelled"));
  EXPECT_EQ(sql("select flash.cancel_job($1)", {id}), "f") << "it has ended";
  const std::string waiting =
      sql("select flash.enqueue_job('works', null, '{}', now() + interval '1 day')");
  EXPECT_EQ(sql("select flash.cancel_job($1)", {waiting}), "t");
  EXPECT_EQ(sql("select state from flash.jobs where id = $1", {waiting}), "cancelled");
}

TEST_F(RunnerTest, WhatTakesTooLongIsWrittenOffAndKeepsItsPlaceUntilItReturns) {
  std::atomic<int> begun = 0;
  std::atomic<bool> let_go = false;
  const auto hangs = [&](std::shared_ptr<Attempt> run) -> loop::Task<Result<std::string>> {
    ++begun;
    while (!let_go) co_await loop::sleep(milliseconds(5));
    co_return text::cat(R"({"try": )", std::to_string(run->number), "}");
  };
  JobKind slow = kind("hangs", hangs, 1);
  slow.seconds_max = std::chrono::seconds(0);
  sql("select flash.enqueue_job('hangs', null, '{}', now(), 0, 2)");
  start(0, {slow});
  EXPECT_TRUE(becomes("select state || ' ' || last_error from flash.jobs",
                      "queued timeout: it took longer than its kind may"));
  std::this_thread::sleep_for(milliseconds(1'300));
  EXPECT_EQ(begun, 1) << "its place is taken";
  let_go = true;
  EXPECT_TRUE(becomes("select state || ' ' || attempts || ' ' || result::text from flash.jobs",
                      R"(done 2 {"try": 2})"))
      << "what came late is ignored, and its place is free again";
}

TEST_F(RunnerTest, TwoNodesShareTheWorkAndNoneIsDoneTwice) {
  sql("create table public.seen (job bigint)");
  const auto notes = [](std::shared_ptr<Attempt> run) -> loop::Task<Result<std::string>> {
    co_await loop::sleep(milliseconds(1));
    co_return text::cat(R"({"job": )", run->id, "}");
  };
  sql("select count(flash.enqueue_job('notes', n::text)) from generate_series(1, 300) n");
  start(0, {kind("notes", notes, 8)});
  start(1, {kind("notes", notes, 8)});
  EXPECT_TRUE(
      becomes("select count(*) from flash.jobs where state = 'done' and attempts = 1 and "
              "(result->>'job')::bigint = id",
              "300"));
}

TEST_F(RunnerTest, AnotherNodeTakesOverWhenOneDies) {
  enqueue("waits");
  start(0, {kind("waits", wait_until_stopped)});
  EXPECT_TRUE(becomes("select locked_by from flash.jobs", "node0"));
  on_core(0, [&] { nodes_[0].reset(); });  // without a word to the database, as a crash would
  start(1, {kind("waits", echo)});
  EXPECT_TRUE(becomes("select state || ' ' || attempts from flash.jobs", "done 2"));
}

TEST_F(RunnerTest, ALostLeaseChangesNothing) {
  std::atomic<bool> let_go = false;
  const auto works = [&](std::shared_ptr<Attempt> run) -> loop::Task<Result<std::string>> {
    while (!run->stopped()) co_await loop::sleep(milliseconds(5));
    let_go = true;
    co_return R"({"mine": true})";
  };
  enqueue("works");
  start(0, {kind("works", works)});
  EXPECT_TRUE(becomes("select locked_by from flash.jobs", "node0"));
  sql("update flash.jobs set locked_by = 'other', attempts = 2, locked_until = now() + interval "
      "'1 hour'");
  for (int i = 0; i < 500 && !let_go; ++i) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_TRUE(let_go) << "it is told to stop";
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(sql("select state || ' ' || locked_by from flash.jobs"), "running other");
}

TEST_F(RunnerTest, AnOrderlyStopGivesBackWhatIsNotDone) {
  enqueue("waits");
  start(0, {kind("waits", wait_until_stopped)});
  EXPECT_TRUE(becomes("select locked_by from flash.jobs", "node0"));
  std::promise<void> stopped;
  on_core(0, [&] { nodes_[0]->runner.stop(milliseconds(1'000), [&] { stopped.set_value(); }); });
  stopped.get_future().wait();
  EXPECT_EQ(sql("select state || ' ' || attempts || ' ' || (run_at <= now()) from flash.jobs"),
            "queued 0 true");
}

TEST_F(RunnerTest, OneLiveJobAKey) {
  const std::string first = sql("select flash.enqueue_job('echo', 'x')");
  EXPECT_EQ(sql("select flash.enqueue_job('echo', 'x')"), first);
  start(0, {kind("echo", echo)});
  EXPECT_TRUE(becomes("select state from flash.jobs", "done"));
  EXPECT_NE(sql("select flash.enqueue_job('echo', 'x')"), first);
}

TEST_F(RunnerTest, CallersMayNotTouchTheQueue) {
  for (const char* role : {"anon", "authenticated", "flash_admin", "flash_intake"}) {
    const auto rows = owner_->run(sql::statement(
        "select has_function_privilege($1, p.oid, 'execute') from pg_proc p join pg_namespace n on "
        "n.oid = p.pronamespace where n.nspname = 'flash' and p.proname in ('enqueue_job', "
        "'cancel_job', 'jobs_claim', 'jobs_beat', 'job_ended', 'jobs_next', 'jobs_figures') and "
        "has_function_privilege($1, p.oid, 'execute')",
        {role}));
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->size(), 0U) << role;
  }
}

}  // namespace
}  // namespace flash::jobs
