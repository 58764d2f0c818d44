#include "http/url.h"

#include "base/bytes.h"
#include "base/text.h"

namespace flash::http {

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const auto byte = i + 2 < text.size() ? bytes::from_hex(text.substr(i + 1, 2)) : std::nullopt;
      if (!byte) return std::nullopt;
      out += *byte;
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!text::is_clean_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      constexpr std::string_view digits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

std::optional<Query> parse_query(std::string_view query, std::size_t pairs_max) {
  Query out;
  if (query.empty()) return out;
  for (std::string_view piece : text::split(query, '&')) {
    if (piece.empty()) continue;
    if (out.size() == pairs_max) return std::nullopt;
    const auto at = piece.find('=');
    auto name = percent_decode(piece.substr(0, at), true);
    auto value = at == std::string_view::npos ? std::optional<std::string>(std::in_place)
                                              : percent_decode(piece.substr(at + 1), true);
    if (!name || !value) return std::nullopt;
    out.emplace_back(*std::move(name), *std::move(value));
  }
  return out;
}

std::optional<std::string_view> find(const Query& query, std::string_view name) {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<std::vector<std::string>> path_segments(std::string_view path) {
  std::vector<std::string> out;
  for (std::string_view piece : text::split(path, '/')) {
    if (piece.empty()) continue;
    auto segment = percent_decode(piece, false);
    if (!segment || *segment == "." || *segment == "..") return std::nullopt;
    out.push_back(*std::move(segment));
  }
  return out;
}

}  // namespace flash::http
