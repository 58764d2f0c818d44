// What the stream promises: nothing lost, nothing held back, soon; and what needs no stream at all.
#include "realtime/rig.h"

namespace flash::realtime::rig {
namespace {

TEST_F(RealtimeTest, PresenceAcrossCores) {
  auto first = client(ann, "1", 0);
  auto second = client(bob, "2", 1);
  const std::string enabled = R"(,"presence":{"enabled":true,"key":")";
  first->join("room", "[]", enabled + R"(ann"})");
  EXPECT_NE(first->wait_for(R"("presence_state",{}])"), "");
  first->send(
      R"(["1","2","realtime:room","presence",{"type":"presence","event":"track","payload":{"at":1}}])");
  EXPECT_NE(first->wait_for("presence_diff").find(R"("joins":{"ann":{"metas":[{"phx_ref":)"),
            std::string::npos);
  second->join("room", "[]", enabled + R"(bob"})");
  EXPECT_NE(second->wait_for("presence_state").find(R"("at":1)"), std::string::npos);
  second->send(
      R"(["1","2","realtime:room","presence",{"type":"presence","event":"track","payload":{"at":2}}])");
  EXPECT_NE(first->wait_for("presence_diff").find(R"("joins":{"bob")"), std::string::npos);
  second.reset();
  EXPECT_NE(first->wait_for("presence_diff").find(R"("leaves":{"bob")"), std::string::npos);
}

TEST_F(RealtimeTest, BroadcastAcrossCoresAndVersions) {
  auto first = client(ann, "1", 0);
  auto second = client(bob, "2", 1);
  Client old(*service_, (*cores_)[1], R"(anon {})", Version::v1);
  first->join("room", "[]");
  second->join("room", "[]");
  old.send(R"({"topic":"realtime:room","event":"phx_join","payload":{"config":{}},"ref":"1"})");
  EXPECT_NE(old.wait_for("phx_reply"), "");
  first->send(
      R"(["1","2","realtime:room","broadcast",{"type":"broadcast","event":"e","payload":{"x":1}}])");
  EXPECT_EQ(
      second->wait_for("broadcast"),
      R"([null,null,"realtime:room","broadcast",{"type":"broadcast","event":"e","payload":{"x":1}}])");
  EXPECT_NE(old.wait_for(R"("event":"broadcast","payload":{"type":"broadcast","event":"e")"), "");
  EXPECT_EQ(first->left(), 0U);
}

TEST_F(RealtimeTest, CommitToFrameLatency) {
  auto first = client(ann, "1");
  auto second = client(bob, "1", 1);
  first->join("a", std::string(all_parcels));
  second->join("a", std::string(all_parcels));
  std::vector<double> from_commit, from_send;
  const auto ms = [](Steady::duration took) {
    return std::chrono::duration<double, std::milli>(took).count();
  };
  constexpr std::size_t commits = 300;
  for (std::size_t i = 0; i < commits; ++i) {
    const auto sent = Steady::now();
    run(text::cat("insert into parcels (id, territory, body) values (", std::to_string(i),
                  ", 1, 'x')"));
    const auto committed = Steady::now();
    ASSERT_NE(second->wait_for(R"("postgres_changes",{"ids")"), "");
    from_commit.push_back(ms(Steady::now() - committed));
    from_send.push_back(ms(Steady::now() - sent));
  }
  for (auto* latencies : {&from_commit, &from_send}) {
    std::ranges::sort(*latencies);
    std::printf(
        "%s, %zu commits, 2 classes of callers: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms\n",
        latencies == &from_commit ? "commit seen by the writer to frame" : "insert sent to frame",
        commits, (*latencies)[commits / 2], (*latencies)[commits * 95 / 100],
        (*latencies)[commits * 99 / 100]);
  }
  EXPECT_LT(from_commit[commits / 2], 20.0);
}

