// Row changes from a real database to subscribers, decided by real policies.
#include "realtime/rig.h"

namespace flash::realtime::rig {
namespace {

TEST_F(RealtimeTest, TellsAnInsertToThoseWhoSeeIt) {
  auto first = client(ann, "1");
  auto second = client(bob, "2", 1);
  first->join("a", std::string(all_parcels));
  second->join("a", std::string(all_parcels));
  run("insert into parcels values (1, 1, null, false, 'hello', 12.500, '{a,\"b c\"}', "
      "'{\"k\":[1]}', "
      "'2026-11-22 10:00:00.5+00', 'never told')");
  const json::Value data = first->next_change();
  ASSERT_EQ(type_of(data), "INSERT");
  const json::Object& row = record(data);
  EXPECT_EQ(json::serialize(row),
            R"({"id":1,"territory":1,"owner":null,"hidden":false,"body":"hello","weight":1.25E1,)"
            R"("tags":["a","b c"],"extra":{"k":[1]},"at":"2026-11-22T10:00:00.5+00:00"})");
  EXPECT_EQ(data.get_object().at("columns").get_array().size(), 9U);
  EXPECT_EQ(json::serialize(data.get_object().at("columns").get_array()[6]),
            R"({"name":"tags","type":"_text"})");
  EXPECT_EQ(json::serialize(data).find("never told"), std::string::npos);
  run("insert into parcels values (2, 2)");
  const json::Value other = second->next_change();
  EXPECT_EQ(json::int_or(record(other), "id"), 2);
  EXPECT_EQ(first->left(), 0U);
}

TEST_F(RealtimeTest, PassesOnWhatACommittedTransactionSays) {
  run("begin; select pg_logical_emit_message(true, 'word', 'taken back'); rollback");
  run("select pg_logical_emit_message(true, 'word', 'given')");
  run_and_wait("insert into parcels (id, territory) values (1, 1)", 1);
  const std::lock_guard lock(messages_mutex_);
  EXPECT_TRUE(messages_.starts_with(":;")) << "live: something may have been said before";
  EXPECT_NE(messages_.find("word:given;"), std::string::npos);
  EXPECT_EQ(messages_.find("taken back"), std::string::npos);
}

TEST_F(RealtimeTest, TheEventMatrixOfUpdates) {
  run_and_wait("insert into parcels (id, territory, body) values (1, 1, 'ONE'), (2, 1, 'TWO')", 2);
  auto first = client(ann, "1");
  auto second = client(bob, "2", 1);
  first->join("a", std::string(all_parcels));
  second->join("a", std::string(all_parcels));

  run("update parcels set body = 'seen before and after' where id = 1");
  json::Value data = first->next_change();
  EXPECT_EQ(type_of(data), "UPDATE");
  EXPECT_EQ(json::text_or(old_record(data), "body"), "ONE");
  EXPECT_EQ(json::text_or(record(data), "body"), "seen before and after");

  // Moves out of the first one's sight and into the second one's, who must not learn the old
  // values.
  run("update parcels set territory = 2 where id = 2");
  data = first->next_change();
  EXPECT_EQ(type_of(data), "DELETE");
  EXPECT_EQ(json::serialize(old_record(data)), R"({"id":2})");
  EXPECT_FALSE(data.get_object().contains("record"));
  data = second->next_change();
  EXPECT_EQ(type_of(data), "UPDATE");
  EXPECT_EQ(json::serialize(old_record(data)), R"({"id":2})");
  EXPECT_EQ(json::text_or(record(data), "body"), "TWO");

  // The restrictive policy hides a row that the permissive ones let through.
  run("update parcels set hidden = true where id = 1");
  EXPECT_EQ(type_of(first->next_change()), "DELETE");
  run("update parcels set body = 'hidden' where id = 1");
  run("delete from parcels where id = 1");
  run("delete from parcels where id = 2");
  data = second->next_change();
  EXPECT_EQ(type_of(data), "DELETE");
  EXPECT_EQ(json::serialize(old_record(data)), R"({"id":2})");
  EXPECT_EQ(first->left(), 0U);
  EXPECT_EQ(second->left(), 0U);
}

TEST_F(RealtimeTest, AShortLifeIsToldWhole) {
  auto first = client(ann, "1");
  auto second = client(bob, "2");
  first->join("a", std::string(all_parcels));
  second->join("a", std::string(all_parcels));
  // The old version must not be told to who may only see the new one.
  run("insert into parcels (id, territory, body) values (7, 1, 'ONLY FOR ONE')");
  run("update parcels set territory = 2, body = 'for two' where id = 7");
  run("delete from parcels where id = 7");
  EXPECT_EQ(type_of(first->next_change()), "INSERT");
  EXPECT_EQ(type_of(first->next_change()), "DELETE");
  const json::Value update = second->next_change();
  EXPECT_EQ(type_of(update), "UPDATE");
  EXPECT_EQ(json::serialize(update).find("ONLY FOR ONE"), std::string::npos);
  EXPECT_EQ(type_of(second->next_change()), "DELETE");
  EXPECT_EQ(first->left() + second->left(), 0U);
}

TEST_F(RealtimeTest, ClaimsThatMakeAPolicyRaiseHarmNobodyElse) {
  auto poison = client("not a uuid", "one");
  auto first = client(ann, "1");
  poison->join("a", std::string(all_parcels));
  first->join("a", std::string(all_parcels));
  run("insert into parcels (id, territory) values (1, 1)");
  EXPECT_EQ(type_of(first->next_change()), "INSERT");
  EXPECT_NE(poison->wait_for("were withheld"), "");
  EXPECT_EQ(type_of(poison->next_change(100ms)), "nothing");
}

TEST_F(RealtimeTest, UnchangedToastIsTold) {
  run("alter table parcels alter column body set storage external");
  run_and_wait("insert into parcels (id, territory, body) values (1, 1, repeat('x', 10000))", 1);
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  run("update parcels set weight = 2 where id = 1");
  const json::Value data = first->next_change();
  EXPECT_EQ(json::text_or(record(data), "body").size(), 10'000U);
  EXPECT_EQ(json::text_or(old_record(data), "body").size(), 10'000U);
}

TEST_F(RealtimeTest, ARecordOverAMebibyteIsToldWithoutLargeValues) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  run("insert into parcels (id, territory, body) values (1, 1, repeat('x', 2000000))");
  const json::Value data = first->next_change();
  EXPECT_EQ(type_of(data), "INSERT");
  EXPECT_FALSE(record(data).contains("body"));
  EXPECT_EQ(json::int_or(record(data), "territory"), 1);
  EXPECT_EQ(json::serialize(data.get_object().at("errors")), R"(["Error 413: Payload Too Large"])");
}

TEST_F(RealtimeTest, TruncateAsksSubscribersToReadAgain) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  run("truncate parcels");
  EXPECT_NE(first->wait_for("resync"), "");
}

TEST_F(RealtimeTest, FiltersAndEventsChoose) {
  auto first = client(ann, "1");
  first->join("a", R"j([{"event":"INSERT","schema":"public","table":"parcels",
                          "filter":"weight=gte.10,body=like.a%"},
                         {"event":"DELETE","schema":"public","table":"parcels",
                          "filter":"id=in.(2,3)"}])j");
  run("insert into parcels (id, territory, body, weight) values (1, 1, 'ab', 9.999), (2, 1, 'ab', "
      "10), "
      "(3, 1, 'b', 11), (4, 1, null, 11)");
  run("update parcels set weight = 100");
  run("delete from parcels");
  json::Value data = first->next_change();
  EXPECT_EQ(type_of(data), "INSERT");
  EXPECT_EQ(json::int_or(record(data), "id"), 2);
  for (const int id : {2, 3}) {
    data = first->next_change();
    EXPECT_EQ(type_of(data), "DELETE");
    EXPECT_EQ(json::int_or(old_record(data), "id"), id);
  }
  EXPECT_EQ(type_of(first->next_change(100ms)), "nothing");
}

