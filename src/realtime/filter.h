// Row filters of a subscription: "status=eq.new,lead_score=gte.70", evaluated in memory by type.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "realtime/values.h"

namespace flash::realtime {

enum class Op : std::uint8_t { eq, neq, lt, lte, gt, gte, in, is, like, ilike, isdistinct };

struct Condition {
  std::string column;
  Op op = Op::eq;
  bool negated = false;
  std::vector<std::string> values;  // one, but for `in`
};

using Filter = std::vector<Condition>;  // all must hold; empty: every row

// Errors: invalid "filter", with a sentence for the subscriber.
Result<Filter> parse_filter(std::string_view text);
// Whether the condition's values can be of that type; checked once, when somebody subscribes.
Result<void> check_condition(const Condition& condition, ValueType type);
// SQL's logic: a comparison with null holds for nobody, negated or not. `value` nullopt: null.
bool holds(const Condition& condition, ValueType type, std::optional<std::string_view> value);

}  // namespace flash::realtime
