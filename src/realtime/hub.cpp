#include "realtime/hub.h"

#include "base/log.h"

namespace flash::realtime {
namespace {

constexpr std::uint16_t going_away = 1001;  // RFC 6455 section 7.4.1

std::string wire_topic(std::string_view topic) { return "realtime:" + std::string(topic); }

// The frame of each version, made when the first receiver of that version is met.
class Frames {
 public:
  Frames(Framer framer, std::string topic, std::string_view event, std::string_view payload)
      : framer_(framer), topic_(std::move(topic)), event_(event), payload_(payload) {}

  const Frame& of(Version version) {
    Frame& frame = frames_[static_cast<std::size_t>(version) - 1];
    if (!frame)
      frame = framer_(to_text(version, Push{.topic = topic_, .event = event_, .payload = payload_}),
                      false);
    return frame;
  }

 private:
  Framer framer_;
  std::string topic_;
  std::string_view event_, payload_;
  Frame frames_[2];
};

}  // namespace

Hub::Hub(loop::Core& core, const HubOptions& options, Verify verify, Framer framer, Desk desk,
         HubMetrics metrics)
    : core_(core),
      options_(options),
      verify_(std::move(verify)),
      framer_(framer),
      desk_(std::move(desk)),
      metrics_(metrics),
      timer_(core.executor()) {}

SocketId Hub::open(Port port, Version version, Caller caller, std::string token) {
  if (full()) return 0;
  const SocketId id = ++last_id_;
  sockets_.emplace(id, Socket{std::move(port),
                              Session(version, std::move(caller), std::move(token), verify_,
                                      options_.limits, SystemClock().now()),
                              {}});
  return id;
}

void Hub::receive(SocketId id, std::string_view payload, bool binary) {
  const auto socket = sockets_.find(id);
  if (socket == sockets_.end()) return;
  const Instant now = SystemClock().now();
  if (binary) {
    socket->second.session.receive_binary(payload, now);
  } else {
    socket->second.session.receive_text(payload, now);
  }
  run(id);
}

void Hub::closed(SocketId id) {
  const auto socket = sockets_.find(id);
  if (socket == sockets_.end()) return;
  std::vector<ChannelId> channels;
  for (const auto& [channel, state] : socket->second.channels) channels.push_back(channel);
  for (const ChannelId channel : channels) close_channel(id, channel);
  sockets_.erase(id);
}

void Hub::run(SocketId id) {
  const auto socket = sockets_.find(id);
  if (socket == sockets_.end()) return;
  for (Effect& effect : socket->second.session.take_effects()) run(id, std::move(effect));
}

// Sending may end the socket on the spot, so it is looked up for every effect.
void Hub::run(SocketId id, Effect effect) {
  const auto socket = sockets_.find(id);
  if (socket == sockets_.end()) return;
  if (auto* text = std::get_if<effect::Send>(&effect)) {
    send(id, framer_(text->payload, false));
  } else if (auto* close = std::get_if<effect::Close>(&effect)) {
    const auto close_socket = socket->second.port.close;
    close_socket(close->code, close->reason);
  } else if (auto* opened = std::get_if<effect::Opened>(&effect)) {
    topics_[opened->topic].insert({id, opened->channel});
    socket->second.channels[opened->channel].topic = std::move(opened->topic);
  } else if (auto* ended = std::get_if<effect::Closed>(&effect)) {
    close_channel(id, ended->channel);
  } else if (auto* wish = std::get_if<effect::Subscribe>(&effect)) {
    desk_.subscribe({key(id, wish->channel), socket->second.session.version(),
                     std::move(wish->topic), std::move(wish->caller), std::move(wish->bindings)});
  } else if (auto* sent = std::get_if<effect::Broadcast>(&effect)) {
    const ChannelKey sender = key(id, sent->channel);
    broadcast(*sent, sent->self ? nullptr : &sender);
    desk_.broadcast(core_.index(), std::move(*sent));
  } else if (auto* enter = std::get_if<effect::EnterPresence>(&effect)) {
    ChannelState* state = find(id, enter->channel);
    if (state == nullptr) return;
    state->present = true;
    desk_.enter_presence(key(id, enter->channel), state->topic);
  } else if (auto* track = std::get_if<effect::Track>(&effect)) {
    if (const ChannelState* state = find(id, track->channel))
      desk_.track(key(id, track->channel), state->topic, std::move(track->key),
                  std::move(track->meta));
  } else if (auto* untrack = std::get_if<effect::Untrack>(&effect)) {
    if (const ChannelState* state = find(id, untrack->channel))
      desk_.untrack(key(id, untrack->channel), state->topic);
  }
}

Hub::ChannelState* Hub::find(SocketId id, ChannelId channel) {
  const auto socket = sockets_.find(id);
  if (socket == sockets_.end()) return nullptr;
  const auto state = socket->second.channels.find(channel);
  return state == socket->second.channels.end() ? nullptr : &state->second;
}

void Hub::close_channel(SocketId id, ChannelId channel) {
  const ChannelState* found = find(id, channel);
  if (found == nullptr) return;
  const ChannelState state = *found;
  sockets_.at(id).channels.erase(channel);
  if (const auto topic = topics_.find(state.topic); topic != topics_.end()) {
    topic->second.erase({id, channel});
    if (topic->second.empty()) topics_.erase(topic);
  }
  if (state.present) desk_.leave_presence(key(id, channel), state.topic);
  if (state.audience != 0) leave_audience(state.audience, {id, channel});
}

void Hub::leave_audience(AudienceId audience, Place place) {
  const auto listeners = audiences_.find(audience);
  if (listeners == audiences_.end() || listeners->second.erase(place) == 0) return;
  if (listeners->second.empty()) audiences_.erase(listeners);
  desk_.unsubscribe(core_.index(), audience);
}

void Hub::send(SocketId id, const Frame& frame) {
  const auto socket = sockets_.find(id);
  if (socket == sockets_.end()) return;
  // A copy: sending may end the socket, and with it the function.
  const auto send_frame = socket->second.port.send;
  send_frame(frame);
}

void Hub::registered(const ChannelKey& channel, AudienceId audience) {
  ChannelState* state = find(channel.socket, channel.channel);
  if (state == nullptr) {  // left in the meantime
    desk_.unsubscribe(core_.index(), audience);
    return;
  }
  const Place place{channel.socket, channel.channel};
  const AudienceId before = std::exchange(state->audience, audience);
  if (before == audience) {  // the same claims and bindings again: one registration is enough
    desk_.unsubscribe(core_.index(), audience);
  } else {
    audiences_[audience].insert(place);
    if (before != 0) leave_audience(before, place);
  }
  sockets_.at(channel.socket).session.registered(channel.channel);
  run(channel.socket);
}

void Hub::checked(const ChannelKey& channel, const Result<void>& result) {
  const auto socket = sockets_.find(channel.socket);
  if (socket == sockets_.end()) return;
  socket->second.session.checked(channel.channel, result);
  run(channel.socket);
}

void Hub::deliver(const std::vector<Delivery>& deliveries) {
  for (const Delivery& delivery : deliveries) {
    const auto listeners = audiences_.find(delivery.audience);
    if (listeners == audiences_.end()) continue;
    const std::vector<Place> places(listeners->second.begin(), listeners->second.end());
    for (const Place& place : places) send(place.socket, delivery.frame);
  }
}

void Hub::tell(AudienceId audience, bool ok, std::string_view message) {
  const auto listeners = audiences_.find(audience);
  if (listeners == audiences_.end()) return;
  const std::vector<Place> places(listeners->second.begin(), listeners->second.end());
  for (const Place& place : places) {
    const auto socket = sockets_.find(place.socket);
    if (socket == sockets_.end()) continue;
    socket->second.session.system(place.channel, "postgres_changes", ok, message);
    run(place.socket);
  }
}

void Hub::presence_state(const ChannelKey& channel, std::string_view state) {
  const auto socket = sockets_.find(channel.socket);
  if (socket == sockets_.end()) return;
  socket->second.session.presence_state(channel.channel, state);
  run(channel.socket);
}

void Hub::presence_diff(const std::string& topic, std::string_view diff) {
  const auto listeners = topics_.find(topic);
  if (listeners == topics_.end()) return;
  Frames frames(framer_, wire_topic(topic), "presence_diff", diff);
  const std::vector<Place> places(listeners->second.begin(), listeners->second.end());
  for (const Place& place : places) {
    const ChannelState* state = find(place.socket, place.channel);
    if (state != nullptr && state->present)
      send(place.socket, frames.of(sockets_.at(place.socket).session.version()));
  }
}

void Hub::broadcast(const effect::Broadcast& broadcast, const ChannelKey* sender) {
  const auto listeners = topics_.find(broadcast.topic);
  if (listeners == topics_.end()) return;
  Frames frames(framer_, wire_topic(broadcast.topic), "broadcast", broadcast.payload);
  Frame binary;
  if (!broadcast.binary.empty()) binary = framer_(broadcast.binary, true);
  const std::vector<Place> places(listeners->second.begin(), listeners->second.end());
  for (const Place& place : places) {
    const auto socket = sockets_.find(place.socket);
    if (socket == sockets_.end() || (sender && key(place.socket, place.channel) == *sender))
      continue;
    const Version version = socket->second.session.version();
    if (version == Version::v2 && binary) {
      send(place.socket, binary);
    } else if (!broadcast.payload.empty()) {
      send(place.socket, frames.of(version));
    }
  }
}

void Hub::start() { core_.spawn(beat(*this)); }

loop::Task<void> Hub::beat(Hub& hub) {
  while (!hub.draining_) {
    hub.timer_.expires_after(std::chrono::seconds(1));
    co_await hub.timer_.async_wait(loop::no_throw);
    const Instant now = SystemClock().now();
    std::vector<SocketId> ids;
    for (auto& [id, socket] : hub.sockets_) {
      socket.session.tick(now);
      ids.push_back(id);
    }
    for (const SocketId id : ids) hub.run(id);
    hub.count();
  }
}

void Hub::drain() {
  draining_ = true;
  timer_.cancel();
  std::vector<SocketId> ids;
  for (const auto& [id, socket] : sockets_) ids.push_back(id);
  for (const SocketId id : ids) {
    const auto socket = sockets_.find(id);
    if (socket == sockets_.end()) continue;
    const auto close = socket->second.port.close;
    close(going_away, "the server stops");
  }
}

void Hub::count() {
  std::size_t channels = 0;
  for (const auto& [id, socket] : sockets_) channels += socket.channels.size();
  metrics_.sockets.set(static_cast<double>(sockets_.size()));
  metrics_.channels.set(static_cast<double>(channels));
}

}  // namespace flash::realtime
