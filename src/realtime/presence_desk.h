// Presence of all topics of this node, on one core: channels of every core enter, track and leave
// here.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include "loop/core.h"
#include "realtime/presence.h"

namespace flash::realtime {

// Called on the desk's core; each posts to the hub of that core.
struct PresenceOut {
  std::function<void(const ChannelKey& channel, std::string state)> state;
  std::function<void(unsigned core, std::string topic, std::string diff)> diff;
};

class PresenceDesk {
 public:
  PresenceDesk(loop::Core& core, PresenceOut out) : core_(core), out_(std::move(out)) {}

  // The channel is sent the state, and from then on the diffs.
  void enter(const ChannelKey& channel, const std::string& topic);
  void leave(const ChannelKey& channel, const std::string& topic);
  void track(const ChannelKey& channel, const std::string& topic, std::string key,
             std::string meta);
  void untrack(const ChannelKey& channel, const std::string& topic);

 private:
  using Steady = std::chrono::steady_clock;
  struct Room {
    Presence presence;
    std::map<unsigned, std::size_t> listeners;  // channels a core
    Steady::time_point flushed;
    bool due = false;  // a flush is on its way
  };

  void changed(const std::string& topic, Room& room);
  void flush(const std::string& topic, Room& room);
  static loop::Task<void> flush_later(PresenceDesk& desk, std::string topic,
                                      std::chrono::milliseconds delay);

  loop::Core& core_;
  PresenceOut out_;
  std::unordered_map<std::string, Room> rooms_;
};

}  // namespace flash::realtime
