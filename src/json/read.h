// Typed readers over a JSON object: absent, null and value are three cases, faults name the path.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace flash::json {

// Absent and null both give nullptr.
const Value* find(const Object& object, std::string_view key);

// Required: absent, null or another type is Error invalid "json_field", with the key in the
// message.
Result<std::string> read_string(const Object& object, std::string_view key);
Result<std::int64_t> read_int(const Object& object, std::string_view key);
Result<bool> read_bool(const Object& object, std::string_view key);

// Optional: absent or null is nullopt; another type is the same error.
Result<std::optional<std::string>> read_optional_string(const Object& object, std::string_view key);
Result<std::optional<std::int64_t>> read_optional_int(const Object& object, std::string_view key);
Result<std::optional<double>> read_optional_number(const Object& object, std::string_view key);
Result<std::optional<bool>> read_optional_bool(const Object& object, std::string_view key);

// For trusted documents (made by our own SQL): the value, or the fallback when it is absent or of
// another type.
std::string_view text_or(const Object& object, std::string_view key,
                         std::string_view fallback = {});
std::int64_t int_or(const Object& object, std::string_view key, std::int64_t fallback = 0);
double number_or(const Object& object, std::string_view key, double fallback = 0);
bool bool_or(const Object& object, std::string_view key, bool fallback = false);
const Array& array_or_empty(const Object& object, std::string_view key);
const Object& object_or_empty(const Object& object, std::string_view key);
std::vector<std::string> strings_or_empty(const Object& object, std::string_view key);

}  // namespace flash::json
