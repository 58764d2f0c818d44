#include "realtime/change.h"

#include <gtest/gtest.h>

namespace flash::realtime {
namespace {

using wal::Cell;
using wal::CellKind;
using wal::ChangeKind;

TEST(Change, TheEventMatrix) {
  struct Case {
    ChangeKind kind;
    bool before, after;
    std::optional<Events> event;
  };
  for (const Case& c : std::initializer_list<Case>{
           {ChangeKind::insert, false, true, insert_event},
           {ChangeKind::insert, false, false, std::nullopt},
           {ChangeKind::update, true, true, update_event},
           {ChangeKind::update, false, true, update_event},
           {ChangeKind::update, true, false, delete_event},
           {ChangeKind::update, false, false, std::nullopt},
           {ChangeKind::remove, true, false, delete_event},
           {ChangeKind::remove, false, false, std::nullopt},
           {ChangeKind::truncate, true, true, std::nullopt},
       })
    EXPECT_EQ(event_for(c.kind, {c.before, c.after}), c.event);
}

Cell value(std::string_view text) { return {CellKind::text, text}; }
constexpr Cell null{CellKind::null, {}};

// t(id key, name, secret unreadable)
struct ChangeTest : testing::Test {
  ChangeTest() {
    wal::Relation relation{1,
                           "public",
                           "t",
                           wal::ReplicaIdentity::full,
                           {{"id", 23, true}, {"name", 25, true}, {"secret", 25, true}},
                           1};
    change.relation = std::make_shared<const wal::Relation>(relation);
    change.kind = ChangeKind::update;
    change.before = {value("1"), value("old"), value("hush")};
    change.after = {value("1"), value("new"), value("hush too")};
    access.guarded = true;
    access.columns = {{"id", "int4", {ValueKind::integer, false}, true, true},
                      {"name", "text", {}, false, true},
                      {"secret", "text", {}, false, false}};
    access.needed = {"name", "secret"};
    access.decision = "select 1";
    access.whole_row = false;
  }
  std::string data(Telling telling) { return data_json(change, access, telling, Instant{}); }

  wal::Change change;
  TableAccess access;
};

TEST_F(ChangeTest, UnreadableColumnsAreNeverTold) {
  for (const Events event : {insert_event, update_event, delete_event})
    for (const bool old_row : {true, false})
      EXPECT_EQ(data({event, old_row, {}}).find("hush"), std::string::npos);
}

TEST_F(ChangeTest, AnUpdateOfASeenRow) {
  EXPECT_EQ(
      data({update_event, true, {}}),
      R"({"schema":"public","table":"t","commit_timestamp":"1970-01-01T00:00:00.000Z","type":"UPDATE",)"
      R"("columns":[{"name":"id","type":"int4"},{"name":"name","type":"text"}],)"
      R"("record":{"id":1,"name":"new"},"old_record":{"id":1,"name":"old"},"errors":null})");
}

TEST_F(ChangeTest, OldValuesOfARowThatWasNotSeenAreNotTold) {
  EXPECT_NE(data({update_event, false, {}}).find(R"("old_record":{"id":1},)"), std::string::npos);
  EXPECT_NE(data({delete_event, true, {}}).find(R"("old_record":{"id":1},)"), std::string::npos);
}

TEST_F(ChangeTest, WithoutRowSecurityADeletionTellsTheRow) {
  access.guarded = false;
  EXPECT_NE(data({delete_event, true, {}}).find(R"("old_record":{"id":1,"name":"old"})"),
            std::string::npos);
}

TEST_F(ChangeTest, UnknownValuesAreLeftOutAndNullsTold) {
  change.after = {value("1"), Cell{}, null};
  EXPECT_NE(data({insert_event, false, {}}).find(R"("record":{"id":1})"), std::string::npos);
  change.after[1] = null;
  EXPECT_NE(data({insert_event, false, {}}).find(R"("record":{"id":1,"name":null})"),
            std::string::npos);
}

TEST_F(ChangeTest, ATableWithoutAKeyAndAKeyThatCannotBeRead) {
  access.columns[0].readable = false;
  EXPECT_NE(data({insert_event, false, {}}).find("Error 401: Unauthorized"), std::string::npos);
  EXPECT_NE(data({insert_event, false, {}}).find(R"("record":{},)"), std::string::npos);
  access.columns[0] = {"id", "int4", {ValueKind::integer, false}, false, true};
  EXPECT_NE(data({insert_event, false, {}}).find("no primary key"), std::string::npos);
}

TEST_F(ChangeTest, FiltersFailOnWhatTheCallerMayNotRead) {
  EXPECT_TRUE(passes(*parse_filter("name=eq.new"), access, *change.relation, change.after));
  EXPECT_FALSE(passes(*parse_filter("secret=eq.hush too"), access, *change.relation, change.after));
  EXPECT_FALSE(passes(*parse_filter("secret=neq.x"), access, *change.relation, change.after));
  EXPECT_FALSE(passes(*parse_filter("nothing=is.null"), access, *change.relation, change.after));
  EXPECT_FALSE(
      passes(*parse_filter("name=is.null"), access, *change.relation, {value("1"), Cell{}, null}));
}

TEST_F(ChangeTest, AnImageHoldsWhatThePoliciesRead) {
  const auto image = image_of(access, *change.relation, change.before);
  ASSERT_TRUE(image.has_value());
  const auto statement =
      decision_statement(access, std::vector{*image, Image{std::nullopt, "a\"b\\c,{}"}});
  ASSERT_EQ(statement.params.size(), 3U);
  EXPECT_EQ(*statement.params[0], "{0,1}");
  EXPECT_EQ(*statement.params[1], R"({"old",NULL})");
  EXPECT_EQ(*statement.params[2], R"({"hush","a\"b\\c,{}"})");
  // The log does not tell a column that a policy reads: the row cannot be decided.
  EXPECT_FALSE(image_of(access, *change.relation, {value("1"), Cell{}, value("x")}).has_value());
  access.needed = {"dropped"};
  EXPECT_FALSE(image_of(access, *change.relation, change.before).has_value());
}

TEST_F(ChangeTest, ImageKeysDifferWhereImagesDo) {
  EXPECT_NE(image_key({"a", "b"}), image_key({"ab", ""}));
  EXPECT_NE(image_key({std::nullopt}), image_key({""}));
  EXPECT_NE(image_key({"1:a"}), image_key({"1", "a"}));
  EXPECT_EQ(image_key({"a", std::nullopt}), image_key({"a", std::nullopt}));
}

TEST(Access, WhatIsMissingCountsAsTheStricterAnswer) {
  const auto access = read_access("{}");
  ASSERT_TRUE(access.has_value());
  EXPECT_TRUE(access->guarded);
  EXPECT_FALSE(access->sees_all);
  EXPECT_TRUE(access->whole_row);
  EXPECT_TRUE(access->decision.empty());
  EXPECT_FALSE(access->any_readable());
  EXPECT_FALSE(read_access("[]").has_value());
}

}  // namespace
}  // namespace flash::realtime
