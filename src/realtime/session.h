// The protocol of one socket as a value: messages in, effects out. It knows no socket, clock or
// database.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"
#include "realtime/binding.h"
#include "realtime/caller.h"
#include "realtime/message.h"

namespace flash::realtime {

using ChannelId = std::uint32_t;  // within a socket, never used twice

struct SessionLimits {
  std::size_t channels_max = 100;
  std::size_t topic_bytes_max = 200;  // binary frames have one byte for it
  std::size_t broadcast_bytes_max = 3'000'500;
  std::size_t presence_bytes_max = 16'384;
  double messages_per_second = 200;  // with a burst of twice as many
  double joins_per_second = 10;  // a join may ask the database; a reconnection joins all channels
  double joins_burst = 120;
  double presence_per_second = 5;                     // with a burst of ten times as many
  Duration idle_max = std::chrono::seconds(70);       // clients beat every 25 s
  Duration recheck_every = std::chrono::seconds(10);  // of tokens: sessions end elsewhere, too
};

namespace effect {

struct Send {  // to this socket
  std::string payload;
};
struct Close {
  std::uint16_t code = 1000;
  std::string reason;
};
struct Opened {  // the channel may be sent broadcasts of the topic from now on
  ChannelId channel = 0;
  std::string topic;  // without "realtime:"
};
struct Closed {  // everything of the channel ends: subscriptions, presence, broadcasts
  ChannelId channel = 0;
};
struct Subscribe {  // replaces what the channel was subscribed to; answered by registered()
  ChannelId channel = 0;
  std::string topic;
  Caller caller;
  std::vector<Binding> bindings;
};
struct EnterPresence {  // answered by presence_state(), then by diffs
  ChannelId channel = 0;
};
struct Track {
  ChannelId channel = 0;
  std::string key;
  std::string meta;  // JSON object
};
struct Untrack {
  ChannelId channel = 0;
};
// To every channel of the topic, in the form that its version can carry.
struct Broadcast {
  ChannelId channel = 0;
  std::string topic;
  bool self = false;    // to the sender too
  std::string payload;  // JSON text; empty: only sockets of version 2 can have it
  std::string binary;   // frame of kind 4; empty: it came as text
};

}  // namespace effect

using Effect =
    std::variant<effect::Send, effect::Close, effect::Opened, effect::Closed, effect::Subscribe,
                 effect::EnterPresence, effect::Track, effect::Untrack, effect::Broadcast>;

// So many a second, with a burst.
class Bucket {
 public:
  Bucket(double per_second, double burst) : per_second_(per_second), burst_(burst), left_(burst) {}
  bool take(Instant now);

 private:
  double per_second_, burst_, left_;
  Instant filled_{};
};

class Session {
 public:
  // `verify` must outlive the session. `caller` and `token`: of the handshake.
  Session(Version version, Caller caller, std::string token, const Verify& verify,
          const SessionLimits& limits, Instant now);

  void receive_text(std::string_view frame, Instant now);
  void receive_binary(std::string_view frame, Instant now);
  // The sequencer has the subscription: commits from now on are told.
  void registered(ChannelId channel);
  // It was checked against the database; an error is for the subscriber.
  void checked(ChannelId channel, const Result<void>& result);
  void presence_state(ChannelId channel, std::string_view state);
  void system(ChannelId channel, std::string_view extension, bool ok, std::string_view message);
  // Ends the channel with a system error.
  void end(ChannelId channel, std::string_view message);
  // Ends channels whose token expired, and the socket when nothing was heard for long. Once a
  // second.
  void tick(Instant now);

  [[nodiscard]] std::vector<Effect> take_effects() { return std::exchange(effects_, {}); }
  [[nodiscard]] Version version() const { return version_; }
  [[nodiscard]] std::size_t channels() const { return channels_.size(); }

 private:
  struct Channel {
    ChannelId id = 0;
    std::string join_ref;  // JSON text
    std::string ref;       // of the join, until it is answered
    bool joining = false;  // waits for registered()
    bool entered = false;  // presence was asked for
    Caller caller;
    std::string token;
    Instant verified;  // when the token was last found good
    Join join;
    Bucket presence_calls;
  };
  using Channels = std::map<std::string, Channel, std::less<>>;  // by wire topic

  void handle(Message message, Instant now);
  void handle_join(const Message& message, Instant now);
  void open(const Message& message, Join join, Caller caller, std::string token, Instant now);
  void recheck(Channels::iterator channel, Instant now);
  void handle_leave(Channels::iterator channel, const Message& message);
  void handle_token(Channels::iterator channel, const Message& message);
  void handle_presence(Channel& channel, const Message& message, Instant now);
  void handle_broadcast(Channel& channel, const Message& message);
  void handle_binary(Channel& channel, const BinaryBroadcast& broadcast);
  Result<Caller> identify(std::string_view token) const;

  void reply(const Message& to, bool ok, std::string_view response);
  void reply_error(const Message& to, std::string_view reason);
  void send(const Push& push);
  void confirm_join(Channel& channel);
  void enter(Channel& channel);
  void push_system(const std::string& topic, const Channel& channel, std::string_view extension,
                   bool ok, std::string_view message);
  void close(Channels::iterator channel);  // phx_close and Closed
  void end(Channels::iterator channel, std::string_view message);
  Channels::iterator find(ChannelId id);

  Version version_;
  Caller caller_;
  std::string token_;
  const Verify& verify_;
  const SessionLimits& limits_;
  Channels channels_;
  std::vector<Effect> effects_;
  Bucket messages_, joins_;
  Instant heard_;
  ChannelId last_id_ = 0;
  bool closing_ = false;
};

}  // namespace flash::realtime
