#include "realtime/session.h"

#include <algorithm>

#include "base/ids.h"
#include "base/text.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::realtime {
namespace {

constexpr std::string_view topic_prefix = "realtime:";

std::string_view user_topic(std::string_view topic) { return topic.substr(topic_prefix.size()); }

std::string reason_json(std::string_view reason) {
  json::Writer out;
  out.object().field("reason", reason).end_object();
  return std::move(out).take();
}

// A key of this kind is not a token of a person: the handshake's is used.
bool is_api_key(std::string_view token) { return token.starts_with("sb_"); }

std::string expired_text(Instant expires, Instant now) {
  const auto ago = std::chrono::duration_cast<std::chrono::seconds>(now - expires).count();
  return text::cat("Token has expired ", std::to_string(ago), " seconds ago");
}

// The server's own fields of a meta are not the client's to set.
std::string meta_json(const json::Value* payload) {
  if (payload == nullptr) return "{}";
  json::Object meta = payload->get_object();
  meta.erase("phx_ref");
  meta.erase("phx_ref_prev");
  return json::serialize(meta);
}

std::string join_response(const std::vector<Binding>& bindings) {
  json::Writer out;
  out.object().key("postgres_changes").array();
  for (const Binding& binding : bindings) out.raw(binding.echo);
  out.end_array().end_object();
  return std::move(out).take();
}

}  // namespace

bool Bucket::take(Instant now) {
  if (now > filled_) {
    const std::chrono::duration<double> passed = now - filled_;
    left_ = std::min(burst_, left_ + passed.count() * per_second_);
    filled_ = now;
  }
  if (left_ < 1) return false;
  left_ -= 1;
  return true;
}

Session::Session(Version version, Caller caller, std::string token, const Verify& verify,
                 const SessionLimits& limits, Instant now)
    : version_(version),
      caller_(std::move(caller)),
      token_(std::move(token)),
      verify_(verify),
      limits_(limits),
      messages_(limits.messages_per_second, 2 * limits.messages_per_second),
      joins_(limits.joins_per_second, limits.joins_burst),
      heard_(now) {}

void Session::receive_text(std::string_view frame, Instant now) {
  heard_ = now;
  auto message = parse_message(version_, frame);
  if (!message || closing_) return;  // a malformed message is dropped, the connection stays
  handle(*std::move(message), now);
}

void Session::receive_binary(std::string_view frame, Instant now) {
  heard_ = now;
  const auto broadcast = parse_binary_broadcast(frame);
  if (!broadcast || version_ != Version::v2 || closing_) return;
  const auto channel = channels_.find(broadcast->topic);
  if (channel == channels_.end()) {
    Message message{broadcast->join_ref, broadcast->ref, std::string(broadcast->topic), "", {}};
    return reply_error(message, "unmatched topic");
  }
  if (!messages_.take(now)) return end(channel, "Too many messages per second");
  handle_binary(channel->second, *broadcast);
}

void Session::handle(Message message, Instant now) {
  if (message.topic == "phoenix") {
    if (message.event == "heartbeat") reply(message, true, "{}");
    return;
  }
  if (message.event == "phx_join") {
    if (joins_.take(now)) return handle_join(message, now);
    reply_error(message, "ClientJoinRateLimitReached: Too many joins per second");
    closing_ = true;
    effects_.emplace_back(effect::Close{1008, "too many joins per second"});
    return;
  }
  const bool in_time = messages_.take(now);
  const auto channel = channels_.find(message.topic);
  if (channel == channels_.end()) return reply_error(message, "unmatched topic");
  if (!in_time) return end(channel, "Too many messages per second");
  if (message.event == "phx_leave") return handle_leave(channel, message);
  if (message.event == "access_token") return handle_token(channel, message);
  if (message.event == "presence") return handle_presence(channel->second, message, now);
  if (message.event == "broadcast") return handle_broadcast(channel->second, message);
}

Result<Caller> Session::identify(std::string_view token) const {
  if (token.empty() || is_api_key(token) || token == token_) return caller_;
  return verify_(token);
}

