#include "realtime/session.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace flash::realtime {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{std::chrono::seconds(1'800'000'000)};

// "good:<claims>:<seconds to live>", "gone" after a sign-out; anything else is malformed.
Result<Caller> verify(std::string_view token) {
  const auto parts = text::split(token, ':');
  if (parts.size() == 3 && parts[0] == "good")
    return Caller{"authenticated", std::string(parts[1]),
                  start + std::chrono::seconds(*text::parse_int<int>(parts[2]))};
  if (token == "gone") return fail(Kind::unauthenticated, "session_ended", "");
  if (token == "later") return fail(Kind::unavailable, "session_unconfirmed", "");
  return fail(Kind::unauthenticated, "jwt_malformed", "");
}

// A session fed with messages; what it sends back as text, in order.
class SessionTest : public testing::Test {
 protected:
  std::vector<std::string> send(std::string_view frame, Duration after = 0s) {
    session.receive_text(frame, start + after);
    return sent();
  }
  // Takes the effects: the texts that go out; others are kept in `effects`.
  std::vector<std::string> sent() {
    std::vector<std::string> out;
    effects.clear();
    for (Effect& effect : session.take_effects()) {
      if (auto* text = std::get_if<effect::Send>(&effect)) {
        out.push_back(std::move(text->payload));
      } else {
        effects.push_back(std::move(effect));
      }
    }
    return out;
  }
  template <class T>
  const T* find() const {
    for (const Effect& effect : effects)
      if (const T* found = std::get_if<T>(&effect)) return found;
    return nullptr;
  }
  std::vector<std::string> join(std::string_view topic, std::string_view config = "{}",
                                std::string_view ref = "1") {
    return send(text::cat("[\"", ref, "\",\"", ref, "\",\"realtime:", topic,
                          R"(","phx_join",{"config":)", config, "}]"));
  }

  Verify check{verify};
  SessionLimits limits;
  Session session{
      Version::v2, Caller{"anon", "{}", std::nullopt}, "sb_publishable_x", check, limits, start};
  std::vector<Effect> effects;
};

using Sent = std::vector<std::string>;

constexpr std::string_view ok_join =
    R"(["1","1","realtime:a","phx_reply",{"status":"ok","response":{"postgres_changes":[]}}])";

TEST_F(SessionTest, AHeartbeatIsAnswered) {
  EXPECT_EQ(send(R"([null,"9","phoenix","heartbeat",{}])"),
            Sent{R"([null,"9","phoenix","phx_reply",{"status":"ok","response":{}}])"});
}

TEST_F(SessionTest, JoinAndLeave) {
  EXPECT_EQ(join("a"), Sent{std::string(ok_join)});
  ASSERT_NE(find<effect::Opened>(), nullptr);
  EXPECT_EQ(find<effect::Opened>()->topic, "a");
  EXPECT_EQ(send(R"(["1","2","realtime:a","phx_leave",{}])"),
            (Sent{R"(["1","2","realtime:a","phx_reply",{"status":"ok","response":{}}])",
                  R"(["1","1","realtime:a","phx_close",{}])"}));
  EXPECT_NE(find<effect::Closed>(), nullptr);
  EXPECT_EQ(session.channels(), 0U);
}

TEST_F(SessionTest, VersionOneSpeaksObjects) {
  Session old{Version::v1, Caller{"anon", "{}", std::nullopt}, "", check, limits, start};
  old.receive_text(R"({"topic":"realtime:a","event":"phx_join","payload":{},"ref":"1"})", start);
  const auto out = old.take_effects();
  EXPECT_EQ(std::get<effect::Send>(out.back()).payload,
            R"({"ref":"1","topic":"realtime:a","event":"phx_reply",)"
            R"("payload":{"status":"ok","response":{"postgres_changes":[]}}})");
}

TEST_F(SessionTest, ASecondJoinClosesTheFirst) {
  join("a");
  EXPECT_EQ(
      join("a", "{}", "2"),
      (Sent{
          R"(["1","1","realtime:a","phx_close",{}])",
          R"(["2","2","realtime:a","phx_reply",{"status":"ok","response":{"postgres_changes":[]}}])"}));
  EXPECT_EQ(session.channels(), 1U);
}

