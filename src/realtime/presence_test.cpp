#include "realtime/presence.h"

#include <gtest/gtest.h>

#include "json/read.h"

namespace flash::realtime {
namespace {

constexpr ChannelKey ann_one{0, 1, 1}, ann_two{1, 1, 1}, bob{0, 2, 1};

json::Object parsed(const std::string& text) { return *json::parse_object(text); }
const json::Array& metas(const json::Object& state, std::string_view key) {
  return json::array_or_empty(json::object_or_empty(state, key), "metas");
}

TEST(Presence, SeveralMetasOfOneKey) {
  Presence room;
  ASSERT_TRUE(room.track(ann_one, "ann", R"({"on":"phone"})"));
  ASSERT_TRUE(room.track(ann_two, "ann", R"({"on":"desk"})"));
  ASSERT_TRUE(room.track(bob, "bob", "{}"));
  const json::Object state = parsed(room.state());
  EXPECT_EQ(state.size(), 2U);
  EXPECT_EQ(metas(state, "ann").size(), 2U);
  const std::string ref(json::text_or(metas(state, "bob")[0].get_object(), "phx_ref"));
  EXPECT_FALSE(ref.empty());
  EXPECT_EQ(json::text_or(metas(state, "ann")[1].get_object(), "on"), "desk");
}

TEST(Presence, DiffsTellJoinsAndLeaves) {
  Presence room;
  EXPECT_FALSE(room.changed());
  room.track(ann_one, "ann", R"({"x":1})");
  EXPECT_TRUE(room.changed());
  json::Object diff = parsed(room.take_diff());
  EXPECT_EQ(json::object_or_empty(diff, "joins").size(), 1U);
  EXPECT_TRUE(json::object_or_empty(diff, "leaves").empty());
  EXPECT_FALSE(room.changed());
  room.untrack(ann_one);
  room.untrack(bob);  // was never here
  diff = parsed(room.take_diff());
  EXPECT_TRUE(json::object_or_empty(diff, "joins").empty());
  EXPECT_EQ(metas(json::object_or_empty(diff, "leaves"), "ann").size(), 1U);
  EXPECT_TRUE(room.empty());
}

TEST(Presence, AnUpdateLeavesAndJoinsAndNamesWhatItReplaced) {
  Presence room;
  room.track(ann_one, "ann", R"({"x":1})");
  const json::Object first = parsed(room.take_diff());
  const std::string ref(json::text_or(
      metas(json::object_or_empty(first, "joins"), "ann")[0].get_object(), "phx_ref"));
  room.track(ann_one, "ann", R"({"x":2})");
  const json::Object diff = parsed(room.take_diff());
  const auto& joined = metas(json::object_or_empty(diff, "joins"), "ann")[0].get_object();
  const auto& left = metas(json::object_or_empty(diff, "leaves"), "ann")[0].get_object();
  EXPECT_EQ(json::text_or(left, "phx_ref"), ref);
  EXPECT_EQ(json::text_or(joined, "phx_ref_prev"), ref);
  EXPECT_EQ(json::int_or(joined, "x"), 2);
}

TEST(Presence, TheSameMetaAgainIsNoChange) {
  Presence room;
  room.track(ann_one, "ann", R"({"x":1})");
  room.take_diff();
  room.track(ann_one, "ann", R"({"x":1})");
  EXPECT_FALSE(room.changed());
}

TEST(Presence, WhoCameAndWentBetweenTwoDiffsIsInNeither) {
  Presence room;
  room.track(ann_one, "ann", "{}");
  room.untrack(ann_one);
  EXPECT_FALSE(room.changed());
}

TEST(Presence, AFullTopicTakesNoMore) {
  Presence room(2);
  EXPECT_TRUE(room.track(ann_one, "a", "{}"));
  EXPECT_TRUE(room.track(ann_two, "a", "{}"));
  EXPECT_FALSE(room.track(bob, "b", "{}"));
  EXPECT_TRUE(room.track(ann_one, "a", R"({"update":true})"));
}

}  // namespace
}  // namespace flash::realtime
