// Percent-coding, query pairs in order, path segments (RFC 3986; "+" is a space in queries).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flash::http {

// nullopt: a broken escape, NUL or malformed UTF-8 in the result.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);  // everything but RFC 3986 unreserved

using Query = std::vector<std::pair<std::string, std::string>>;  // decoded, in order, repeats kept
// nullopt: a broken escape, or more than `pairs_max` pairs.
std::optional<Query> parse_query(std::string_view query, std::size_t pairs_max = 512);
// The first value of that name.
std::optional<std::string_view> find(const Query& query, std::string_view name);

// "/a/b%20c/" -> {"a","b c"}; empty segments are dropped. nullopt: a broken escape, or "." and
// "..".
std::optional<std::vector<std::string>> path_segments(std::string_view path);

}  // namespace flash::http
