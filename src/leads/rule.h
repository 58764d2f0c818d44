// A routing rule: when it applies, whom it looks at, and in which order.
#pragma once
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leads/condition.h"

namespace flash::leads {

enum class Strategy : std::uint8_t { least_loaded, round_robin };
std::string_view to_text(Strategy strategy);
std::optional<Strategy> strategy_of(std::string_view text);

// Whom a rule looks at.
enum class RuleKind : std::uint8_t {
  returning_customer,  // the owner of what this customer sent before
  high_value,          // the best closer of those who cover the territory
  specialist,          // whoever knows the trade, where the territory asks for that
  territory,           // whoever covers the territory
  neighbours,          // whoever covers one beside it, where it allows that
  parent,              // whoever works in its region, else its country
  reps,                // people by name
  queue                // nobody: it waits, and managers are told
};
std::string_view to_text(RuleKind kind);
std::optional<RuleKind> rule_kind(std::string_view text);

struct Rule {
  int id = 0;         // 0: not stored yet
  int territory = 0;  // 0: everywhere
  int priority = 0;   // 1 to 999, ascending
  RuleKind kind = RuleKind::queue;
  std::string name;
  bool enabled = true;  // off: it also keeps a rule further up with its priority from applying
  std::optional<Condition> condition;  // none: always

  double value_usd_min = 50'000;  // high value: stated deals of at least this
  double conversion_min = 0.15;   // high value: share of closed deals that were won
  int closed_min = 10;            // high value: closed deals in the last 12 months
  std::vector<std::string> reps;  // of kind reps: profile ids
  // Of those it looks at, only who has one of these; empty: no matter.
  std::vector<std::string> specialities, languages;
  bool at_work = false;              // only who is within his working hours
  std::optional<Strategy> strategy;  // none: the territory's
  bool alert = true;                 // queue: its managers are told

  std::string source;  // the rule as JSON: what parse() takes

  // {id?, territory_id?, priority, kind, name, enabled?, condition?, params?}; `params` by kind,
  // see docs/formats/routing.md. A fault's path is a JSON Pointer into it.
  static std::expected<Rule, ConditionFault> parse(const json::Object& from);
  // The order among those it looks at: the rule's own, the territory's where it asks its own
  // people, the load elsewhere.
  [[nodiscard]] Strategy order(Strategy of_territory) const;
};

using Rules = std::vector<std::shared_ptr<const Rule>>;

// The rules of one territory or of everywhere as somebody has drafted them: at most 50, no priority
// twice, sorted. A fault's path begins with the rule's place in `list`.
std::expected<Rules, ConditionFault> draft_of(const json::Array& list);

}  // namespace flash::leads
