#include "sql/array.h"

#include "base/text.h"

namespace flash::sql {

std::string array_literal(const std::vector<std::string>& items) {
  std::string out = "{";
  for (const std::string& item : items) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (char c : item) {
      if (c == '"' || c == '\\') out += '\\';
      if (c != '\0') out += c;
    }
    out += '"';
  }
  out += '}';
  return out;
}

namespace {

// One element off the front, quoted or bare; false when it is malformed.
bool take_element(std::string_view& text, std::optional<std::string>& element) {
  std::string value;
  if (!text.empty() && text.front() == '"') {
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
      if (text.front() == '\\') text.remove_prefix(1);
      if (text.empty()) return false;
      value += text.front();
      text.remove_prefix(1);
    }
    if (text.empty()) return false;
    text.remove_prefix(1);
    element = std::move(value);
    return true;
  }
  while (!text.empty() && text.front() != ',' && text.front() != '}') {
    if (text.front() == '{' || text.front() == '"') return false;
    value += text.front();
    text.remove_prefix(1);
  }
  if (value.empty()) return false;
  if (text::equal_ignoring_case(value, "null")) {
    element = std::nullopt;
  } else {
    element = std::move(value);
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::optional<std::string>>> parse_array(std::string_view text) {
  std::vector<std::optional<std::string>> out;
  if (text.size() < 2 || text.front() != '{') return std::nullopt;
  text.remove_prefix(1);
  if (text == "}") return out;
  for (;;) {
    std::optional<std::string> element;
    if (!take_element(text, element) || text.empty()) return std::nullopt;
    out.push_back(std::move(element));
    const char next = text.front();
    text.remove_prefix(1);
    if (next == '}') return text.empty() ? std::optional(std::move(out)) : std::nullopt;
    if (next != ',') return std::nullopt;
  }
}

}  // namespace flash::sql
