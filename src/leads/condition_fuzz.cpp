#include <cstddef>
#include <cstdint>
#include <string_view>

#include "leads/condition.h"

// Whatever is written as a condition is refused with a place inside it, or answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value =
      flash::json::parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!value) return 0;
  const auto condition = flash::leads::Condition::parse(*value);
  if (!condition) {
    if (condition.error().message.empty() || condition.error().rule.empty()) __builtin_trap();
    return 0;
  }
  // Facts of any type at all, that of the fact or another.
  flash::json::Object facts;
  for (const auto& field : flash::leads::fact_fields()) facts[field.name] = *value;
  (void)condition->holds(facts);
  (void)condition->holds({});
  for (const auto& field : flash::leads::fact_fields()) facts[field.name] = 1;
  (void)condition->holds(facts);
  return 0;
}
