#include "migrate/migrate.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "kit/database.h"
#include "sql/fragment.h"

namespace flash::migrate {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

Sources sources_of(const Texts& texts) {
  std::vector<File> files;
  for (const auto& [path, text] : texts) files.push_back({path, text});
  auto sources = arrange(files);
  EXPECT_TRUE(sources) << sources.error().message;
  return sources.value_or(Sources{});
}

struct Migrate : testing::Test {
  kit::Database database{kit::Database::Content::empty};
  db::Blocking connection = *db::Blocking::connect(database.superuser());

  Result<Report> run(const Texts& texts) { return migrate(connection, sources_of(texts)); }
  std::string one(sql::Literal query) {
    auto rows = connection.run(sql::statement(query));
    if (!rows) return rows.error().code;
    return rows->size() == 0 ? "none" : std::string(rows->text(0, 0));
  }
};

const Texts two_and_two{{"migrations/0001_a.sql", "create table a (id int);"},
                        {"migrations/0002_b.sql", "create table b (id int);"},
                        {"programs/00_x.sql", "create or replace view x as select 1 as one;"},
                        {"programs/10_y.sql", "create or replace view y as select one from x;"}};

TEST_F(Migrate, AppliesEverythingOnceInOrder) {
  auto first = run(two_and_two);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->migrations,
            (std::vector<std::string>{"migrations/0001_a.sql", "migrations/0002_b.sql"}));
  EXPECT_EQ(first->programs, (std::vector<std::string>{"programs/00_x.sql", "programs/10_y.sql"}));
  EXPECT_EQ(one("select one from y"), "1");
  auto second = run(two_and_two);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_TRUE(second->migrations.empty());
  EXPECT_TRUE(second->programs.empty());
  EXPECT_EQ(one("select count(*) from flash.migrations"), "2");
}

TEST_F(Migrate, RunsRolesWheneverAnythingIsNew) {
  Texts texts = two_and_two;
  texts.push_back({"roles.sql",
                   "create table if not exists tally (n int); insert into tally values (1);"
                   "do $$ begin create role authenticator login noinherit;"
                   "exception when duplicate_object or unique_violation then null; end $$;"
                   "do $$ begin create role flash_worker nologin noinherit;"
                   "exception when duplicate_object or unique_violation then null; end $$;"});
  ASSERT_TRUE(run(texts));
  ASSERT_TRUE(run(texts));
  EXPECT_EQ(one("select count(*) from tally"), "1");
  texts[3].second = "create or replace view y as select one, 2 as two from x;";
  ASSERT_TRUE(run(texts));
  EXPECT_EQ(one("select count(*) from tally"), "2");
}

TEST_F(Migrate, LooksAtEverythingAgainAfterAnotherVersion) {
  ASSERT_TRUE(run(two_and_two));
  Texts newer = two_and_two;
  newer.push_back({"programs/20_z.sql", "create or replace view z as select 3 as three;"});
  ASSERT_TRUE(run(newer));
  // The older program comes back: what it knows is as it was, and it says so of itself again.
  auto older = run(two_and_two);
  ASSERT_TRUE(older) << older.error().message;
  EXPECT_TRUE(older->programs.empty());
  auto report = run(newer);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->programs.empty());
}

TEST_F(Migrate, RunsAChangedProgramAndEveryLaterOne) {
  Texts texts = two_and_two;
  texts.push_back({"programs/20_z.sql", "create or replace view z as select 3 as three;"});
  ASSERT_TRUE(run(texts));
  texts[3].second = "create or replace view y as select one, 2 as two from x;";
  auto report = run(texts);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->programs, (std::vector<std::string>{"programs/10_y.sql", "programs/20_z.sql"}));
}

TEST_F(Migrate, RunsAllProgramsAfterAMigration) {
  ASSERT_TRUE(run(two_and_two));
  Texts texts = two_and_two;
  texts.push_back({"migrations/0003_c.sql", "drop view x cascade;"});
  auto report = run(texts);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->programs.size(), 2u);
  EXPECT_EQ(one("select one from y"), "1");
}

