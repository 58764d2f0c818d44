// The sockets of one core: runs what their sessions ask for and hands shared frames to them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "loop/core.h"
#include "metrics/metrics.h"
#include "realtime/presence.h"
#include "realtime/session.h"

namespace flash::realtime {

// A WebSocket message ready for the wire, built once and shared by its receivers.
using Frame = std::shared_ptr<const std::string>;
using Framer = Frame (*)(std::string_view payload, bool binary);
using SocketId = std::uint64_t;
using AudienceId = std::uint64_t;

// What a socket can be told. A socket that does not read is closed by itself when its queue is
// full: reconnecting loses nothing silently. `closed()` of the hub is called when it is gone, after
// close() too.
struct Port {
  std::function<void(Frame frame)> send;
  std::function<void(std::uint16_t code, std::string_view reason)> close;
};

struct Subscription {
  ChannelKey channel;
  Version version = Version::v2;
  std::string topic;
  Caller caller;
  std::vector<Binding> bindings;
};

// Where a hub's requests go; each runs on the core of who answers it.
struct Desk {
  std::function<void(Subscription)> subscribe;
  std::function<void(unsigned core, AudienceId audience)> unsubscribe;
  std::function<void(ChannelKey, std::string topic)> enter_presence;
  std::function<void(ChannelKey, std::string topic)> leave_presence;
  std::function<void(ChannelKey, std::string topic, std::string key, std::string meta)> track;
  std::function<void(ChannelKey, std::string topic)> untrack;
  std::function<void(unsigned from, effect::Broadcast)> broadcast;  // to the other hubs
};

struct Delivery {
  AudienceId audience = 0;
  Frame frame;
};

struct HubOptions {
  SessionLimits limits;
  std::size_t sockets_max = 10'000;  // of this core
};

struct HubMetrics {
  metrics::Gauge& sockets;
  metrics::Gauge& channels;
};

class Hub {
 public:
  Hub(loop::Core& core, const HubOptions& options, Verify verify, Framer framer, Desk desk,
      HubMetrics metrics);
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  // All on this core. Too many sockets already, or the server stops: open() would give 0.
  [[nodiscard]] bool full() const { return draining_ || sockets_.size() >= options_.sockets_max; }
  SocketId open(Port port, Version version, Caller caller, std::string token);
  void receive(SocketId socket, std::string_view payload, bool binary);
  void closed(SocketId socket);

  void registered(const ChannelKey& channel, AudienceId audience);
  void checked(const ChannelKey& channel, const Result<void>& result);
  void deliver(const std::vector<Delivery>& deliveries);
  void tell(AudienceId audience, bool ok, std::string_view message);  // a system message
  void presence_state(const ChannelKey& channel, std::string_view state);
  void presence_diff(const std::string& topic, std::string_view diff);
  void broadcast(const effect::Broadcast& broadcast, const ChannelKey* sender);

  void start();  // beats once a second
  void drain();  // closes every socket with 1001, and opens no more
  [[nodiscard]] loop::Core& core() { return core_; }

 private:
  struct ChannelState {
    std::string topic;
    AudienceId audience = 0;
    bool present = false;
  };
  struct Socket {
    Port port;
    Session session;
    std::unordered_map<ChannelId, ChannelState> channels;
  };
  struct Place {
    SocketId socket = 0;
    ChannelId channel = 0;
    auto operator<=>(const Place&) const = default;
  };

  static loop::Task<void> beat(Hub& hub);
  void count();
  void run(SocketId id);
  void run(SocketId id, Effect effect);
  void close_channel(SocketId id, ChannelId channel);
  void send(SocketId id, const Frame& frame);
  void leave_audience(AudienceId audience, Place place);
  ChannelKey key(SocketId socket, ChannelId channel) const {
    return {core_.index(), socket, channel};
  }
  ChannelState* find(SocketId socket, ChannelId channel);

  loop::Core& core_;
  const HubOptions& options_;
  Verify verify_;
  Framer framer_;
  Desk desk_;
  HubMetrics metrics_;
  std::unordered_map<SocketId, Socket> sockets_;
  std::unordered_map<std::string, std::set<Place>> topics_;
  std::unordered_map<AudienceId, std::set<Place>> audiences_;
  SocketId last_id_ = 0;
  loop::Timer timer_;
  bool draining_ = false;
};

}  // namespace flash::realtime
