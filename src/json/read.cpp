#include "json/read.h"

#include <cmath>

#include "base/text.h"

namespace flash::json {
namespace {

std::unexpected<Error> wrong(std::string_view key, std::string_view wanted) {
  return fail(Kind::invalid, "json_field", text::cat("\"", key, "\" must be ", wanted));
}

// A whole number that was written as 3 or as 3.0.
std::optional<std::int64_t> whole(const Value& value) {
  if (value.is_int64()) return value.get_int64();
  if (!value.is_double()) return std::nullopt;
  const double number = value.get_double();
  constexpr double exact_max = 9007199254740992.0;  // 2^53
  if (number != std::trunc(number) || std::abs(number) > exact_max) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<double> number(const Value& value) {
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  return std::nullopt;
}

}  // namespace

const Value* find(const Object& object, std::string_view key) {
  const Value* value = object.if_contains(key);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

Result<std::optional<std::string>> read_optional_string(const Object& object,
                                                        std::string_view key) {
  const Value* value = find(object, key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) return wrong(key, "a string");
  return std::string(value->get_string());
}

Result<std::optional<std::int64_t>> read_optional_int(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  if (value == nullptr) return std::nullopt;
  if (const auto i = whole(*value)) return i;
  return wrong(key, "a whole number");
}

Result<std::optional<double>> read_optional_number(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  if (value == nullptr) return std::nullopt;
  if (const auto d = number(*value)) return d;
  return wrong(key, "a number");
}

Result<std::optional<bool>> read_optional_bool(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_bool()) return wrong(key, "true or false");
  return value->get_bool();
}

Result<std::string> read_string(const Object& object, std::string_view key) {
  TRY(auto value, read_optional_string(object, key));
  if (!value) return wrong(key, "a string");
  return *std::move(value);
}

Result<std::int64_t> read_int(const Object& object, std::string_view key) {
  TRY(auto value, read_optional_int(object, key));
  if (!value) return wrong(key, "a whole number");
  return *value;
}

Result<bool> read_bool(const Object& object, std::string_view key) {
  TRY(auto value, read_optional_bool(object, key));
  if (!value) return wrong(key, "true or false");
  return *value;
}

std::string_view text_or(const Object& object, std::string_view key, std::string_view fallback) {
  const Value* value = find(object, key);
  if (value == nullptr || !value->is_string()) return fallback;
  return {value->get_string().data(), value->get_string().size()};
}

std::int64_t int_or(const Object& object, std::string_view key, std::int64_t fallback) {
  const Value* value = find(object, key);
  return value == nullptr ? fallback : whole(*value).value_or(fallback);
}

double number_or(const Object& object, std::string_view key, double fallback) {
  const Value* value = find(object, key);
  return value == nullptr ? fallback : number(*value).value_or(fallback);
}

bool bool_or(const Object& object, std::string_view key, bool fallback) {
  const Value* value = find(object, key);
  return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

const Array& array_or_empty(const Object& object, std::string_view key) {
  static const Array empty;
  const Value* value = find(object, key);
  return value != nullptr && value->is_array() ? value->get_array() : empty;
}

const Object& object_or_empty(const Object& object, std::string_view key) {
  static const Object empty;
  const Value* value = find(object, key);
  return value != nullptr && value->is_object() ? value->get_object() : empty;
}

std::vector<std::string> strings_or_empty(const Object& object, std::string_view key) {
  std::vector<std::string> out;
  for (const Value& item : array_or_empty(object, key))
    if (item.is_string()) out.emplace_back(item.get_string());
  return out;
}

}  // namespace flash::json