TEST_F(RealtimeTest, SelectTellsTheChosenColumnsAndTheKey) {
  auto first = client(ann, "1");
  first->join("a", R"([{"event":"*","schema":"public","table":"parcels","select":["body"]}])");
  run("insert into parcels (id, territory, body) values (1, 1, 'x')");
  EXPECT_EQ(json::serialize(record(first->next_change())), R"({"id":1,"body":"x"})");
}

TEST_F(RealtimeTest, RefusesWhatCannotBeSubscribedTo) {
  struct Case {
    const char* binding;
    const char* message;
  };
  for (const auto& [binding, message] : {
           Case{R"({"event":"*","schema":"public","table":"private_notes"})",
                "Unable to subscribe"},
           Case{R"({"event":"*","schema":"public","table":"nowhere"})", "Unable to subscribe"},
           Case{R"({"event":"*","schema":"public","table":"parcels","filter":"secret=eq.x"})",
                "invalid column for filter secret"},
           Case{R"({"event":"*","schema":"public","table":"parcels","filter":"id=eq.x"})",
                "Error parsing `filter` params"},
           Case{R"({"event":"*","schema":"public","table":"parcels","filter":"id=almost.1"})",
                "Error parsing `filter` params"},
           Case{R"({"event":"*","schema":"public","table":"parcels","select":["secret"]})",
                "invalid column for select secret"},
           Case{R"({"event":"*","schema":"public","table":"*","select":["id"]})",
                "Column selection is not supported"},
       }) {
    SCOPED_TRACE(binding);
    auto first = client(ann, "1");
    first->send(text::cat(R"(["1","1","realtime:a","phx_join",{"config":{"postgres_changes":[)",
                          binding, "]}}]"));
    EXPECT_NE(first->wait_for("phx_reply").find(R"("status":"ok")"), std::string::npos);
    EXPECT_NE(first->wait_for(message).find(R"("status":"error")"), std::string::npos);
    // Nothing comes through either, whatever was refused.
    run("insert into private_notes values (1, 'x')");
    run("insert into parcels (id, territory, secret) values (1, 2, 'x')");
    EXPECT_EQ(type_of(first->next_change(50ms)), "nothing");
    run("delete from private_notes; delete from parcels");
  }
}

