#include "leads/words.h"

#include <algorithm>

#include "base/text.h"

namespace flash::leads {
namespace {

bool is_wide_space(std::uint32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

// Base letters of U+00C0 to U+017F, where Unicode decomposes them or flash.fold() spells them out;
// '-' keeps the code point, '2' marks two letters (below).
constexpr std::string_view latin =
    "aaaaaa2ceeeeiiii"   // C0
    "-nooooo-ouuuuy22"   // D0: eth stays, multiplication sign stays
    "aaaaaa2ceeeeiiii"   // E0
    "-nooooo-ouuuuy2y"   // F0
    "aaaaaaccccccccdd"   // 100
    "ddeeeeeeeeeegggg"   // 110
    "gggghhhhiiiiiiii"   // 120: dotless i counts as i
    "ii--jjkk-llllll-"   // 130
    "-llnnnnnn---oooo"   // 140
    "oo22rrrrrrssssss"   // 150
    "ssttttttuuuuuuuu"   // 160
    "uuuuwwyyyzzzzzz-";  // 170
static_assert(latin.size() == 192);

std::string_view two_letters(std::uint32_t c) {
  switch (c) {
    case 0xC6:
    case 0xE6: return "ae";
    case 0xDE:
    case 0xFE: return "th";
    case 0xDF: return "ss";
    case 0x152:
    case 0x153: return "oe";
    default: return {};
  }
}

bool is_apostrophe(std::uint32_t c) { return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019; }

bool is_combining(std::uint32_t c) { return c >= 0x300 && c <= 0x36F; }

}  // namespace

std::uint32_t next_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])) : 0U;
  };
  const std::uint32_t lead = byte(0);
  std::size_t size = 1;
  std::uint32_t c = lead;
  if (lead >= 0xF0) {
    size = 4;
    c = (lead & 7U) << 18U | (byte(1) & 63U) << 12U | (byte(2) & 63U) << 6U | (byte(3) & 63U);
  } else if (lead >= 0xE0) {
    size = 3;
    c = (lead & 15U) << 12U | (byte(1) & 63U) << 6U | (byte(2) & 63U);
  } else if (lead >= 0xC0) {
    size = 2;
    c = (lead & 31U) << 6U | (byte(1) & 63U);
  }
  text.remove_prefix(std::min(size, text.size()));
  return c;
}

std::string_view trim_wide(std::string_view text) {
  for (auto rest = text; !rest.empty(); text = rest)
    if (!is_wide_space(next_code_point(rest))) break;
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    auto last = text.substr(at);
    if (!is_wide_space(next_code_point(last))) break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}

bool has_forbidden(std::string_view text, Lines lines) {
  while (!text.empty()) {
    const std::uint32_t c = next_code_point(text);
    if (lines == Lines::many && (c == '\t' || c == '\n' || c == '\r')) continue;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2066 && c <= 0x2069))
      return true;
  }
  return false;
}

bool has_letter_or_digit(std::string_view text) {
  while (!text.empty()) {
    const std::uint32_t c = next_code_point(text);
    if (c < 0x80) {
      if (text::is_alpha(static_cast<char>(c)) || text::is_digit(static_cast<char>(c))) return true;
      continue;
    }
    // Blocks of punctuation, symbols, private use and emoji; all else above U+00C0 is letters of
    // some script.
    const bool sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || is_combining(c) ||
                      (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) ||
                      (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
                      (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFE00 && c <= 0xFE6F) ||
                      (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFFF0 && c <= 0xFFFF) ||
                      (c >= 0x1F000 && c <= 0x1FAFF) || c >= 0xE0000;
    if (!sign || c == 0xAA || c == 0xB5 || c == 0xBA) return true;
  }
  return false;
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  const auto put = [&](std::string_view letters) {
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += letters;
  };
  while (!text.empty()) {
    const auto before = text;
    const std::uint32_t c = next_code_point(text);
    if (is_apostrophe(c) || is_combining(c)) continue;
    if (c < 0x80) {
      const char letter = text::lower(static_cast<char>(c));
      if (text::is_alpha(letter) || text::is_digit(letter)) {
        put({&letter, 1});
      } else {
        gap = true;
      }
    } else if (is_wide_space(c)) {
      gap = true;
    } else if (const auto two = two_letters(c); !two.empty()) {
      put(two);
    } else if (c >= 0xC0 && c <= 0x17F && latin[c - 0xC0] != '-' && latin[c - 0xC0] != '2') {
      put(latin.substr(c - 0xC0, 1));
    } else {
      put(before.substr(0, before.size() - text.size()));
    }
  }
  return out;
}

bool has_words(std::string_view folded, std::string_view key) {
  if (key.empty()) return false;
  for (auto at = folded.find(key); at != std::string_view::npos; at = folded.find(key, at + 1)) {
    const bool starts = at == 0 || folded[at - 1] == ' ';
    const auto end = at + key.size();
    if (starts && (end == folded.size() || folded[end] == ' ')) return true;
  }
  return false;
}

}  // namespace flash::leads
