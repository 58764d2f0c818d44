// Column values of the change stream: PostgreSQL's text to JSON, and comparison by type.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flash::realtime {

// How values of a type are written and compared. Everything unknown is text.
enum class ValueKind : std::uint8_t {
  text,
  boolean,
  integer,
  numeric,
  real,
  json,
  date,
  timestamp,
  timestamptz
};

struct ValueType {
  ValueKind kind = ValueKind::text;
  bool array = false;  // of that kind
};

// `oid` of the base type (a domain's is resolved); `element` of an array's elements, 0 for others.
ValueType value_type(std::uint32_t oid, std::uint32_t element);

// Appends as PostgreSQL's to_jsonb writes it: numbers bare, timestamps ISO 8601, arrays as arrays.
void append_json(std::string& out, ValueType type, std::string_view text);

// "2026-11-22 10:00:00.5+00" -> "2026-11-22T10:00:00.5+00:00"; text that is no timestamp stays.
std::string iso_timestamp(std::string_view text);

// nullopt: one of them is not a value of that type (json and arrays have no order and compare as
// text).
std::optional<std::strong_ordering> compare(ValueKind kind, std::string_view a, std::string_view b);

// SQL's LIKE: % any text, _ any character, backslash escapes. `any_case` folds ASCII letters.
bool is_like(std::string_view text, std::string_view pattern, bool any_case);

}  // namespace flash::realtime
