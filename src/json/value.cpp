#include "json/value.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace flash::json {

Result<Value> parse(std::string_view text, Limits limits) {
  if (text.size() > limits.bytes_max)
    return fail(Kind::too_large, "json_too_large", "the JSON text is too large");
  boost::json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::json::error_code fault;
  Value value = boost::json::parse({text.data(), text.size()}, fault, {}, options);
  if (fault) return fail(Kind::invalid, "json_malformed", "not valid JSON: " + fault.message());
  return value;
}

Result<Object> parse_object(std::string_view text, Limits limits) {
  TRY(Value value, parse(text, limits));
  if (!value.is_object()) return fail(Kind::invalid, "json_not_object", "expected a JSON object");
  return std::move(value.as_object());
}

std::string serialize(const Value& value) { return boost::json::serialize(value); }

}  // namespace flash::json