// The worst case: every subscriber is a class of his own, and all see every change.
TEST_F(RealtimeTest, ManyClassesOfCallers) {
  constexpr std::size_t callers = 500, changes = 40;
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < callers; ++i) {
    clients.push_back(
        client(text::cat("00000000-0000-4000-8000-", std::to_string(100'000'000'000 + i)), "1",
               static_cast<unsigned>(i % 2)));
    clients.back()->send(text::cat(
        R"(["1","1","realtime:a","phx_join",{"config":{"postgres_changes":)", all_parcels, "}}]"));
  }
  for (auto& one : clients) ASSERT_NE(one->wait_for("Subscribed to PostgreSQL", 60s), "");
  const auto began = Steady::now();
  for (std::size_t i = 0; i < changes; ++i)
    run(text::cat("insert into parcels (id, territory) values (", std::to_string(i), ", 1)"));
  for (auto& one : clients)
    for (std::size_t i = 0; i < changes; ++i)
      ASSERT_NE(one->wait_for(R"("postgres_changes",{"ids")", 60s), "");
  const double took = std::chrono::duration<double>(Steady::now() - began).count();
  std::printf(
      "%zu changes, %zu classes of callers, all decided by policies: %.3f s, %.0f changes/s\n",
      changes, callers, took, static_cast<double>(changes) / took);
}

class PermanentSlotTest : public RealtimeTest {
 protected:
  void SetUp() override { start(wal::SlotLife::permanent); }
  std::string one(std::string_view statement) {
    auto rows = sql_->run(sql::Statement{sql::Text(std::string(statement)), {}});
    return rows && rows->size() == 1 ? std::string(rows->text(0, 0)) : "";
  }
};

TEST_F(PermanentSlotTest, AKilledWalsenderLosesNothing) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  run("insert into parcels (id, territory) values (1, 1)");
  EXPECT_EQ(json::int_or(record(first->next_change()), "id"), 1);
  run(text::cat(
      "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '",
      slot_, "'"));
  run("insert into parcels (id, territory) values (2, 1)");
  run("insert into parcels (id, territory) values (3, 1)");
  EXPECT_EQ(json::int_or(record(first->next_change()), "id"), 2);
  EXPECT_EQ(json::int_or(record(first->next_change()), "id"), 3);
  EXPECT_EQ(first->left(), 0U);
}

TEST_F(PermanentSlotTest, ALostSlotIsRemadeAndSubscribersAreTold) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  const std::string drop = text::cat(
      "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '",
      slot_, "'; ", "do $$ begin for i in 1..50 loop begin perform pg_drop_replication_slot('",
      slot_,
      "'); exit; exception when object_in_use then perform pg_sleep(0.01); end; end loop; end $$");
  run(drop);
  EXPECT_NE(first->wait_for("resync"), "");
  run("insert into parcels (id, territory) values (9, 1)");
  EXPECT_EQ(json::int_or(record(first->next_change()), "id"), 9);
}

TEST_F(PermanentSlotTest, TheSlotHoldsNothingBackOfTablesThatNobodyHears) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  const std::string before = one(text::cat(
      "select confirmed_flush_lsn from pg_replication_slots where slot_name = '", slot_, "'"));
  run("insert into private_notes select n, repeat('x', 100) from generate_series(1, 5000) n");
  const std::string wanted = one("select pg_current_wal_lsn()");
  bool advanced = false;
  for (int i = 0; i < 100 && !advanced; ++i) {
    std::this_thread::sleep_for(100ms);
    advanced = one(text::cat("select confirmed_flush_lsn >= '", wanted,
                             "' from pg_replication_slots where slot_name = '", slot_, "'")) == "t";
  }
  EXPECT_TRUE(advanced) << "from " << before << " to " << wanted;
}

// Names of slots are common to all databases of a server.
TEST(Slot, OneOfAnotherDatabaseIsLeftAlone) {
  kit::Database here, there;
  auto other = db::Blocking::connect(there.superuser());
  ASSERT_TRUE(other.has_value());
  const std::string name = here.name() + "_taken";
  ASSERT_TRUE(
      other
          ->run(sql::statement("select pg_create_logical_replication_slot($1, 'pgoutput')", {name}))
          .has_value());
  loop::Cores cores(1);
  std::promise<void> live;
  wal::StreamOptions options{.conninfo = here.superuser(), .slot = {.name = name}};
  options.slot.life = wal::SlotLife::temporary;
  wal::Stream stream(
      cores[0], options,
      {[](const wal::Transaction&) {}, [&] { live.set_value(); }, [](std::string_view) {}});
  cores.start();
  cores[0].post([&] { stream.start(); });
  EXPECT_EQ(live.get_future().wait_for(30s), std::future_status::ready);
  const auto kept = other->run(
      sql::statement("select pg_drop_replication_slot(slot_name) from pg_replication_slots "
                     "where slot_name = $1 and database = current_database()",
                     {name}));
  EXPECT_TRUE(kept && kept->size() == 1);
  cores[0].post([&] { stream.close(); });
  std::this_thread::sleep_for(100ms);
  cores.stop();
}

}  // namespace
}  // namespace flash::realtime::rig
