#include "net/frame.h"

#include "base/text.h"

namespace flash::net {
namespace {

void append_head(std::string& out, Opcode opcode, std::size_t size) {
  out += static_cast<char>(0x80U | static_cast<unsigned>(opcode));
  if (size < 126) {
    out += static_cast<char>(size);
  } else if (size <= 0xFFFF) {
    out += static_cast<char>(126);
    out += static_cast<char>(size >> 8U & 0xFFU);
    out += static_cast<char>(size & 0xFFU);
  } else {
    out += static_cast<char>(127);
    for (int shift = 56; shift >= 0; shift -= 8)
      out += static_cast<char>(static_cast<std::uint64_t>(size) >> static_cast<unsigned>(shift) &
                               0xFFU);
  }
}

std::unexpected<Error> protocol_error(std::string code, std::string message) {
  return fail(Kind::invalid, std::move(code), std::move(message));
}

// What the first bytes of a frame say; head_size 0: more bytes are needed to know.
struct Head {
  bool final = false, masked = false;
  unsigned reserved = 0;
  Opcode opcode = Opcode::continuation;
  std::uint64_t size = 0;
  std::size_t head_size = 0;
};

Head read_head(std::string_view bytes) {
  Head head;
  if (bytes.size() < 2) return head;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  head.final = (byte(0) & 0x80U) != 0;
  head.reserved = byte(0) & 0x70U;
  head.opcode = static_cast<Opcode>(byte(0) & 0x0FU);
  head.masked = (byte(1) & 0x80U) != 0;
  head.size = byte(1) & 0x7FU;
  std::size_t at = 2;
  if (head.size >= 126) {
    const std::size_t extra = head.size == 126 ? 2 : 8;
    if (bytes.size() < at + extra) return head;
    head.size = 0;
    for (std::size_t i = 0; i < extra; ++i) head.size = head.size << 8U | byte(at + i);
    at += extra;
  }
  if (head.masked) at += 4;
  if (bytes.size() >= at) head.head_size = at;
  return head;
}

bool is_control(Opcode opcode) { return opcode >= Opcode::close; }

Result<void> check_head(const Head& head, bool joining, std::uint64_t room) {
  if (head.reserved != 0) return protocol_error("1002", "reserved bits are set");
  if (!head.masked) return protocol_error("1002", "a client's frame must be masked");
  switch (head.opcode) {
    case Opcode::continuation:
      if (!joining) return protocol_error("1002", "a continuation of nothing");
      break;
    case Opcode::text:
    case Opcode::binary:
      if (joining) return protocol_error("1002", "a new message inside another");
      break;
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      if (!head.final || head.size > 125)
        return protocol_error("1002", "a control frame is too long");
      break;
    default: return protocol_error("1002", "unknown opcode");
  }
  if (head.size > room) return protocol_error("1009", "the message is too large");
  return {};
}

}  // namespace

std::string frame(Opcode opcode, std::string_view payload) {
  std::string out;
  out.reserve(payload.size() + 10);
  append_head(out, opcode, payload.size());
  out += payload;
  return out;
}

std::string close_frame(std::uint16_t code, std::string_view reason) {
  std::string payload;
  payload += static_cast<char>(code >> 8U);
  payload += static_cast<char>(code & 0xFFU);
  payload += text::clip_utf8(reason, 123);
  return frame(Opcode::close, payload);
}

Result<bool> FrameReader::next(Message& message) {
  for (;;) {
    const std::string_view bytes = std::string_view(buffer_).substr(at_);
    const Head head = read_head(bytes);
    if (head.head_size == 0) break;
    const std::uint64_t room = bytes_max_ - (is_control(head.opcode) ? 0 : joined_.payload.size());
    TRY_DONE(check_head(head, joining_, room));
    const auto size = static_cast<std::size_t>(head.size);
    if (bytes.size() - head.head_size < size) break;
    std::string payload(bytes.substr(head.head_size, size));
    const std::string_view mask = bytes.substr(head.head_size - 4, 4);
    for (std::size_t i = 0; i < size; ++i)
      payload[i] = static_cast<char>(payload[i] ^ mask[i & 3U]);
    at_ += head.head_size + size;
    if (is_control(head.opcode)) {
      message = Message{head.opcode, std::move(payload)};
      return true;
    }
    if (head.opcode != Opcode::continuation) joined_ = Message{head.opcode, {}};
    joined_.payload += payload;
    joining_ = !head.final;
    if (!head.final) continue;
    message = std::exchange(joined_, {});
    if (message.opcode == Opcode::text && !message.payload.empty() &&
        !text::is_clean_utf8(message.payload) && message.payload.find('\0') == std::string::npos)
      return protocol_error("1007", "text that is not UTF-8");
    return true;
  }
  buffer_.erase(0, std::exchange(at_, 0));
  return false;
}

}  // namespace flash::net
