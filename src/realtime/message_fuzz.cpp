// Any bytes as a frame: text of both versions, binary, and the filter inside a join.
#include <cstddef>
#include <cstdint>

#include "realtime/binding.h"
#include "realtime/filter.h"
#include "realtime/message.h"

namespace rt = flash::realtime;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string in(size, '\0');
  for (std::size_t i = 0; i < size; ++i) in[i] = static_cast<char>(data[i]);
  for (const rt::Version version : {rt::Version::v1, rt::Version::v2})
    if (const auto message = rt::parse_message(version, in))
      for (const rt::Binding& binding : rt::read_join(message->payload).bindings)
        (void)rt::parse_filter(binding.filter);
  if (const auto broadcast = rt::parse_binary_broadcast(in))
    if (rt::to_binary(*broadcast).empty() ||
        (broadcast->json && !flash::json::parse(rt::broadcast_payload(*broadcast))))
      __builtin_trap();
  if (const auto filter = rt::parse_filter(in))
    for (const rt::Condition& condition : *filter) {
      (void)rt::check_condition(condition, {rt::ValueKind::numeric, false});
      (void)rt::holds(condition, {rt::ValueKind::text, false}, in);
      (void)rt::holds(condition, {rt::ValueKind::timestamptz, false}, std::nullopt);
    }
  std::string json;
  rt::append_json(json, {rt::ValueKind::text, true}, in);
  return 0;
}
