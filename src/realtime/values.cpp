#include "realtime/values.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "base/time.h"
#include "json/write.h"

namespace flash::realtime {
namespace {

// pg_type.oid of built-in types never changes (PostgreSQL's pg_type.dat).
ValueKind kind_of(std::uint32_t oid) {
  switch (oid) {
    case 16: return ValueKind::boolean;
    case 20:
    case 21:
    case 23: return ValueKind::integer;
    case 700:
    case 701: return ValueKind::real;
    case 1700: return ValueKind::numeric;
    case 114:
    case 3802: return ValueKind::json;
    case 1082: return ValueKind::date;
    case 1114: return ValueKind::timestamp;
    case 1184: return ValueKind::timestamptz;
    default: return ValueKind::text;
  }
}

// NaN and Infinity are no JSON numbers; PostgreSQL quotes them too.
bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text::is_digit(text.front());
}

void append_scalar(std::string& out, ValueKind kind, std::string_view text) {
  switch (kind) {
    case ValueKind::boolean: out += text == "t" ? "true" : "false"; return;
    case ValueKind::integer:
    case ValueKind::numeric:
    case ValueKind::real:
      if (is_json_number(text)) {
        out += text;
      } else {
        json::append_quoted(out, text);
      }
      return;
    case ValueKind::json: out += text; return;
    case ValueKind::timestamp:
    case ValueKind::timestamptz: json::append_quoted(out, iso_timestamp(text)); return;
    case ValueKind::date:
    case ValueKind::text: json::append_quoted(out, text); return;
  }
}

// One element of an array literal off the front, with its quoting undone.
bool take_element(std::string_view& rest, std::string& value, bool& quoted) {
  value.clear();
  quoted = !rest.empty() && rest.front() == '"';
  if (quoted) rest.remove_prefix(1);
  while (!rest.empty()) {
    const char c = rest.front();
    if (quoted ? c == '"' : (c == ',' || c == '}')) break;
    rest.remove_prefix(1);
    if (c == '\\') {
      if (rest.empty()) return false;
      value += rest.front();
      rest.remove_prefix(1);
    } else {
      value += c;
    }
  }
  if (!quoted) return true;
  if (rest.empty()) return false;
  rest.remove_prefix(1);
  return true;
}

constexpr int dimensions_max = 6;  // PostgreSQL's MAXDIM

// "{1,NULL,{...}}" as a JSON array; false: not an array literal ("[0:1]={...}" has bounds of its
// own).
bool append_array(std::string& out, ValueKind kind, std::string_view& rest, int depth) {
  if (!rest.starts_with('{') || depth > dimensions_max) return false;
  rest.remove_prefix(1);
  out += '[';
  bool first = true;
  std::string value;
  while (!rest.starts_with('}')) {
    if (!first) {
      if (!rest.starts_with(',')) return false;
      rest.remove_prefix(1);
      out += ',';
    }
    first = false;
    if (rest.starts_with('{')) {
      if (!append_array(out, kind, rest, depth + 1)) return false;
      continue;
    }
    bool quoted = false;
    if (!take_element(rest, value, quoted) || rest.empty()) return false;
    if (!quoted && value == "NULL") {
      out += "null";
    } else {
      append_scalar(out, kind, value);
    }
  }
  rest.remove_prefix(1);
  out += ']';
  return true;
}

}  // namespace

ValueType value_type(std::uint32_t oid, std::uint32_t element) {
  if (element != 0) return {kind_of(element), true};
  return {kind_of(oid), false};
}

void append_json(std::string& out, ValueType type, std::string_view text) {
  if (!type.array) return append_scalar(out, type.kind, text);
  const std::size_t before = out.size();
  std::string_view rest = text;
  if (append_array(out, type.kind, rest, 1) && rest.empty()) return;
  out.resize(before);
  json::append_quoted(out, text);
}

std::string iso_timestamp(std::string_view text) {
  std::string out(text);
  constexpr std::size_t date_bytes = 10;  // YYYY-MM-DD
  if (out.size() <= date_bytes || out[date_bytes] != ' ' || out.ends_with(" BC")) return out;
  out[date_bytes] = 'T';
  // "+00" and "-04" are written "+00:00" and "-04:00".
  const auto sign = out.find_last_of("+-");
  if (sign != std::string::npos && sign > date_bytes && out.size() - sign == 3) out += ":00";
  return out;
}