TEST_F(SessionTest, MessagesToATopicNotJoinedAreRefused) {
  EXPECT_EQ(
      send(R"(["1","2","realtime:b","broadcast",{}])"),
      Sent{
          R"(["1","2","realtime:b","phx_reply",{"status":"error","response":{"reason":"unmatched topic"}}])"});
  EXPECT_EQ(send(R"(["1","2","other","phx_join",{}])").size(), 1U);
  EXPECT_EQ(session.channels(), 0U);
}

TEST_F(SessionTest, MalformedFramesAreDroppedAndTheConnectionStays) {
  EXPECT_TRUE(send("nonsense").empty());
  EXPECT_TRUE(send("[1,2]").empty());
  EXPECT_TRUE(effects.empty());
  EXPECT_EQ(join("a"), Sent{std::string(ok_join)});
}

TEST_F(SessionTest, JoinsThatAreRefused) {
  EXPECT_NE(join("").front().find("TopicNameRequired"), std::string::npos);
  EXPECT_NE(
      join("a", R"({"private":true})").front().find("Unauthorized: You do not have permissions"),
      std::string::npos);
  EXPECT_NE(send(R"(["1","1","realtime:a","phx_join",{"access_token":"bad"}])")
                .front()
                .find("MalformedJWT"),
            std::string::npos);
  EXPECT_NE(send(R"(["1","1","realtime:a","phx_join",{"access_token":"good:c:-5"}])")
                .front()
                .find("InvalidJWTToken: Token has expired 5 seconds ago"),
            std::string::npos);
  EXPECT_EQ(session.channels(), 0U);
}

TEST_F(SessionTest, ChannelsAtTheLimitAndOver) {
  limits.channels_max = 2;
  join("a");
  join("b");
  EXPECT_NE(join("c").front().find("ChannelRateLimitReached: Too many channels"),
            std::string::npos);
  EXPECT_EQ(session.channels(), 2U);
}

constexpr std::string_view two_bindings =
    R"({"postgres_changes":[{"event":"*","schema":"public","table":"t","filter":"a=eq.1"},)"
    R"({"event":"INSERT","schema":"public","table":"t"}]})";

TEST_F(SessionTest, AJoinWithChangesIsAnsweredWhenItIsRegistered) {
  EXPECT_TRUE(join("a", two_bindings).empty());
  const auto* wish = find<effect::Subscribe>();
  ASSERT_NE(wish, nullptr);
  ASSERT_EQ(wish->bindings.size(), 2U);
  EXPECT_EQ(wish->caller.role, "anon");
  const auto first = std::to_string(wish->bindings[0].id);
  const auto second = std::to_string(wish->bindings[1].id);
  EXPECT_NE(first, second);
  const ChannelId channel = wish->channel;
  session.registered(channel);
  EXPECT_EQ(
      sent(),
      Sent{text::cat(
          R"(["1","1","realtime:a","phx_reply",{"status":"ok","response":{"postgres_changes":[)",
          R"({"event":"*","schema":"public","table":"t","filter":"a=eq.1","id":)", first,
          R"(},{"event":"INSERT","schema":"public","table":"t","id":)", second, "}]}}]")});
  session.checked(channel, {});
  EXPECT_EQ(sent(), Sent{R"(["1",null,"realtime:a","system",{"extension":"postgres_changes",)"
                         R"("status":"ok","message":"Subscribed to PostgreSQL","channel":"a"}])"});
  session.checked(channel, fail(Kind::invalid, "x", "no such table"));
  EXPECT_NE(sent().front().find(R"("status":"error","message":"no such table")"),
            std::string::npos);
}

TEST_F(SessionTest, EqualBindingsHaveEqualIds) {
  join("a", two_bindings);
  const auto first = find<effect::Subscribe>()->bindings;
  join("b", two_bindings);
  EXPECT_EQ(find<effect::Subscribe>()->bindings[0].id, first[0].id);
  EXPECT_LT(first[0].id, 1U << 27U);
}

TEST_F(SessionTest, AnswersForAChannelThatLeftAreIgnored) {
  join("a", two_bindings);
  const ChannelId channel = find<effect::Subscribe>()->channel;
  send(R"(["1","2","realtime:a","phx_leave",{}])");
  session.registered(channel);
  session.checked(channel, {});
  session.presence_state(channel, "{}");
  EXPECT_TRUE(sent().empty());
}