void Session::handle_join(const Message& message, Instant now) {
  // The older channel of the same topic gives way, even when the new join then fails.
  if (const auto older = channels_.find(message.topic); older != channels_.end()) close(older);
  if (!message.topic.starts_with(topic_prefix)) return reply_error(message, "unmatched topic");
  if (user_topic(message.topic).empty())
    return reply_error(message, "TopicNameRequired: You must provide a topic name");
  if (message.topic.size() > limits_.topic_bytes_max)
    return reply_error(message, "TopicNameTooLong: The topic name is too long");
  if (channels_.size() >= limits_.channels_max)
    return reply_error(message, "ChannelRateLimitReached: Too many channels");
  Join join = read_join(message.payload);
  if (join.is_private)
    return reply_error(message,
                       text::cat("Unauthorized: You do not have permissions to read from this "
                                 "Channel topic: ",
                                 user_topic(message.topic)));
  std::string token = join.access_token.value_or("");
  if (token.empty() || is_api_key(token)) token = token_;
  auto caller = identify(token);
  if (!caller) return reply_error(message, reason_of(caller.error()));
  if (caller->expires && *caller->expires <= now)
    return reply_error(message,
                       text::cat("InvalidJWTToken: ", expired_text(*caller->expires, now)));
  open(message, std::move(join), *std::move(caller), std::move(token), now);
}

void Session::open(const Message& message, Join join, Caller caller, std::string token,
                   Instant now) {
  if (join.presence_key.empty()) join.presence_key = ids::uuid4();
  const bool wants_changes = !join.bindings.empty();
  Channel channel{
      .id = ++last_id_,
      .join_ref = message.join_ref,
      .ref = message.ref,
      .joining = wants_changes,
      .caller = std::move(caller),
      .token = std::move(token),
      .verified = now,
      .join = std::move(join),
      .presence_calls = Bucket(limits_.presence_per_second, 10 * limits_.presence_per_second)};
  Channel& held = channels_.insert_or_assign(message.topic, std::move(channel)).first->second;
  const std::string name(user_topic(message.topic));
  effects_.emplace_back(effect::Opened{held.id, name});
  if (wants_changes) {
    effects_.emplace_back(effect::Subscribe{held.id, name, held.caller, held.join.bindings});
  } else {
    confirm_join(held);
  }
}

void Session::confirm_join(Channel& channel) {
  channel.joining = false;
  const auto named = find(channel.id);
  Message join{channel.join_ref, channel.ref, named->first, "", {}};
  reply(join, true, join_response(channel.join.bindings));
  if (channel.join.presence) enter(channel);
}

void Session::enter(Channel& channel) {
  if (std::exchange(channel.entered, true)) return;
  effects_.emplace_back(effect::EnterPresence{channel.id});
}

void Session::registered(ChannelId id) {
  const auto channel = find(id);
  // A channel that was subscribed anew, with a fresh token, is told nothing.
  if (channel != channels_.end() && channel->second.joining) confirm_join(channel->second);
}

void Session::checked(ChannelId id, const Result<void>& result) {
  if (result) return system(id, "postgres_changes", true, "Subscribed to PostgreSQL");
  system(id, "postgres_changes", false, result.error().message);
}

void Session::handle_leave(Channels::iterator channel, const Message& message) {
  reply(message, true, "{}");
  close(channel);
}

void Session::handle_token(Channels::iterator channel, const Message& message) {
  if (!message.payload.is_object()) return;
  const std::string token(json::text_or(message.payload.get_object(), "access_token"));
  Channel& held = channel->second;
  if (token.empty() || is_api_key(token) || token == held.token) return;
  auto caller = identify(token);
  if (!caller) return end(channel, sentence_of(caller.error()));
  const bool changed = *caller != held.caller;
  held.caller = *std::move(caller);
  held.token = token;
  // Expiry is watched here; only other claims can change what the database lets through.
  if (changed && !held.join.bindings.empty())
    effects_.emplace_back(effect::Subscribe{held.id, std::string(user_topic(channel->first)),
                                            held.caller, held.join.bindings});
}

void Session::handle_presence(Channel& channel, const Message& message, Instant now) {
  const auto named = find(channel.id);
  if (!channel.presence_calls.take(now)) return end(named, "Client presence rate limit exceeded");
  if (!message.payload.is_object()) return reply_error(message, "Presence payload must be a map");
  const json::Object& fields = message.payload.get_object();
  const std::string_view event = json::text_or(fields, "event");
  if (text::equal_ignoring_case(event, "untrack")) {
    effects_.emplace_back(effect::Untrack{channel.id});
    return reply(message, true, "{}");
  }
  if (!text::equal_ignoring_case(event, "track"))
    return reply_error(message, "unknown presence event");
  const json::Value* payload = json::find(fields, "payload");
  if (payload != nullptr && !payload->is_object())
    return reply_error(message, "Presence track payload must be a map");
  std::string meta = meta_json(payload);
  if (meta.size() > limits_.presence_bytes_max) return end(named, "Track message size exceeded");
  enter(channel);
  effects_.emplace_back(effect::Track{channel.id, channel.join.presence_key, std::move(meta)});
  reply(message, true, "{}");
}

