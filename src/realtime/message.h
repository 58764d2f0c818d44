// Phoenix messages: frames of version 1 (objects) and 2 (arrays, binary broadcasts), both ways.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/value.h"

namespace flash::realtime {

enum class Version : std::uint8_t { v1 = 1, v2 = 2 };

// `join_ref` and `ref` are JSON text ("null", "\"3\""): they are only echoed and compared.
struct Message {
  std::string join_ref = "null";
  std::string ref = "null";
  std::string topic;
  std::string event;
  json::Value payload;
};

// Errors: invalid "json_malformed", "message_malformed"; too_large "json_too_large".
Result<Message> parse_message(Version version, std::string_view text);

// What the server sends; `payload` is JSON text.
struct Push {
  std::string_view join_ref = "null";
  std::string_view ref = "null";
  std::string_view topic;
  std::string_view event;
  std::string_view payload = "{}";
};
std::string to_text(Version version, const Push& push);

// A broadcast in a binary frame of version 2. From a client (kind 3) and to it (kind 4) the
// payload's bytes are the same, so a broadcast passes through without being parsed.
struct BinaryBroadcast {
  std::string join_ref = "null";  // JSON text
  std::string ref = "null";
  std::string_view topic;
  std::string_view event;
  std::string_view metadata;  // JSON, or empty
  bool json = false;          // else the payload is bytes, which version 1 cannot carry
  std::string_view payload;
};

// nullopt: another kind or a broken frame. Views point into `bytes`.
std::optional<BinaryBroadcast> parse_binary_broadcast(std::string_view bytes);
std::string to_binary(const BinaryBroadcast& broadcast);
// The text form of a JSON-coded one, as `broadcast` carries it:
// {"type","event","payload"[,"meta"]}.
std::string broadcast_payload(const BinaryBroadcast& broadcast);

}  // namespace flash::realtime
