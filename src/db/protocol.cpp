#include "db/protocol.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "db/sqlstate.h"

namespace flash::db::protocol {
namespace {

constexpr std::size_t head_bytes = 5;  // type and length

void put_u16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8U & 0xFFU);
  out += static_cast<char>(value & 0xFFU);
}

void put_u32(std::string& out, std::size_t value) {
  put_u16(out, value >> 16U & 0xFFFFU);
  put_u16(out, value & 0xFFFFU);
}

std::size_t begin_message(std::string& out, char type) {
  out += type;
  out.append(4, '\0');
  return out.size() - 4;
}

void end_message(std::string& out, std::size_t start) {
  const std::size_t length = out.size() - start;
  for (unsigned i = 0; i < 4; ++i)
    out[start + i] = static_cast<char>(length >> (24U - 8U * i) & 0xFFU);
}

void put_text(std::string& out, std::string_view text) {
  out += text;
  out += '\0';
}

std::uint32_t big_endian(const char* bytes, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < count; ++i) out = out << 8U | static_cast<std::uint8_t>(bytes[i]);
  return out;
}

}  // namespace

void parse(std::string& out, std::string_view name, std::string_view text) {
  const std::size_t start = begin_message(out, 'P');
  put_text(out, name);
  put_text(out, text);
  put_u16(out, 0);  // the server works the parameters' types out
  end_message(out, start);
}

void describe(std::string& out, std::string_view name) {
  const std::size_t start = begin_message(out, 'D');
  out += 'S';
  put_text(out, name);
  end_message(out, start);
}

void forget(std::string& out, std::string_view name) {
  const std::size_t start = begin_message(out, 'C');
  out += 'S';
  put_text(out, name);
  end_message(out, start);
}

void execute(std::string& out) {
  out += std::string_view("E\0\0\0\x09\0\0\0\0\0", 10);  // unnamed portal, no limit of rows
}

void sync(std::string& out) { out += std::string_view("S\0\0\0\x04", 5); }

Bind::Bind(std::string& out, std::string_view name, std::size_t values) : out_(out) {
  CHECK(values <= values_max);
  start_ = begin_message(out_, 'B');
  out_ += '\0';  // the unnamed portal
  put_text(out_, name);
  put_u16(out_, 0);  // every value in text form
  put_u16(out_, values);
}

void Bind::value(std::string_view text) {
  put_u32(out_, text.size());
  out_ += text;
}

void Bind::null() { put_u32(out_, 0xFFFFFFFF); }

void Bind::end() {
  put_u16(out_, 0);  // every column in text form
  end_message(out_, start_);
}

std::span<char> Reader::space() {
  const std::size_t held = end_ - begin_;
  const std::size_t needed = std::max(usual_bytes, wanted_);
  if (needed != size_ && held <= needed) {  // a large message comes, or is gone
    std::unique_ptr<char[]> fresh(new char[needed]);
    if (held > 0) std::memcpy(fresh.get(), bytes_.get() + begin_, held);
    bytes_ = std::move(fresh);
    size_ = needed;
  } else if (begin_ > 0 && held > 0) {
    std::memmove(bytes_.get(), bytes_.get() + begin_, held);
  }
  begin_ = 0;
  end_ = held;
  CHECK(end_ < size_);
  return {bytes_.get() + end_, size_ - end_};
}

std::optional<Message> Reader::next() {
  const std::size_t held = end_ - begin_;
  wanted_ = 0;
  if (broken_ || held < head_bytes) return std::nullopt;
  const char* at = bytes_.get() + begin_;
  const std::size_t length = big_endian(at + 1, 4);
  if (length < 4 || length > message_bytes_max) {
    broken_ = true;
    return std::nullopt;
  }
  if (held < length + 1) {
    wanted_ = length + 1;
    return std::nullopt;
  }
  begin_ += length + 1;
  return Message{*at, {at + head_bytes, length - 4}};
}

void Reader::clear() { *this = Reader(); }

std::uint32_t Fields::number(std::size_t bytes) {
  if (rest_.size() < bytes) {
    short_ = true;
    rest_ = {};
    return 0;
  }
  const std::uint32_t out = big_endian(rest_.data(), bytes);
  rest_.remove_prefix(bytes);
  return out;
}

std::string_view Fields::bytes(std::size_t count) {
  if (rest_.size() < count) {
    short_ = true;
    return std::exchange(rest_, {});
  }
  const std::string_view out = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return out;
}

std::string_view Fields::text() {
  const std::size_t nul = rest_.find('\0');
  if (nul == std::string_view::npos) {
    short_ = true;
    return std::exchange(rest_, {});
  }
  const std::string_view out = rest_.substr(0, nul);
  rest_.remove_prefix(nul + 1);
  return out;
}

Report report_of(std::string_view body) {
  Report out;
  out.error.code = "XX000";
  Fields fields(body);
  for (;;) {
    const std::string_view code = fields.bytes(1);
    if (fields.is_short() || code == std::string_view("\0", 1)) break;
    const std::string value(fields.text());
    switch (code.front()) {
      case 'V': out.is_fatal = value != "ERROR"; break;
      case 'C': out.error.code = value; break;
      case 'M': out.error.message = value; break;
      case 'D': out.error.details = value; break;
      case 'H': out.error.hint = value; break;
      default: break;
    }
  }
  out.error.kind = kind_of(out.error.code);
  return out;
}

}  // namespace flash::db::protocol