TEST_F(RealtimeTest, AnonSeesOnlyWhatIsGrantedAndAWildcardNothingMore) {
  Client anon(*service_, (*cores_)[0], R"(anon {"role":"anon"})");
  Client trusted(*service_, (*cores_)[1], R"(service_role {"role":"service_role"})");
  anon.join("a", R"([{"event":"*","schema":"*"}])");
  run("grant select on parcels, open_notes to service_role");
  trusted.join("a", R"([{"event":"*","schema":"public"}])");
  run("insert into parcels (id, territory) values (1, 1)");
  run("insert into open_notes values (5, 'open')");
  const json::Value data = anon.next_change();
  EXPECT_EQ(json::text_or(data.get_object(), "table"), "open_notes");
  EXPECT_EQ(type_of(trusted.next_change()), "INSERT");
  EXPECT_EQ(type_of(trusted.next_change()), "INSERT");
  EXPECT_EQ(type_of(anon.next_change(50ms)), "nothing");
}

TEST_F(RealtimeTest, PoliciesGrantsAndColumnsMayChangeAtAnyTime) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  run_and_wait("insert into parcels (id, territory, body) values (1, 1, 'x')", 1);
  EXPECT_TRUE(record(first->next_change()).contains("body"));
  run("drop policy by_territory on parcels");
  run_and_wait("insert into parcels (id, territory) values (2, 1)", 1);
  run("create policy by_territory on parcels for select to authenticated using (territory < 10)");
  run_and_wait("insert into parcels (id, territory) values (3, 9)", 1);
  EXPECT_EQ(json::int_or(record(first->next_change()), "id"), 3);
  run("revoke select (body) on parcels from authenticated");
  run_and_wait("insert into parcels (id, territory, body) values (4, 1, 'x')", 1);
  const json::Value data = first->next_change();
  EXPECT_EQ(json::int_or(record(data), "id"), 4);
  EXPECT_FALSE(record(data).contains("body"));
  run("alter table parcels add column extra_column int default 7; "
      "grant select (extra_column) on parcels to authenticated");
  run_and_wait("insert into parcels (id, territory) values (5, 1)", 1);
  EXPECT_EQ(json::int_or(record(first->next_change()), "extra_column"), 7);
  run("revoke select on parcels from authenticated");
  run_and_wait("insert into parcels (id, territory) values (6, 1)", 1);
  EXPECT_EQ(type_of(first->next_change(50ms)), "nothing");
}

TEST_F(RealtimeTest, AWholeRowPolicyIsRefused) {
  run("create function public.may_see(p public.parcels) returns bool language sql as 'select "
      "true'");
  run("drop policy by_owner on parcels; create policy whole on parcels for select to authenticated "
      "using (public.may_see(parcels))");
  auto first = client(ann, "1");
  first->send(text::cat(R"(["1","1","realtime:a","phx_join",{"config":{"postgres_changes":)",
                        all_parcels, "}}]"));
  EXPECT_NE(first->wait_for("takes the row as a whole"), "");
  run("insert into parcels (id, territory) values (1, 1)");
  EXPECT_EQ(type_of(first->next_change(100ms)), "nothing");
}

TEST_F(RealtimeTest, ATableWithoutFullIdentityTellsNoDeletionThatCannotBeDecided) {
  run("alter table parcels replica identity default");
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  run("insert into parcels (id, territory) values (1, 1)");
  run("update parcels set body = 'x' where id = 1");
  run("delete from parcels where id = 1");
  EXPECT_EQ(type_of(first->next_change()), "INSERT");
  const json::Value data = first->next_change();
  EXPECT_EQ(type_of(data), "UPDATE");
  EXPECT_EQ(json::serialize(old_record(data)), R"({"id":1})");
  EXPECT_EQ(type_of(first->next_change(100ms)), "nothing");
}

TEST_F(RealtimeTest, LeavingEndsTheChanges) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  first->send(R"(["1","2","realtime:a","phx_leave",{}])");
  EXPECT_NE(first->wait_for("phx_close"), "");
  run("insert into parcels (id, territory) values (1, 1)");
  EXPECT_EQ(type_of(first->next_change(100ms)), "nothing");
}

TEST_F(RealtimeTest, AFreshTokenChangesWhatIsSeen) {
  auto first = client(ann, "1");
  first->join("a", std::string(all_parcels));
  first->send(
      text::cat(R"(["1","2","realtime:a","access_token",{"access_token":"authenticated )",
                R"({\"sub\":\"00000000-0000-4000-8000-00000000000a\",\"territory\":\"2\"}"}])"));
  EXPECT_NE(first->wait_for("Subscribed to PostgreSQL"), "");
  run("insert into parcels (id, territory) values (1, 1), (2, 2)");
  EXPECT_EQ(json::int_or(record(first->next_change()), "id"), 2);
  EXPECT_EQ(type_of(first->next_change(50ms)), "nothing");
}

}  // namespace
}  // namespace flash::realtime::rig