TEST_F(Migrate, RefusesDrift) {
  ASSERT_TRUE(run(two_and_two));
  struct Case {
    const char* name;
    Texts texts;
    const char* says;
  };
  Texts changed = two_and_two, removed = two_and_two, renamed = two_and_two;
  changed[0].second += " -- a remark";
  removed.erase(removed.begin() + 1);
  renamed[1].first = "migrations/0002_c.sql";
  const Texts swapped{{"migrations/0001_b.sql", two_and_two[1].second},
                      {"migrations/0002_a.sql", two_and_two[0].second}};
  for (const Case& c : {Case{"changed", changed, "0001_a.sql was changed"},
                        Case{"removed", removed, "the database has migrations/0002_b.sql"},
                        Case{"renamed", renamed, "the database has migrations/0002_b.sql"},
                        Case{"reordered", swapped, "the database has migrations/0001_a.sql"}}) {
    SCOPED_TRACE(c.name);
    auto report = run(c.texts);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "migrate_drift");
    EXPECT_NE(report.error().message.find(c.says), std::string::npos) << report.error().message;
  }
}

TEST_F(Migrate, KeepsWhatWasAppliedBeforeAFailureAndNothingOfTheFailedFile) {
  Texts texts = two_and_two;
  texts[1].second = "create table b (id int);\n\nselect nothing from b;";
  auto report = run(texts);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "migrate_failed");
  EXPECT_EQ(report.error().message,
            "database/migrations/0002_b.sql line 3: column \"nothing\" does not exist (42703)");
  EXPECT_EQ(one("select to_regclass('a')::text"), "a");
  EXPECT_EQ(one("select to_regclass('b') is null"), "t");
  ASSERT_TRUE(run(two_and_two));  // corrected: goes on from there
}

TEST_F(Migrate, AFailingProgramTakesTheOthersBackWithIt) {
  ASSERT_TRUE(run(two_and_two));
  Texts texts = two_and_two;
  texts[2].second = "create or replace view x as select 7 as one;";
  texts[3].second = "create or replace view y as\nselect missing from x;";
  auto report = run(texts);
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("database/programs/10_y.sql line 2: "), std::string::npos)
      << report.error().message;
  EXPECT_EQ(one("select one from x"), "1");
  EXPECT_EQ(run(two_and_two)->programs.size(), 0u);
}

TEST_F(Migrate, NamesAFileThatCommits) {
  auto report = run({{"migrations/0001_a.sql", "create table a (id int); commit; begin;"}});
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("ends its own transaction"), std::string::npos);
}

TEST_F(Migrate, SeveralAtOnceApplyEachMigrationOnce) {
  Texts texts = two_and_two;
  texts.push_back(
      {"migrations/0003_slow.sql", "select pg_sleep(0.2); create table slow (id int);"});
  const Sources sources = sources_of(texts);
  std::vector<std::string> faults(4);
  std::vector<std::thread> threads;
  for (std::string& fault : faults) {
    threads.emplace_back([&] {
      auto mine = db::Blocking::connect(database.superuser());
      auto report = migrate(*mine, sources);
      if (!report) fault = report.error().message;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& fault : faults) EXPECT_EQ(fault, "");
  EXPECT_EQ(one("select count(*) from flash.migrations"), "3");
}

TEST_F(Migrate, LeavesNoLockAndNoSettingBehind) {
  ASSERT_TRUE(run(two_and_two));
  EXPECT_EQ(one("select count(*) from pg_locks where locktype = 'advisory'"), "0");
  EXPECT_EQ(one("select current_setting('lock_timeout')"), "0");
}

TEST_F(Migrate, LedgersHaveRowSecurity) {
  ASSERT_TRUE(run(two_and_two));
  EXPECT_EQ(one("select bool_and(relrowsecurity) from pg_class where oid in"
                " ('flash.migrations'::regclass, 'flash.programs'::regclass)"),
            "t");
}

TEST(MigrateTree, TheRepositoryMigratesAndASecondRunDoesNothing) {
  const kit::Database database;
  auto connection = db::Blocking::connect(database.superuser());
  ASSERT_TRUE(connection);
  auto report = migrate(*connection, *read_directory(FLASH_SOURCE_DIR "/database"));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->migrations.empty());
  EXPECT_TRUE(report->programs.empty());
}

TEST(MigrateServer, RefusesADatabaseThatIsNotUtf8) {
  const kit::Database database{kit::Database::Content::empty};
  auto admin = db::Blocking::connect(database.superuser());
  ASSERT_TRUE(
      admin->run(sql::statement("create database flash_test_ascii template template0 "
                                "encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'")));
  auto connection = db::Blocking::connect(database.superuser() + " dbname=flash_test_ascii");
  auto report = migrate(*connection, sources_of(two_and_two));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, "migrate_unsupported");
  EXPECT_NE(report.error().message.find("SQL_ASCII"), std::string::npos);
  EXPECT_TRUE(admin->run(sql::statement("drop database flash_test_ascii with (force)")));
}

}  // namespace
}  // namespace flash::migrate
