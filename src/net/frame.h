// WebSocket frames as bytes (RFC 6455 section 5): built once for all receivers, parsed from a
// client's stream.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace flash::net {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10
};

// A whole unmasked message in one frame, as servers send.
std::string frame(Opcode opcode, std::string_view payload);
inline std::shared_ptr<const std::string> shared_frame(Opcode opcode, std::string_view payload) {
  return std::make_shared<const std::string>(frame(opcode, payload));
}
std::string close_frame(std::uint16_t code, std::string_view reason);  // reason: at most 123 bytes

struct Message {
  Opcode opcode = Opcode::text;  // never continuation
  std::string payload;           // unmasked; text is checked UTF-8
};

// Bytes in, messages out; fragments are joined, masks taken off.
class FrameReader {
 public:
  explicit FrameReader(std::size_t message_bytes_max) : bytes_max_(message_bytes_max) {}
  void feed(std::string_view bytes) { buffer_ += bytes; }
  // The next whole message; false: more bytes needed. Error code is the close code to send: "1002",
  // "1007", "1009".
  Result<bool> next(Message& message);

 private:
  std::size_t bytes_max_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool joining_ = false;
  Message joined_;
};

}  // namespace flash::net
