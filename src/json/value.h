// JSON text to values and back, with limits on size and depth (RFC 8259).
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace flash::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

struct Limits {
  std::size_t bytes_max = std::size_t{1} << 20U;
  std::size_t depth_max = 32;
};

// Errors: too_large "json_too_large"; invalid "json_malformed" (bad text, bad UTF-8, too deep, more
// after the end).
Result<Value> parse(std::string_view text, Limits limits = {});
// The same, and the value must be an object: "json_not_object".
Result<Object> parse_object(std::string_view text, Limits limits = {});
std::string serialize(const Value& value);

}  // namespace flash::json
