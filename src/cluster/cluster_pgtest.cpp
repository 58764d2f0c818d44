// Starts real clusters in temporary directories. As root they run under another account.
#include "cluster/cluster.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "cluster/account.h"
#include "cluster/layout.h"
#include "cluster/process.h"
#include "db/blocking.h"
#include "sql/fragment.h"

namespace flash::cluster {
namespace {

using std::chrono::milliseconds;

std::string query(const std::string& conninfo, sql::Literal text) {
  auto connection = db::Blocking::connect(conninfo);
  if (!connection) return connection.error().message;
  auto rows = connection->run(sql::statement(text));
  if (!rows) return rows.error().message;
  return rows->size() == 0 ? "" : std::string(rows->text(0, 0));
}

pid_t postmaster_of(const std::filesystem::path& data) {
  std::ifstream in(data / "pg/postmaster.pid");
  pid_t pid = 0;
  in >> pid;
  return pid;
}

struct ClusterTest : testing::Test {
  std::filesystem::path data;

  ClusterTest() {
    std::string name = (std::filesystem::temp_directory_path() / "flash_cluster_XXXXXX").string();
    data = mkdtemp(name.data());
    chmod(data.c_str(), 0711);
  }
  ~ClusterTest() override {
    for (const pid_t pid : processes_in(data / "pg", "postgres")) kill(pid, SIGKILL);
    std::error_code ignored;
    std::filesystem::remove_all(data, ignored);
  }

  [[nodiscard]] Options options() const {
    return {.data = data, .durable = false, .free_bytes_min = 0};
  }
  Cluster started() {
    auto cluster = Cluster::start(options());
    if (!cluster) {
      ADD_FAILURE() << cluster.error().message;
      std::abort();
    }
    return std::move(*cluster);
  }

