#include "db/pool.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <set>

#include "base/text.h"
#include "db/blocking.h"

namespace flash::db {
namespace {

std::string conninfo() {
  const char* given = std::getenv("FLASH_TEST_PG");
  return given != nullptr ? given : "";
}

// Runs a coroutine on a core and waits for it from the test's thread.
class PoolTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_FALSE(conninfo().empty()) << "run through ./flash test, which starts a PostgreSQL";
    cores_.start();
    PoolOptions options;
    options.conninfo = conninfo();
    std::promise<void> made;
    cores_[0].post([&] {
      pool_ = std::make_unique<Pool>(cores_[0], options);
      made.set_value();
    });
    made.get_future().wait();
  }
  void TearDown() override {
    std::promise<void> gone;
    cores_[0].post([&] {
      pool_.reset();
      gone.set_value();
    });
    gone.get_future().wait();
    cores_.stop();
  }

  template <class T>
  static loop::Task<void> carry(loop::Task<T> task, std::promise<T>& to) {
    to.set_value(co_await std::move(task));
  }
  template <class T>
  T wait(loop::Task<T> task) {
    std::promise<T> out;
    cores_[0].spawn(carry(std::move(task), out));
    return out.get_future().get();
  }
  Result<std::vector<Rows>> run(std::vector<sql::Statement> statements,
                                Identity identity = {"none", {}}, End end = End::commit) {
    return wait(pool_->run(Work{std::move(identity), std::move(statements), end}));
  }

  loop::Cores cores_{1};
  std::unique_ptr<Pool> pool_;
};

TEST_F(PoolTest, answers_rows_in_order_and_forgets_the_settings_afterwards) {
  auto rows =
      run({sql::statement("select $1::int + 1, null::text", {"41"}),
           sql::statement("select current_user, current_setting('request.jwt.claims', true)")},
          {"pg_monitor", {{"request.jwt.claims", "{\"sub\":\"x\"}"}}});
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].text(0, 0), "42");
  EXPECT_FALSE((*rows)[0].at(0, 1));
  EXPECT_EQ((*rows)[1].text(0, 0), "pg_monitor");
  EXPECT_EQ((*rows)[1].text(0, 1), "{\"sub\":\"x\"}");
  for (int i = 0; i < 8; ++i) {  // every connection of the pool
    auto after =
        run({sql::statement("select coalesce(current_setting('request.jwt.claims', true), '')")},
            {"pg_read_all_stats", {}});
    ASSERT_TRUE(after);
    EXPECT_EQ((*after)[0].text(0, 0), "");
  }
}

TEST_F(PoolTest, a_failing_statement_gives_its_sqlstate_and_rolls_everything_back) {
  ASSERT_TRUE(run({sql::statement("drop table if exists pool_test_rollback")}));
  ASSERT_TRUE(run({sql::statement("create table pool_test_rollback(a int)")}));
  auto failed = run({sql::statement("insert into pool_test_rollback values (1)"),
                     sql::statement("select 1 / $1::int", {"0"}),
                     sql::statement("insert into pool_test_rollback values (2)")});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, "22012");
  auto count = run({sql::statement("select count(*) from pool_test_rollback")});
  ASSERT_TRUE(count);
  EXPECT_EQ((*count)[0].text(0, 0), "0");
  run({sql::statement("drop table pool_test_rollback")});
}

TEST_F(PoolTest, a_read_only_identity_cannot_write) {
  auto refused =
      run({sql::statement("create table pool_test_read_only(a int)")}, {"none", {}, true});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "25006");
}

TEST_F(PoolTest, rollback_at_the_end_leaves_nothing_behind) {
  auto rows =
      run({sql::statement("create table pool_test_rolled(a int)"), sql::statement("select 7")},
          {"none", {}}, End::rollback);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ((*rows)[1].text(0, 0), "7");
  auto gone = run({sql::statement("select to_regclass('pool_test_rolled') is null")});
  ASSERT_TRUE(gone);
  EXPECT_EQ((*gone)[0].text(0, 0), "t");
}

