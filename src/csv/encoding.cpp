#include "csv/encoding.h"

#include <algorithm>
#include <array>

namespace flash::csv {
namespace {

// 0x80 to 0x9F of Windows-1252 (WHATWG Encoding Standard); the rest is as in Latin-1.
constexpr std::array<std::uint16_t, 32> windows_high{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::uint32_t of_windows(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? windows_high[byte - 0x80U] : byte;
}

unsigned char at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

enum class Sequence : std::uint8_t { whole, cut, wrong };

// The sequence at `bytes` (RFC 3629): its size and code point.
Sequence sequence(std::string_view bytes, std::size_t& size, std::uint32_t& code) {
  const unsigned char first = at(bytes, 0);
  size = first < 0x80                    ? 1
         : first >= 0xC2 && first < 0xE0 ? 2
         : first >= 0xE0 && first < 0xF0 ? 3
         : first >= 0xF0 && first < 0xF5 ? 4
                                         : 0;
  if (size == 0) return Sequence::wrong;
  code = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (i >= bytes.size()) return Sequence::cut;
    if ((at(bytes, i) & 0xC0U) != 0x80U) return Sequence::wrong;
    code = code << 6U | (at(bytes, i) & 0x3FU);
  }
  const bool too_long = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool outside = code > 0x10FFFF || (code >= 0xD800 && code < 0xE000);
  return too_long || outside ? Sequence::wrong : Sequence::whole;
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t size = 0;
    std::uint32_t code = 0;
    const Sequence found = sequence(bytes, size, code);
    if (found == Sequence::cut) return true;
    if (found == Sequence::wrong) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

}  // namespace

std::string_view to_text(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::utf16le: return "UTF-16LE";
    case Encoding::utf16be: return "UTF-16BE";
    case Encoding::windows1252: return "Windows-1252";
  }
  return "UTF-8";
}

Encoding encoding_of(std::string_view begin) {
  if (begin.starts_with("\xEF\xBB\xBF")) return Encoding::utf8;
  if (begin.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (begin.starts_with("\xFE\xFF")) return Encoding::utf16be;
  const std::string_view some = begin.substr(0, 4096);
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < some.size(); ++i)
    if (some[i] == '\0') ++(i % 2 == 0 ? even : odd);
  if (odd > some.size() / 4) return Encoding::utf16le;
  if (even > some.size() / 4) return Encoding::utf16be;
  if (is_utf8(begin)) return Encoding::utf8;
  // More sequences than stray bytes: UTF-8 with something else glued on.
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::string_view rest = begin; !rest.empty();) {
    std::size_t size = 0;
    std::uint32_t code = 0;
    const bool whole = sequence(rest, size, code) == Sequence::whole;
    if (whole && size > 1) ++good;
    if (!whole) ++bad;
    rest.remove_prefix(whole ? size : 1);
  }
  return good > bad ? Encoding::utf8 : Encoding::windows1252;
}

void Decoder::put(std::uint32_t code, std::string& out) {
  const bool mark = !begun_ && code == 0xFEFF;
  begun_ = true;
  if (mark || code == 0) return;
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

void Decoder::feed_utf8(std::string_view bytes, std::string& out, bool last) {
  while (!bytes.empty()) {
    std::size_t size = 0;
    std::uint32_t code = 0;
    const Sequence found = sequence(bytes, size, code);
    if (found == Sequence::cut && !last) break;
    if (found == Sequence::whole) {
      put(code, out);
      bytes.remove_prefix(size);
    } else {
      ++odd_;
      put(of_windows(at(bytes, 0)), out);
      bytes.remove_prefix(1);
    }
  }
  held_.assign(bytes);
}

void Decoder::feed_utf16(std::string_view bytes, std::string& out) {
  while (bytes.size() >= 2) {
    const std::uint32_t a = at(bytes, 0);
    const std::uint32_t b = at(bytes, 1);
    const std::uint32_t unit = encoding_ == Encoding::utf16le ? b << 8U | a : a << 8U | b;
    bytes.remove_prefix(2);
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (high_ != 0 && low) {
      put(0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00), out);
      high_ = 0;
      continue;
    }
    if (high_ != 0 || low) {
      ++odd_;
      put(0xFFFD, out);
    }
    high_ = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    if (high_ == 0 && !low) put(unit, out);
  }
  held_.assign(bytes);
}

void Decoder::feed(std::string_view bytes, std::string& out) {
  if (encoding_ == Encoding::windows1252) {
    for (const char c : bytes) put(of_windows(static_cast<unsigned char>(c)), out);
    return;
  }
  std::string joined;
  if (!held_.empty()) {
    joined = std::move(held_);
    joined += bytes;
    bytes = joined;
  }
  held_ = {};
  if (encoding_ == Encoding::utf8) return feed_utf8(bytes, out, false);
  feed_utf16(bytes, out);
}

void Decoder::finish(std::string& out) {
  const std::string rest = std::move(held_);
  held_ = {};
  if (encoding_ == Encoding::utf8) feed_utf8(rest, out, true);
  if (encoding_ != Encoding::utf8 && (!rest.empty() || high_ != 0)) {
    ++odd_;
    put(0xFFFD, out);
  }
  high_ = 0;
}

}  // namespace flash::csv
