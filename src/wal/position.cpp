#include "wal/position.h"

#include <fmt/format.h>

#include <charconv>

namespace flash::wal {
namespace {

std::optional<std::uint32_t> parse_half(std::string_view digits) {
  std::uint32_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, value, 16);
  if (fault != std::errc{} || stop != end || digits.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::string to_text(Lsn position) {
  return fmt::format("{:X}/{:X}", position >> 32U, position & 0xFFFFFFFFU);
}

std::optional<Lsn> parse_lsn(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto high = parse_half(text.substr(0, slash));
  const auto low = parse_half(text.substr(slash + 1));
  if (!high || !low) return std::nullopt;
  return (Lsn{*high} << 32U) | *low;
}

}  // namespace flash::wal
