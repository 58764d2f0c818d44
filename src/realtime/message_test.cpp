#include "realtime/message.h"

#include <gtest/gtest.h>

namespace flash::realtime {
namespace {

TEST(Message, ReadsBothVersions) {
  const auto one = parse_message(
      Version::v1,
      R"({"topic":"realtime:a","event":"e","payload":{"x":1},"ref":"7","join_ref":"3"})");
  const auto two =
      parse_message(Version::v2, R"(["3","7","realtime:a","e",{"x":1},"more is tolerated"])");
  for (const auto& message : {one, two}) {
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->join_ref, R"("3")");
    EXPECT_EQ(message->ref, R"("7")");
    EXPECT_EQ(message->topic, "realtime:a");
    EXPECT_EQ(json::serialize(message->payload), R"({"x":1})");
  }
}

TEST(Message, ReferencesMayBeNumbersOrMissing) {
  EXPECT_EQ(parse_message(Version::v2, R"([null,7,"t","e",null])")->ref, "7");
  EXPECT_EQ(parse_message(Version::v1, R"({"topic":"t","event":"e"})")->join_ref, "null");
}

TEST(Message, RefusesWhatIsNone) {
  for (const char* bad :
       {"", "{}", "[]", R"(["1","2","t","e"])", R"(["1","2",3,"e",{}])", R"(["1",{},"t","e",{}])",
        R"([["1"],"2","t","e",{}])", "[1,2,3,4,5", "nul"})
    EXPECT_FALSE(parse_message(Version::v2, bad).has_value()) << bad;
  EXPECT_FALSE(parse_message(Version::v1, R"(["1","2","t","e",{}])").has_value());
  EXPECT_FALSE(parse_message(Version::v1, R"({"topic":"t"})").has_value());
  const std::string long_ref(100, 'r');
  EXPECT_FALSE(
      parse_message(Version::v2, R"([null,")" + long_ref + R"(","t","e",{}])").has_value());
}

TEST(Message, AFrameAtTheLimitIsReadAndOneOverIsNot) {
  const std::string head = R"([null,null,"t","e",")";
  const std::string tail = R"("])";
  const std::size_t room = 5'000'000 - head.size() - tail.size();
  EXPECT_TRUE(parse_message(Version::v2, head + std::string(room, 'x') + tail).has_value());
  EXPECT_FALSE(parse_message(Version::v2, head + std::string(room + 1, 'x') + tail).has_value());
}

TEST(Message, WritesBothVersions) {
  const Push push{
      .join_ref = R"("1")", .ref = R"("2")", .topic = "realtime:a", .event = "e", .payload = "[]"};
  EXPECT_EQ(to_text(Version::v2, push), R"(["1","2","realtime:a","e",[]])");
  EXPECT_EQ(to_text(Version::v1, push),
            R"({"ref":"2","topic":"realtime:a","event":"e","payload":[]})");
}

// kind, five sizes, coding, then the strings and the payload.
std::string client_frame(char coding, std::string_view metadata, std::string_view payload) {
  std::string out{3, 1, 1, 3, 2, static_cast<char>(metadata.size()), coding};
  out += "12t:xev";
  return out.append(metadata).append(payload);
}

TEST(BinaryBroadcast, PassesThePayloadThrough) {
  const std::string frame = client_frame(1, R"({"m":1})", R"({"x": 1})");
  const auto read = parse_binary_broadcast(frame);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->join_ref, R"("1")");
  EXPECT_EQ(read->ref, R"("2")");
  EXPECT_EQ(read->topic, "t:x");
  EXPECT_EQ(read->event, "ev");
  EXPECT_EQ(to_binary(*read), std::string({4, 3, 2, 7, 1}) + R"(t:xev{"m":1}{"x": 1})");
  EXPECT_EQ(broadcast_payload(*read),
            R"({"type":"broadcast","event":"ev","payload":{"x": 1},"meta":{"m":1}})");
}

TEST(BinaryBroadcast, BytesNeedNotBeJson) {
  const auto read = parse_binary_broadcast(client_frame(0, "", "\xff\x00"));
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->json);
}

TEST(BinaryBroadcast, RefusesBrokenFrames) {
  const std::string whole = client_frame(1, "{}", "1");
  for (std::size_t size = 0; size + 1 < whole.size(); ++size)
    EXPECT_FALSE(parse_binary_broadcast(whole.substr(0, size)).has_value()) << size;
  EXPECT_FALSE(parse_binary_broadcast(client_frame(1, "", "not json")).has_value());
  EXPECT_FALSE(parse_binary_broadcast(client_frame(1, "[]", "1")).has_value());
  EXPECT_FALSE(parse_binary_broadcast(client_frame(2, "", "1")).has_value());
  EXPECT_FALSE(parse_binary_broadcast(client_frame(0, "\xff", "1")).has_value());
}

}  // namespace
}  // namespace flash::realtime