TEST_F(PoolTest, a_failure_before_the_rollback_spoils_nothing_for_others) {
  for (int i = 0; i < 8; ++i) {  // every connection gets its share
    auto failed = run({sql::statement("select 1/0"), sql::statement("select 2")}, {"none", {}},
                      End::rollback);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "22012");
  }
  for (int i = 0; i < 8; ++i) {
    auto after = run({sql::statement("select 3")});
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ((*after)[0].text(0, 0), "3");
  }
}

TEST_F(PoolTest, many_callers_share_the_connections_and_each_gets_its_own_answer) {
  constexpr int callers = 500;
  std::vector<std::promise<Result<std::vector<Rows>>>> out(callers);
  for (int i = 0; i < callers; ++i)
    cores_[0].spawn(carry(
        pool_->run(Work{
            {"none", {}}, {sql::statement("select $1::text", {std::to_string(i)})}, End::commit}),
        out[static_cast<std::size_t>(i)]));
  for (int i = 0; i < callers; ++i) {
    auto rows = out[static_cast<std::size_t>(i)].get_future().get();
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ((*rows)[0].text(0, 0), std::to_string(i));
  }
}

TEST_F(PoolTest, a_statement_whose_table_changed_shape_is_sent_again) {
  ASSERT_TRUE(run({sql::statement("drop table if exists pool_test_shape")}));
  ASSERT_TRUE(run({sql::statement("create table pool_test_shape(a int)")}));
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(run({sql::statement("select * from pool_test_shape")}));
  ASSERT_TRUE(run({sql::statement("alter table pool_test_shape add b int")}));
  for (int i = 0; i < 6; ++i) {
    auto rows = run({sql::statement("select * from pool_test_shape")});
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ((*rows)[0].columns(), 2U);
  }
  run({sql::statement("drop table pool_test_shape")});
}

TEST_F(PoolTest, what_fails_at_the_commit_is_not_taken_for_committed) {
  ASSERT_TRUE(run({sql::statement("drop table if exists pool_test_late")}));
  ASSERT_TRUE(run(
      {sql::statement("create table pool_test_late(a int unique deferrable initially deferred)")}));
  for (int i = 0; i < 4; ++i) {  // prepared and not, on every connection
    auto twice = run({sql::statement("insert into pool_test_late values (1), (1)")});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, "23505");
  }
  auto count = run({sql::statement("select count(*) from pool_test_late")});
  ASSERT_TRUE(count);
  EXPECT_EQ((*count)[0].text(0, 0), "0");
  run({sql::statement("drop table pool_test_late")});
}