TEST_F(SessionTest, AFreshTokenSubscribesAnewWithoutAReply) {
  send(text::cat(R"(["1","1","realtime:a","phx_join",{"access_token":"good:c:60","config":)",
                 two_bindings, "}]"));
  session.registered(1);
  sent();
  EXPECT_TRUE(
      send(R"(["1","2","realtime:a","access_token",{"access_token":"good:d:90"}])").empty());
  ASSERT_NE(find<effect::Subscribe>(), nullptr);
  EXPECT_EQ(find<effect::Subscribe>()->caller.claims, "d");
  // Nothing happens for a key, for none, or for the one that it has.
  for (const char* token : {R"("sb_secret_x")", "null", R"("good:d:90")"}) {
    EXPECT_TRUE(
        send(text::cat(R"(["1","2","realtime:a","access_token",{"access_token":)", token, "}]"))
            .empty());
    EXPECT_TRUE(effects.empty());
  }
}

TEST_F(SessionTest, ABadFreshTokenEndsTheChannel) {
  join("a");
  const auto out = send(R"(["1","2","realtime:a","access_token",{"access_token":"bad"}])");
  ASSERT_EQ(out.size(), 2U);
  EXPECT_NE(out[0].find(R"("extension":"system","status":"error")"), std::string::npos);
  EXPECT_NE(out[1].find("phx_close"), std::string::npos);
}

TEST_F(SessionTest, AnExpiredTokenEndsItsChannelOnly) {
  send(R"(["1","1","realtime:a","phx_join",{"access_token":"good:c:5"}])");
  join("b", "{}", "2");
  session.tick(start + 4s);
  EXPECT_TRUE(sent().empty());
  session.tick(start + 5s);
  const auto out = sent();
  ASSERT_EQ(out.size(), 2U);
  EXPECT_NE(out[0].find("Token has expired 0 seconds ago"), std::string::npos);
  EXPECT_EQ(session.channels(), 1U);
}

TEST_F(SessionTest, ATokenWhoseSessionEndedEndsItsChannel) {
  bool over = false, unsure = false;
  const Verify changing = [&](std::string_view token) {
    return verify(unsure ? "later" : over ? "gone" : token);
  };
  Session other{Version::v2, Caller{}, "", changing, limits, start};
  other.receive_text(R"(["1","1","realtime:a","phx_join",{"access_token":"good:c:500"}])", start);
  unsure = true;  // no answer is no reason to end it
  other.tick(start + 11s);
  EXPECT_EQ(other.channels(), 1U);
  unsure = false;
  over = true;
  other.tick(start + 12s);
  EXPECT_EQ(other.channels(), 0U);
}

TEST_F(SessionTest, ASilentSocketIsClosed) {
  session.tick(start + limits.idle_max);
  sent();
  EXPECT_EQ(find<effect::Close>(), nullptr);
  session.tick(start + limits.idle_max + 1s);
  sent();
  ASSERT_NE(find<effect::Close>(), nullptr);
}

TEST_F(SessionTest, BroadcastIsAcknowledgedOnlyWhenAsked) {
  join("a", R"({"broadcast":{"ack":true,"self":"True"}})");
  EXPECT_EQ(
      send(R"(["1","2","realtime:a","broadcast",{"type":"broadcast","event":"e","payload":{}}])"),
      Sent{R"(["1","2","realtime:a","phx_reply",{"status":"ok","response":{}}])"});
  ASSERT_NE(find<effect::Broadcast>(), nullptr);
  EXPECT_TRUE(find<effect::Broadcast>()->self);
  EXPECT_EQ(find<effect::Broadcast>()->payload, R"({"type":"broadcast","event":"e","payload":{}})");
  join("b", "{}", "2");
  EXPECT_TRUE(send(R"(["2","3","realtime:b","broadcast",{}])").empty());
  EXPECT_FALSE(find<effect::Broadcast>()->self);
}

TEST_F(SessionTest, ABroadcastOverTheLimitIsRefused) {
  limits.broadcast_bytes_max = 10;
  join("a", R"({"broadcast":{"ack":true}})");
  EXPECT_EQ(send(R"(["1","2","realtime:a","broadcast","12345678"])").size(), 1U);
  EXPECT_NE(find<effect::Broadcast>(), nullptr);
  EXPECT_NE(send(R"(["1","2","realtime:a","broadcast","123456789"])")
                .front()
                .find("payload_size_exceeded"),
            std::string::npos);
  EXPECT_EQ(find<effect::Broadcast>(), nullptr);
}

