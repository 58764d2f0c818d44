// Small functions over text: ASCII only, allocation-free where possible.
#pragma once
#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace flash::text {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trim(std::string_view text);
std::string lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
// Every piece between separators, empty ones included; "" gives one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);
// True for well-formed UTF-8 without NUL (RFC 3629: no surrogates, no overlong forms).
bool is_clean_utf8(std::string_view text);
// Characters (code points) of well-formed UTF-8.
std::size_t length_utf8(std::string_view text);
// At most `bytes_max` bytes, cut between code points.
std::string_view clip_utf8(std::string_view text, std::size_t bytes_max);

// The whole text as a decimal integer; nullopt when it is not one or does not fit.
template <std::integral Int>
std::optional<Int> parse_int(std::string_view text) {
  Int value{};
  const char* end = text.data() + text.size();
  auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return value;
}

// cat("a", b, 'c'): one allocation.
template <class... Parts>
std::string cat(const Parts&... parts) {
  auto size = [](const auto& part) {
    if constexpr (std::same_as<std::decay_t<decltype(part)>, char>) {
      return std::size_t{1};
    } else {
      return std::string_view(part).size();
    }
  };
  std::string out;
  out.reserve((std::size_t{0} + ... + size(parts)));
  ((out += parts), ...);
  return out;
}

}  // namespace flash::text
