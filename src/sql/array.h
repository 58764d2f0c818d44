// PostgreSQL array literals, both ways: a list is one parameter.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flash::sql {

// {"a","b \"c\""}: every element quoted, so no element can be read as NULL or as structure.
std::string array_literal(const std::vector<std::string>& items);
// One dimension; an unquoted NULL is nullopt. nullopt: not an array literal.
std::optional<std::vector<std::optional<std::string>>> parse_array(std::string_view text);

}  // namespace flash::sql
