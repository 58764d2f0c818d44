#include <algorithm>

#include "json/value.h"
#include "rest/errors.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

// The server has bounded the bytes of the body already; this bounds the tree made of them.
constexpr json::Limits body_limits{.bytes_max = std::size_t{256} << 20U, .depth_max = 64};

bool same_keys(const std::vector<std::string>& keys, const json::Object& object) {
  return keys.size() == object.size() &&
         std::ranges::all_of(keys, [&](const std::string& key) { return object.contains(key); });
}

std::vector<std::string> keys_of(const json::Object& object) {
  std::vector<std::string> out;
  out.reserve(object.size());
  for (const auto& [key, value] : object) out.emplace_back(key);
  return out;
}

}  // namespace

Result<Body> inspect_body(std::string_view body) {
  const auto parsed = json::parse(body, body_limits);
  if (!parsed) return fail(errors::invalid_body("Empty or invalid json"));
  Body out;
  if (const json::Object* object = parsed->if_object()) {
    out.keys = keys_of(*object);
    out.objects = 1;
    return out;
  }
  const json::Array* array = parsed->if_array();
  if (array == nullptr) return fail(errors::invalid_body("All object keys must match"));
  out.is_array = true;
  out.objects = array->size();
  for (const json::Value& each : *array) {
    const json::Object* object = each.if_object();
    if (object == nullptr) return fail(errors::invalid_body("All object keys must match"));
    if (object == array->begin()->if_object()) {
      out.keys = keys_of(*object);
    } else if (!same_keys(out.keys, *object)) {
      out.mixed = true;
    }
  }
  return out;
}

}  // namespace flash::rest
