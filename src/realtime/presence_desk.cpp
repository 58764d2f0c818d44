#include "realtime/presence_desk.h"

#include "base/log.h"

namespace flash::realtime {
namespace {

// A lone change is told at once; in a storm of joins, diffs gather for so long.
constexpr std::chrono::milliseconds gather{20};

}  // namespace

void PresenceDesk::enter(const ChannelKey& channel, const std::string& topic) {
  Room& room = rooms_[topic];
  // Who is there already gets what is pending; the newcomer has it in the state.
  flush(topic, room);
  ++room.listeners[channel.core];
  out_.state(channel, room.presence.state());
}

void PresenceDesk::leave(const ChannelKey& channel, const std::string& topic) {
  const auto found = rooms_.find(topic);
  if (found == rooms_.end()) return;
  Room& room = found->second;
  room.presence.untrack(channel);
  if (const auto core = room.listeners.find(channel.core);
      core != room.listeners.end() && --core->second == 0)
    room.listeners.erase(core);
  if (room.listeners.empty()) {
    rooms_.erase(found);
  } else {
    changed(topic, room);
  }
}

void PresenceDesk::track(const ChannelKey& channel, const std::string& topic, std::string key,
                         std::string meta) {
  const auto room = rooms_.find(topic);
  if (room == rooms_.end()) return;  // left in the meantime
  if (!room->second.presence.track(channel, std::move(key), std::move(meta)))
    log::warning("presence_full", {{"topic", topic}});
  changed(topic, room->second);
}

void PresenceDesk::untrack(const ChannelKey& channel, const std::string& topic) {
  const auto room = rooms_.find(topic);
  if (room == rooms_.end()) return;
  room->second.presence.untrack(channel);
  changed(topic, room->second);
}

void PresenceDesk::changed(const std::string& topic, Room& room) {
  if (room.due || !room.presence.changed()) return;
  const bool lone = Steady::now() - room.flushed > gather;
  if (lone) return flush(topic, room);
  room.due = true;
  core_.spawn(flush_later(*this, topic, gather));
}

void PresenceDesk::flush(const std::string& topic, Room& room) {
  if (!room.presence.changed()) return;
  room.flushed = Steady::now();
  const std::string diff = room.presence.take_diff();
  for (const auto& [core, channels] : room.listeners) out_.diff(core, topic, diff);
}

loop::Task<void> PresenceDesk::flush_later(PresenceDesk& desk, std::string topic,
                                           std::chrono::milliseconds delay) {
  co_await loop::sleep(delay);
  const auto room = desk.rooms_.find(topic);
  if (room == desk.rooms_.end()) co_return;
  room->second.due = false;
  desk.flush(topic, room->second);
}

}  // namespace flash::realtime