TEST_F(PoolTest, a_large_value_goes_there_and_back) {
  const std::string large(5'000'000, 'x');
  auto rows = run({sql::statement("select $1::text, length($1::text)", {large}),
                   sql::statement("select i, repeat('y', 40000) from generate_series(1, 50) i")});
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ((*rows)[0].text(0, 0), large);
  EXPECT_EQ((*rows)[0].text(0, 1), "5000000");
  EXPECT_EQ((*rows)[1].size(), 50U);
  EXPECT_EQ((*rows)[1].text(49, 1).size(), 40'000U);
}

// Reads that were asked for in one turn of the loop, in order.
class SharingTest : public PoolTest {
 protected:
  using Out = std::vector<Result<std::vector<Rows>>>;
  Out all(std::vector<Work> works) {
    std::vector<std::promise<Result<std::vector<Rows>>>> promises(works.size());
    cores_[0].post([&] {
      for (std::size_t i = 0; i < works.size(); ++i)
        cores_[0].spawn(carry(pool_->run(std::move(works[i])), promises[i]));
    });
    Out out;
    for (auto& each : promises) out.push_back(each.get_future().get());
    return out;
  }
  static Work shared(sql::Statement statement, std::string claims = "", std::string role = "none") {
    return Work{.identity = {std::move(role), {{"request.jwt.claims", std::move(claims)}}, true},
                .statements = {std::move(statement)},
                .shares = true};
  }
  // Those that were answered by one transaction have one virtual id.
  static constexpr sql::Literal who =
      "select virtualtransaction, current_user, current_setting('request.jwt.claims') from "
      "pg_locks "
      "where pid = pg_backend_pid() and locktype = 'virtualxid'";
  static std::size_t transactions(const Out& out) {
    std::set<std::string, std::less<>> ids;
    for (const auto& each : out)
      if (each) ids.emplace((*each)[0].text(0, 0));
    return ids.size();
  }
};

TEST_F(SharingTest, light_reads_share_transactions_and_each_is_its_own_caller) {
  std::vector<Work> works;
  for (int i = 0; i < 24; ++i) works.push_back(shared(sql::statement(who), std::to_string(i)));
  const Out out = all(std::move(works));
  for (std::size_t i = 0; i < out.size(); ++i) {
    ASSERT_TRUE(out[i]) << out[i].error().message;
    EXPECT_EQ((*out[i])[0].text(0, 2), std::to_string(i));
  }
  EXPECT_LT(transactions(out), 8U);
}

TEST_F(SharingTest, light_reads_keep_to_a_connection_that_no_long_statement_holds_up) {
  // Both connections stand once two statements have been under way at the same time.
  std::vector<Work> first;
  for (int i = 0; i < 2; ++i)
    first.push_back(Work{{"none", {}}, {sql::statement("select pg_sleep(0.2)")}, End::commit});
  for (const auto& each : all(std::move(first))) ASSERT_TRUE(each) << each.error().message;
  std::vector<Work> works;
  for (int i = 0; i < 40; ++i)
    works.push_back(shared(sql::statement("select pg_backend_pid(), clock_timestamp()")));
  for (const std::size_t at : {0U, 20U, 30U})
    works[at] =
        Work{{"none", {}},
             {sql::statement("select pg_backend_pid(), clock_timestamp() from pg_sleep(1)")},
             End::commit};
  const Out out = all(std::move(works));
  std::set<std::string, std::less<>> light, heavy;
  for (std::size_t i = 0; i < out.size(); ++i) {
    ASSERT_TRUE(out[i]) << out[i].error().message;
    const bool is_heavy = i == 0 || i == 20 || i == 30;
    (is_heavy ? heavy : light).emplace((*out[i])[0].text(0, 0));
  }
  EXPECT_EQ(light.size(), 1U);
  for (const auto& each : light) EXPECT_FALSE(heavy.contains(each));
}

TEST_F(SharingTest, callers_of_other_roles_have_other_transactions) {
  const auto role = [](std::size_t i) { return i % 3 == 1 ? "pg_monitor" : "pg_read_all_stats"; };
  std::vector<Work> works;
  for (std::size_t i = 0; i < 24; ++i)
    works.push_back(shared(sql::statement(who), std::to_string(i / 2), role(i)));
  const Out out = all(std::move(works));
  for (std::size_t i = 0; i < out.size(); ++i) {
    ASSERT_TRUE(out[i]) << out[i].error().message;
    EXPECT_EQ((*out[i])[0].text(0, 1), role(i));
    EXPECT_EQ((*out[i])[0].text(0, 2), std::to_string(i / 2));
    if (i > 0 && role(i) != role(i - 1))
      EXPECT_NE((*out[i])[0].text(0, 0), (*out[i - 1])[0].text(0, 0));
  }
}

TEST_F(SharingTest, a_setting_that_the_others_lack_is_another_transaction) {
  std::vector<Work> works;
  for (int i = 0; i < 9; ++i) {
    works.push_back(
        shared(sql::statement(
                   "select coalesce(current_setting('flash.more', true), ''), pg_backend_pid()"),
               std::to_string(i)));
    if (i % 3 == 1) works.back().identity.settings.emplace_back("flash.more", "1");
  }
  const Out out = all(std::move(works));
  for (std::size_t i = 0; i < out.size(); ++i) {
    ASSERT_TRUE(out[i]);
    EXPECT_EQ((*out[i])[0].text(0, 0), i % 3 == 1 ? "1" : "");
  }
}

TEST_F(SharingTest, a_failure_is_of_one_read_only) {
  for (int round = 0; round < 3; ++round) {
    std::vector<Work> works;
    for (int i = 0; i < 30; ++i)
      works.push_back(shared(i % 5 == 3 ? sql::statement("select 1/$1::int", {"0"})
                                        : sql::statement("select $1::text", {std::to_string(i)})));
    const Out out = all(std::move(works));
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (i % 5 == 3) {
        ASSERT_FALSE(out[i]);
        EXPECT_EQ(out[i].error().code, "22012");
      } else {
        ASSERT_TRUE(out[i]) << out[i].error().message;
        EXPECT_EQ((*out[i])[0].text(0, 0), std::to_string(i));
      }
    }
  }
}