  // Another flashd: a process that starts the cluster, commits a row, and waits to be killed.
  // Returns at once; `ready` closes when the row is there.
  pid_t other_flashd(Fd& ready) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    const pid_t child = fork();
    if (child == 0) {
      auto cluster = Cluster::start(options());
      if (!cluster) _exit(1);
      query(cluster->conninfo("postgres"), "create table if not exists kept (n int)");
      query(cluster->conninfo("postgres"), "insert into kept values (1)");
      close(ends[1]);
      pause();
      _exit(0);
    }
    close(ends[1]);
    ready = Fd(ends[0]);
    return child;
  }
  static void wait_for(const Fd& ready) {
    char byte = 0;
    EXPECT_EQ(read(ready.get(), &byte, 1), 0);
  }
  static void kill_and_collect(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
};

TEST_F(ClusterTest, RunsWithTheSettingsThatFlashNeeds) {
  Cluster cluster = started();
  const std::string owner = cluster.conninfo("postgres");
  EXPECT_EQ(query(owner, "select current_database()"), "flash");
  EXPECT_EQ(query(owner, "show data_checksums"), "on");
  EXPECT_EQ(query(owner, "show wal_level"), "logical");
  EXPECT_EQ(query(owner, "show max_slot_wal_keep_size"), "1GB");
  EXPECT_EQ(query(owner, "show listen_addresses"), "");
  EXPECT_EQ(query(owner, "show jit"), "off");
  EXPECT_EQ(query(owner, "show server_encoding"), "UTF8");
  EXPECT_EQ(query(owner, "select count(*) from pg_file_settings where error is not null"), "0");
  struct stat status{};
  ASSERT_EQ(stat((data / "run").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0700u);
  ASSERT_EQ(stat(("/proc/" + std::to_string(postmaster_of(data))).c_str(), &status), 0);
  EXPECT_NE(status.st_uid, 0u) << "PostgreSQL runs as root";
  EXPECT_TRUE(cluster.running());
}

TEST_F(ClusterTest, IsDurableUnlessToldOtherwise) {
  Options durable = options();
  durable.durable = true;
  auto cluster = Cluster::start(durable);
  ASSERT_TRUE(cluster) << cluster.error().message;
  const std::string owner = cluster->conninfo("postgres");
  EXPECT_EQ(query(owner, "show fsync"), "on");
  EXPECT_EQ(query(owner, "show synchronous_commit"), "on");
  EXPECT_EQ(query(owner, "show full_page_writes"), "on");
}

TEST_F(ClusterTest, LetsInTheRoleOfTheServerAndNobodyElse) {
  Cluster cluster = started();
  query(cluster.conninfo("postgres"), "create role authenticator login");
  query(cluster.conninfo("postgres"), "create role somebody login");
  EXPECT_EQ(query(cluster.conninfo("authenticator"), "select current_user"), "authenticator");
  EXPECT_NE(query(cluster.conninfo("somebody"), "select 1").find("Peer authentication failed"),
            std::string::npos);
}

TEST_F(ClusterTest, KeepsItsDataOverAStopAndRewritesItsSettings) {
  {
    Cluster cluster = started();
    query(cluster.conninfo("postgres"), "create table kept as select 42 as n");
  }
  EXPECT_TRUE(processes_in(data / "pg", "postgres").empty());
  std::ofstream(data / "conf/postgresql.conf") << "jit = on\n";
  Cluster cluster = started();
  EXPECT_EQ(query(cluster.conninfo("postgres"), "select n from kept"), "42");
  EXPECT_EQ(query(cluster.conninfo("postgres"), "show jit"), "off");
}

TEST_F(ClusterTest, AnOperatorsOwnSettingsWin) {
  std::filesystem::create_directories(data / "conf");
  std::ofstream(data / "conf/local.conf") << "work_mem = '5MB'\n";
  Cluster cluster = started();
  EXPECT_EQ(query(cluster.conninfo("postgres"), "show work_mem"), "5MB");
}

TEST_F(ClusterTest, RefusesASecondFlashdOnTheSameDirectory) {
  Cluster cluster = started();
  auto second = Cluster::start(options());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "cluster_in_use");
  EXPECT_EQ(second.error().message, "another flashd (process " + std::to_string(getpid()) +
                                        ") uses " + data.string() +
                                        "; stop it or choose another --data");
  EXPECT_EQ(query(cluster.conninfo("postgres"), "select 1"), "1");
}

TEST_F(ClusterTest, ACommandBesideTheServerFindsItsPostgres) {
  EXPECT_EQ(find_running(data, "postgres"), std::nullopt);
  Cluster cluster = started();
  const auto found = find_running(data, "postgres");
  ASSERT_TRUE(found);
  EXPECT_EQ(query(*found, "select current_database()"), "flash");
}

TEST_F(ClusterTest, RecoversWhenItsFlashdWasKilled) {
  Fd ready;
  const pid_t other = other_flashd(ready);
  wait_for(ready);
  kill_and_collect(other);
  Cluster cluster = started();
  EXPECT_EQ(query(cluster.conninfo("postgres"), "select count(*) from kept"), "1");
}

TEST_F(ClusterTest, PostgresEndsWithAKilledFlashd) {
  Fd ready;
  const pid_t other = other_flashd(ready);
  wait_for(ready);
  kill_and_collect(other);
  for (int i = 0; i < 500 && !processes_in(data / "pg", "postgres").empty(); ++i)
    std::this_thread::sleep_for(milliseconds(20));
  EXPECT_TRUE(processes_in(data / "pg", "postgres").empty());
}

TEST_F(ClusterTest, SurvivesAKillAtAnyMomentOfItsFirstStart) {
  for (const int after_ms : {5, 120, 300, 600, 1200}) {
    SCOPED_TRACE(after_ms);
    std::filesystem::remove_all(data / "pg");
    Fd ready;
    const pid_t other = other_flashd(ready);
    std::this_thread::sleep_for(milliseconds(after_ms));
    kill_and_collect(other);
    Cluster cluster = started();
    EXPECT_EQ(query(cluster.conninfo("postgres"), "select current_database()"), "flash");
  }
}

TEST_F(ClusterTest, RestartsAPostgresThatWasKilled) {
  Cluster cluster = started();
  query(cluster.conninfo("postgres"), "create table kept as select 42 as n");
  query(cluster.conninfo("postgres"), "checkpoint");
  const pid_t before = postmaster_of(data);
  kill(before, SIGKILL);
  std::string answer;
  for (int i = 0; i < 1000 && answer != "42"; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
    answer = query(cluster.conninfo("postgres"), "select n from kept");
  }
  EXPECT_EQ(answer, "42");
  EXPECT_NE(postmaster_of(data), before);
}

TEST_F(ClusterTest, TakesOverFromAPostgresThatLivesOn) {
  const Layout layout = *layout_of(data);
  {
    Cluster cluster = started();
  }
  const Account account = *choose_account(layout.pg());
  const auto programs = *find_programs("/usr/lib/postgresql", layout.pg());
  const Command command{.words = {(programs / "postgres").string(), "-D", layout.pg().string(),
                                  "--config-file=" + (layout.conf() / "postgresql.conf").string()},
                        .output = layout.output(),
                        .directory = layout.pg()};
  auto orphan = cluster::start(command, account);
  ASSERT_TRUE(orphan);
  for (int i = 0; i < 500 && postmaster_of(data) == 0; ++i)
    std::this_thread::sleep_for(milliseconds(20));
  Cluster cluster = started();
  EXPECT_EQ(query(cluster.conninfo("postgres"), "select 1"), "1");
  int status = 0;
  EXPECT_TRUE(wait_end(*orphan, milliseconds(0), status));
}

TEST_F(ClusterTest, IsNotFooledByAReusedProcessNumber) {
  {
    Cluster cluster = started();
  }
  // Process 1 is always alive and never this PostgreSQL.
  std::ofstream(data / "pg/postmaster.pid") << "1\n" << (data / "pg").string() << "\n0\n5432\n";
  std::ofstream(data / "run/.s.PGSQL.5432.lock") << "1\n"
                                                 << (data / "pg").string() << "\n0\n5432\n";
  Cluster cluster = started();
  EXPECT_EQ(query(cluster.conninfo("postgres"), "select 1"), "1");
}

TEST_F(ClusterTest, StopsWithCallersStillConnected) {
  Cluster cluster = started();
  auto caller = db::Blocking::connect(cluster.conninfo("postgres"));
  ASSERT_TRUE(caller);
  ASSERT_TRUE(caller->script("begin; create table half_done (n int)"));
  const auto began = std::chrono::steady_clock::now();
  cluster.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
  EXPECT_FALSE(cluster.running());
  cluster.stop();  // twice is harmless
}

TEST_F(ClusterTest, SaysThatTheDiskIsAlmostFull) {
  Options needs_much = options();
  needs_much.free_bytes_min = UINTMAX_MAX;
  auto cluster = Cluster::start(needs_much);
  ASSERT_FALSE(cluster);
  EXPECT_EQ(cluster.error().code, "cluster_disk");
  EXPECT_NE(cluster.error().message.find("the disk of " + data.string() + " is full"),
            std::string::npos);
}

TEST_F(ClusterTest, SaysThatTheDiskFilledUpWhileItWasMade) {
  if (mount("flash_test", data.c_str(), "tmpfs", 0, "size=20m,mode=0711") != 0)
    GTEST_SKIP() << "needs the right to mount a small file system";
  auto cluster = Cluster::start(options());
  EXPECT_EQ(umount2(data.c_str(), MNT_DETACH), 0);
  ASSERT_FALSE(cluster);
  EXPECT_EQ(cluster.error().code, "cluster_disk") << cluster.error().message;
  EXPECT_NE(cluster.error().message.find("No space left on device"), std::string::npos);
}

TEST_F(ClusterTest, NamesTheDirectoryThatItsAccountMayNotEnter) {
  if (geteuid() != 0) GTEST_SKIP() << "only root runs PostgreSQL as somebody else";
  chmod(data.c_str(), 0700);
  Options below = options();
  below.data = data / "inner";
  auto cluster = Cluster::start(below);
  ASSERT_FALSE(cluster);
  EXPECT_EQ(cluster.error().code, "cluster_account");
  EXPECT_NE(cluster.error().message.find("who may not enter " + data.string() + ":"),
            std::string::npos)
      << cluster.error().message;
}

TEST_F(ClusterTest, ShowsWhyPostgresDidNotStart) {
  std::filesystem::create_directories(data / "conf");
  std::ofstream(data / "conf/local.conf") << "work_mem = 'plenty'\n";
  auto cluster = Cluster::start(options());
  ASSERT_FALSE(cluster);
  EXPECT_EQ(cluster.error().code, "cluster_process");
  EXPECT_NE(cluster.error().message.find("work_mem"), std::string::npos) << cluster.error().message;
}

}  // namespace
}  // namespace flash::cluster
