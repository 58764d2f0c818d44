#include "realtime/binding.h"

#include "base/text.h"
#include "json/read.h"

namespace flash::realtime {
namespace {

constexpr std::size_t bindings_max = 100;
constexpr std::size_t select_max = 200;

// Some clients send "true" and "False" as text.
bool read_flag(const json::Object& object, std::string_view key) {
  const json::Value* value = json::find(object, key);
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  return value->is_string() && text::equal_ignoring_case(value->get_string(), "true");
}

std::uint8_t read_events(std::string_view name) {
  if (text::equal_ignoring_case(name, "insert")) return insert_event;
  if (text::equal_ignoring_case(name, "update")) return update_event;
  if (text::equal_ignoring_case(name, "delete")) return delete_event;
  return every_event;
}

// FNV-1a over the parameters, folded: frames are shared by all channels with the same ids.
std::uint32_t binding_id(const Binding& binding) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto mix = [&hash](std::string_view piece) {
    for (char c : piece) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash = (hash ^ 0xFFU) * 1099511628211ULL;
  };
  mix(std::string(1, static_cast<char>(binding.events)));
  mix(binding.schema);
  mix(binding.table);
  mix(binding.filter);
  for (const std::string& column : binding.select) mix(column);
  constexpr std::uint64_t mask = (1ULL << 27U) - 1;
  return static_cast<std::uint32_t>((hash ^ (hash >> 27U) ^ (hash >> 54U)) & mask);
}

Binding read_binding(const json::Object& object) {
  Binding out;
  out.events = read_events(json::text_or(object, "event"));
  out.schema = json::text_or(object, "schema", "public");
  out.table = json::text_or(object, "table", "*");
  out.filter = json::text_or(object, "filter");
  out.select = json::strings_or_empty(object, "select");
  if (out.select.size() > select_max) out.select.resize(select_max);
  out.id = binding_id(out);
  json::Object echo = object;
  echo["id"] = out.id;
  out.echo = json::serialize(echo);
  return out;
}

}  // namespace

Join read_join(const json::Value& payload) {
  Join out;
  if (!payload.is_object()) return out;
  const json::Object& fields = payload.get_object();
  if (const auto token = json::read_optional_string(fields, "access_token"); token && *token)
    out.access_token = **token;
  const json::Object& config = json::object_or_empty(fields, "config");
  const json::Object& broadcast = json::object_or_empty(config, "broadcast");
  out.ack = read_flag(broadcast, "ack");
  out.self = read_flag(broadcast, "self");
  const json::Object& presence = json::object_or_empty(config, "presence");
  out.presence = read_flag(presence, "enabled");
  out.presence_key = json::text_or(presence, "key");
  out.is_private = read_flag(config, "private");
  for (const json::Value& item : json::array_or_empty(config, "postgres_changes")) {
    if (out.bindings.size() == bindings_max) break;
    if (item.is_object()) out.bindings.push_back(read_binding(item.get_object()));
  }
  return out;
}

}  // namespace flash::realtime