TEST_F(SharingTest, a_write_among_them_is_refused_and_shares_nothing) {
  ASSERT_TRUE(run({sql::statement("create table pool_test_shared(a int)")}));
  auto out = all({shared(sql::statement("select 1")),
                  Work{{"none", {}}, {sql::statement("insert into pool_test_shared values (1)")}},
                  shared(sql::statement("insert into pool_test_shared values (2)")),
                  shared(sql::statement("select 1"))});
  EXPECT_TRUE(out[0]);
  EXPECT_TRUE(out[1]);
  ASSERT_FALSE(out[2]);
  EXPECT_EQ(out[2].error().code, "25006");
  EXPECT_TRUE(out[3]);
  auto count = run({sql::statement("select sum(a) from pool_test_shared")});
  EXPECT_EQ((*count)[0].text(0, 0), "1");
  run({sql::statement("drop table pool_test_shared")});
}

TEST_F(SharingTest, a_table_that_changed_its_shape_under_them_is_read_again) {
  ASSERT_TRUE(run({sql::statement("create table pool_test_reshaped(a int)")}));
  const auto reads = [] {
    std::vector<Work> works;
    for (int i = 0; i < 12; ++i)
      works.push_back(shared(sql::statement("select * from pool_test_reshaped")));
    return works;
  };
  for (int i = 0; i < 3; ++i)
    for (const auto& each : all(reads())) ASSERT_TRUE(each);
  ASSERT_TRUE(run({sql::statement("alter table pool_test_reshaped add b int")}));
  for (int i = 0; i < 3; ++i) {
    for (const auto& each : all(reads())) {
      ASSERT_TRUE(each) << each.error().message;
      EXPECT_EQ((*each)[0].columns(), 2U);
    }
  }
  run({sql::statement("drop table pool_test_reshaped")});
}

TEST_F(PoolTest, a_session_is_one_transaction_that_is_undone_when_dropped) {
  ASSERT_TRUE(run({sql::statement("drop table if exists pool_test_session")}));
  ASSERT_TRUE(run({sql::statement("create table pool_test_session(a int)")}));
  {
    auto session = wait(pool_->begin({"none", {}}));
    ASSERT_TRUE(session) << session.error().message;
    ASSERT_TRUE(wait(session->run({sql::statement("insert into pool_test_session values (1)")})));
  }
  {
    auto session = wait(pool_->begin({"none", {}}));
    ASSERT_TRUE(session);
    auto seen = wait(session->run({sql::statement("select count(*) from pool_test_session")}));
    ASSERT_TRUE(seen) << seen.error().message;
    EXPECT_EQ((*seen)[0].text(0, 0), "0");
    ASSERT_TRUE(wait(session->run({sql::statement("insert into pool_test_session values (2)")})));
    ASSERT_TRUE(wait(session->commit({})));
  }
  auto count = run({sql::statement("select sum(a) from pool_test_session")});
  ASSERT_TRUE(count);
  EXPECT_EQ((*count)[0].text(0, 0), "2");
  run({sql::statement("drop table pool_test_session")});
}

TEST_F(PoolTest, a_killed_connection_fails_its_callers_and_comes_back) {
  auto pid = run({sql::statement("select pg_backend_pid()")});
  ASSERT_TRUE(pid);
  auto admin = Blocking::connect(conninfo());
  ASSERT_TRUE(admin);
  std::promise<Result<std::vector<Rows>>> hit;
  cores_[0].spawn(carry(
      pool_->run(Work{
          {"none", {}}, {sql::statement("select pg_backend_pid(), pg_sleep(1.5)")}, End::commit}),
      hit));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  ASSERT_TRUE(admin->run(sql::statement(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(1.5)%' "
      "and pid <> pg_backend_pid()")));
  auto failed = hit.get_future().get();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, Kind::unavailable);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(run({sql::statement("select 1")}));
}

}  // namespace
}  // namespace flash::db