namespace {

struct Decimal {
  bool negative = false;
  std::string_view whole;  // without leading zeros
  std::string_view part;   // without trailing zeros
};

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal out;
  if (text.starts_with('-') || text.starts_with('+')) {
    out.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const auto point = text.find('.');
  out.whole = text.substr(0, point);
  if (point != std::string_view::npos) out.part = text.substr(point + 1);
  if (out.whole.empty() && out.part.empty()) return std::nullopt;
  for (std::string_view digits : {out.whole, out.part})
    for (char c : digits)
      if (!text::is_digit(c)) return std::nullopt;
  while (out.whole.starts_with('0')) out.whole.remove_prefix(1);
  while (out.part.ends_with('0')) out.part.remove_suffix(1);
  if (out.whole.empty() && out.part.empty()) out.negative = false;
  return out;
}

// Exact, whatever the number of digits.
std::optional<std::strong_ordering> compare_decimals(std::string_view a, std::string_view b) {
  const auto left = parse_decimal(a);
  const auto right = parse_decimal(b);
  if (!left || !right) return std::nullopt;
  if (left->negative != right->negative)
    return left->negative ? std::strong_ordering::less : std::strong_ordering::greater;
  auto order = left->whole.size() <=> right->whole.size();
  if (order == 0) order = left->whole <=> right->whole;
  if (order == 0) order = left->part <=> right->part;
  return left->negative ? 0 <=> order : order;
}

std::optional<double> parse_real(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end || text.empty() || std::isnan(value)) return std::nullopt;
  return value;
}

std::optional<Instant> parse_instant(std::string_view text, ValueKind kind) {
  std::string iso = iso_timestamp(text);
  if (kind == ValueKind::timestamp && iso.find_last_of("+-Z") <= 10) iso += 'Z';
  return parse_rfc3339(iso);
}

std::optional<bool> parse_truth(std::string_view text) {
  for (std::string_view yes : {"t", "true", "1", "yes", "on"})
    if (text::equal_ignoring_case(text, yes)) return true;
  for (std::string_view no : {"f", "false", "0", "no", "off"})
    if (text::equal_ignoring_case(text, no)) return false;
  return std::nullopt;
}

template <class T>
std::optional<std::strong_ordering> order_of(const std::optional<T>& a, const std::optional<T>& b) {
  if (!a || !b) return std::nullopt;
  if (*a < *b) return std::strong_ordering::less;
  return *b < *a ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace

std::optional<std::strong_ordering> compare(ValueKind kind, std::string_view a,
                                            std::string_view b) {
  switch (kind) {
    case ValueKind::integer:
    case ValueKind::numeric: return compare_decimals(a, b);
    case ValueKind::real: return order_of(parse_real(a), parse_real(b));
    case ValueKind::boolean: return order_of(parse_truth(a), parse_truth(b));
    case ValueKind::timestamp:
    case ValueKind::timestamptz: return order_of(parse_instant(a, kind), parse_instant(b, kind));
    case ValueKind::date:
      if (b.size() != 10 || b[4] != '-' || b[7] != '-') return std::nullopt;
      return a <=> b;
    case ValueKind::json:
    case ValueKind::text: return a <=> b;
  }
  return std::nullopt;
}

namespace {

// Bytes of the first UTF-8 character.
std::size_t character_bytes(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

}  // namespace

bool is_like(std::string_view text, std::string_view pattern, bool any_case) {
  const auto same = [any_case](char a, char b) {
    return any_case ? text::lower(a) == text::lower(b) : a == b;
  };
  // The classic two-pointer match: on a mismatch, the last % takes one more byte. Linear in
  // practice.
  std::size_t at = 0, p = 0, star = std::string_view::npos, resume = 0;
  while (at < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      star = p++;
      resume = at;
    } else if (p < pattern.size() && pattern[p] == '_') {
      at += character_bytes(text.substr(at));
      ++p;
    } else if (const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
               p < pattern.size() && same(pattern[p + (escaped ? 1 : 0)], text[at])) {
      ++at;
      p += escaped ? 2 : 1;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '%') ++p;
  return p == pattern.size();
}

}  // namespace flash::realtime