TEST_F(SessionTest, ABinaryBroadcastReachesBothVersions) {
  join("a");
  std::string frame{3, 1, 1, 10, 1, 0, 1};
  frame += R"(12realtime:ae{"x":1})";
  session.receive_binary(frame, start);
  EXPECT_TRUE(sent().empty());
  const auto* broadcast = find<effect::Broadcast>();
  ASSERT_NE(broadcast, nullptr);
  EXPECT_EQ(broadcast->payload, R"({"type":"broadcast","event":"e","payload":{"x":1}})");
  EXPECT_EQ(broadcast->binary, std::string({4, 10, 1, 0, 1}) + R"(realtime:ae{"x":1})");
}

TEST_F(SessionTest, PresenceIsEnteredAtJoinOrByTracking) {
  join("a", R"({"presence":{"enabled":true,"key":"me"}})");
  ASSERT_NE(find<effect::EnterPresence>(), nullptr);
  const ChannelId channel = find<effect::EnterPresence>()->channel;
  session.presence_state(channel, "{}");
  EXPECT_EQ(sent(), Sent{R"(["1",null,"realtime:a","presence_state",{}])"});
  EXPECT_EQ(
      send(
          R"(["1","2","realtime:a","presence",{"event":"TRACK","payload":{"x":1,"phx_ref":"forged"}}])"),
      Sent{R"(["1","2","realtime:a","phx_reply",{"status":"ok","response":{}}])"});
  EXPECT_EQ(find<effect::EnterPresence>(), nullptr);
  EXPECT_EQ(find<effect::Track>()->key, "me");
  EXPECT_EQ(find<effect::Track>()->meta, R"({"x":1})");
  send(R"(["1","3","realtime:a","presence",{"event":"untrack"}])");
  EXPECT_NE(find<effect::Untrack>(), nullptr);

  join("b", "{}", "2");
  EXPECT_EQ(find<effect::EnterPresence>(), nullptr);
  send(R"(["2","4","realtime:b","presence",{"event":"track","payload":{}}])");
  EXPECT_NE(find<effect::EnterPresence>(), nullptr);
  EXPECT_EQ(find<effect::Track>()->key.size(), 36U);  // a UUID of the server's
}

TEST_F(SessionTest, PresencePayloadsThatAreRefused) {
  limits.presence_bytes_max = 9;
  join("a");
  EXPECT_NE(send(R"(["1","2","realtime:a","presence",{"event":"track","payload":[]}])")
                .front()
                .find("Presence track payload must be a map"),
            std::string::npos);
  send(R"(["1","2","realtime:a","presence",{"event":"track","payload":{"x":"1"}}])");
  EXPECT_NE(find<effect::Track>(), nullptr);
  EXPECT_NE(send(R"(["1","2","realtime:a","presence",{"event":"track","payload":{"x":"12"}}])")
                .front()
                .find("Track message size exceeded"),
            std::string::npos);
  EXPECT_EQ(session.channels(), 0U);
}

TEST_F(SessionTest, TooManyMessagesEndTheChannel) {
  limits.messages_per_second = 5;
  Session hasty{Version::v2, Caller{}, "", check, limits, start};
  hasty.receive_text(R"(["1","1","realtime:a","phx_join",{}])", start);
  for (int i = 0; i < 10; ++i)
    hasty.receive_text(R"(["1","2","realtime:a","broadcast",{}])", start);
  EXPECT_EQ(hasty.channels(), 1U);
  hasty.receive_text(R"(["1","2","realtime:a","broadcast",{}])", start);
  EXPECT_EQ(hasty.channels(), 0U);
  hasty.receive_text(R"(["1","1","realtime:a","phx_join",{}])", start + 1s);
  EXPECT_EQ(hasty.channels(), 1U);
}

TEST_F(SessionTest, TooManyJoinsCloseTheSocket) {
  limits.joins_burst = 4;
  Session hasty{Version::v2, Caller{}, "", check, limits, start};
  const auto closes = [&] {
    hasty.receive_text(R"(["1","1","realtime:a","phx_join",{}])", start);
    return std::ranges::any_of(hasty.take_effects(), [](const Effect& e) {
      return std::holds_alternative<effect::Close>(e);
    });
  };
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(closes()) << i;
  EXPECT_TRUE(closes());
}

}  // namespace
}  // namespace flash::realtime