void Session::handle_broadcast(Channel& channel, const Message& message) {
  std::string payload = json::serialize(message.payload);
  if (payload.size() > limits_.broadcast_bytes_max) {
    if (channel.join.ack) reply_error(message, "payload_size_exceeded");
    return;
  }
  effects_.emplace_back(effect::Broadcast{channel.id, std::string(user_topic(message.topic)),
                                          channel.join.self, std::move(payload), ""});
  if (channel.join.ack) reply(message, true, "{}");
}

void Session::handle_binary(Channel& channel, const BinaryBroadcast& broadcast) {
  Message message{broadcast.join_ref, broadcast.ref, std::string(broadcast.topic), "", {}};
  if (broadcast.payload.size() > limits_.broadcast_bytes_max) {
    if (channel.join.ack) reply_error(message, "payload_size_exceeded");
    return;
  }
  effects_.emplace_back(
      effect::Broadcast{channel.id, std::string(user_topic(broadcast.topic)), channel.join.self,
                        broadcast.json ? broadcast_payload(broadcast) : "", to_binary(broadcast)});
  if (channel.join.ack) reply(message, true, "{}");
}

void Session::presence_state(ChannelId id, std::string_view state) {
  const auto channel = find(id);
  if (channel == channels_.end()) return;
  send(Push{.join_ref = channel->second.join_ref,
            .topic = channel->first,
            .event = "presence_state",
            .payload = state});
}

void Session::tick(Instant now) {
  if (closing_) return;
  if (now - heard_ > limits_.idle_max) {
    closing_ = true;
    effects_.emplace_back(effect::Close{1001, "no heartbeat"});
    return;
  }
  for (auto channel = channels_.begin(); channel != channels_.end();) {
    const auto here = channel++;
    const auto& expires = here->second.caller.expires;
    if (!expires) continue;
    if (*expires <= now) {
      end(here, expired_text(*expires, now));
    } else if (now - here->second.verified >= limits_.recheck_every) {
      recheck(here, now);
    }
  }
}

// Who signed out elsewhere, or was shut out, loses his channels too.
void Session::recheck(Channels::iterator channel, Instant now) {
  const auto caller = verify_(channel->second.token);
  if (caller) {
    channel->second.verified = now;
  } else if (caller.error().kind != Kind::unavailable) {
    end(channel, sentence_of(caller.error()));
  }
}

void Session::system(ChannelId id, std::string_view extension, bool ok, std::string_view message) {
  const auto channel = find(id);
  if (channel != channels_.end())
    push_system(channel->first, channel->second, extension, ok, message);
}

void Session::push_system(const std::string& topic, const Channel& channel,
                          std::string_view extension, bool ok, std::string_view message) {
  json::Writer out;
  out.object().field("extension", extension).field("status", ok ? "ok" : "error");
  out.field("message", message).field("channel", user_topic(topic)).end_object();
  send(
      Push{.join_ref = channel.join_ref, .topic = topic, .event = "system", .payload = out.text()});
}

void Session::end(ChannelId id, std::string_view message) {
  const auto channel = find(id);
  if (channel != channels_.end()) end(channel, message);
}

void Session::end(Channels::iterator channel, std::string_view message) {
  push_system(channel->first, channel->second, "system", false, message);
  close(channel);
}

void Session::close(Channels::iterator channel) {
  const std::string& join_ref = channel->second.join_ref;
  // The client takes a close for its channel only when the reference is that of its join.
  send(Push{.join_ref = join_ref, .ref = join_ref, .topic = channel->first, .event = "phx_close"});
  effects_.emplace_back(effect::Closed{channel->second.id});
  channels_.erase(channel);
}

void Session::reply(const Message& to, bool ok, std::string_view response) {
  json::Writer out;
  out.object().field("status", ok ? "ok" : "error").raw_field("response", response).end_object();
  send(Push{to.join_ref, to.ref, to.topic, "phx_reply", out.text()});
}

void Session::reply_error(const Message& to, std::string_view reason) {
  reply(to, false, reason_json(reason));
}

void Session::send(const Push& push) {
  effects_.emplace_back(effect::Send{to_text(version_, push)});
}

Session::Channels::iterator Session::find(ChannelId id) {
  return std::ranges::find_if(channels_, [id](const auto& entry) { return entry.second.id == id; });
}

}  // namespace flash::realtime
