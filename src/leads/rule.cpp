#include "leads/rule.h"

#include <algorithm>
#include <array>

#include "base/ids.h"
#include "base/text.h"
#include "json/read.h"

namespace flash::leads {
namespace {

using Faulty = std::expected<void, ConditionFault>;

constexpr std::size_t rules_max = 50;
constexpr std::size_t reps_max = 50;
constexpr std::size_t name_bytes_max = 200;  // the database counts 80 characters

std::unexpected<ConditionFault> blame(std::string path, std::string_view rule,
                                      std::string message) {
  return std::unexpected(ConditionFault{std::move(path), rule, std::move(message)});
}

// A list of texts for which `good` holds, each once at most counted.
template <class Test>
std::expected<std::vector<std::string>, ConditionFault> texts(const json::Value& value,
                                                              const std::string& path,
                                                              std::size_t max, Test good) {
  if (!value.is_array() || value.get_array().size() > max)
    return blame(path, "wrong_type",
                 text::cat("A list of at most ", std::to_string(max), " texts goes here."));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < value.get_array().size(); ++i) {
    const auto& item = value.get_array()[i];
    if (!item.is_string() || !good(std::string_view(item.get_string())))
      return blame(text::cat(path, "/", std::to_string(i)), "not_allowed",
                   "This is no value of that list.");
    out.emplace_back(item.get_string());
  }
  return out;
}

bool is_word(std::string_view fact, std::string_view text) {
  return std::ranges::find(fact_field(fact)->words, text) != fact_field(fact)->words.end();
}

std::expected<double, ConditionFault> number(const json::Value& value, const std::string& path,
                                             double low, double high) {
  const double given = value.is_int64()    ? static_cast<double>(value.get_int64())
                       : value.is_double() ? value.get_double()
                                           : low - 1;
  if (given >= low && given <= high) return given;
  return blame(path, "out_of_range",
               text::cat("A number from ", std::to_string(static_cast<std::int64_t>(low)), " to ",
                         std::to_string(static_cast<std::int64_t>(high)), " goes here."));
}

Faulty read_high_value(Rule& rule, std::string_view key, const json::Value& value,
                       const std::string& path) {
  const bool share = key == "min_conversion";
  const auto given = number(value, path, 0, share ? 1 : key == "min_closed" ? 1000 : 1e12);
  if (!given) return std::unexpected(given.error());
  if (share) {
    rule.conversion_min = *given;
  } else if (key == "min_closed") {
    rule.closed_min = static_cast<int>(*given);
  } else if (key == "min_value_usd") {
    rule.value_usd_min = *given;
  }  // "months": twelve, as the history is kept
  return {};
}

Faulty read_list(Rule& rule, std::string_view key, const json::Value& value,
                 const std::string& path) {
  const bool people = key == "reps";
  auto list = texts(value, path, people ? reps_max : 10, [&](std::string_view text) {
    return people ? ids::is_uuid(text)
                  : is_word(key == "languages" ? "preferred_language" : "business_type", text);
  });
  if (!list) return std::unexpected(list.error());
  (people ? rule.reps : key == "languages" ? rule.languages : rule.specialities) = *std::move(list);
  return {};
}

Faulty read_param(Rule& rule, std::string_view key, const json::Value& value) {
  const std::string path = text::cat("/params/", text::clip_utf8(key, 40));
  constexpr std::array<std::string_view, 4> of_value{"min_value_usd", "min_conversion",
                                                     "min_closed", "months"};
  if (rule.kind == RuleKind::high_value && std::ranges::find(of_value, key) != of_value.end())
    return read_high_value(rule, key, value, path);
  const bool picks = rule.kind != RuleKind::queue;
  if ((picks && (key == "specialities" || key == "languages")) ||
      (rule.kind == RuleKind::reps && key == "reps"))
    return read_list(rule, key, value, path);
  if (picks && key == "strategy") {
    rule.strategy = value.is_string() ? strategy_of(value.get_string()) : std::nullopt;
    if (!rule.strategy) return blame(path, "not_allowed", "There is no such order.");
    return {};
  }
  if ((picks && key == "at_work") || (!picks && key == "alert")) {
    if (!value.is_bool()) return blame(path, "wrong_type", "True or false goes here.");
    (picks ? rule.at_work : rule.alert) = value.get_bool();
    return {};
  }
  return blame(path, "unknown_field", "Rules of this kind have no such setting.");
}

Faulty read_head(Rule& rule, const json::Object& from) {
  const auto* priority = json::find(from, "priority");
  if (priority == nullptr || !priority->is_int64() || priority->get_int64() < 1 ||
      priority->get_int64() > 999)
    return blame("/priority", "out_of_range", "A whole number from 1 to 999 goes here.");
  rule.priority = static_cast<int>(priority->get_int64());
  const auto kind = rule_kind(json::text_or(from, "kind"));
  if (!kind) return blame("/kind", "not_allowed", "There is no such kind of rule.");
  rule.kind = *kind;
  rule.name = text::trim(json::text_or(from, "name"));
  if (rule.name.empty() || rule.name.size() > name_bytes_max)
    return blame("/name", "required", "A rule has a name of at most 80 characters.");
  rule.id = static_cast<int>(json::int_or(from, "id"));
  rule.territory = static_cast<int>(json::int_or(from, "territory_id"));
  rule.enabled = json::bool_or(from, "enabled", true);
  return {};
}

std::string source_of(const json::Object& from) {
  json::Object out;
  for (const char* key :
       {"id", "territory_id", "priority", "kind", "name", "enabled", "condition", "params"})
    if (const auto* value = json::find(from, key)) out[key] = *value;
  return json::serialize(out);
}

}  // namespace

std::string_view to_text(Strategy strategy) {
  return strategy == Strategy::round_robin ? "round_robin" : "least_loaded";
}

std::optional<Strategy> strategy_of(std::string_view text) {
  if (text == "round_robin") return Strategy::round_robin;
  if (text == "least_loaded") return Strategy::least_loaded;
  return std::nullopt;
}

std::string_view to_text(RuleKind kind) {
  switch (kind) {
    case RuleKind::returning_customer: return "returning_customer";
    case RuleKind::high_value: return "high_value";
    case RuleKind::specialist: return "specialist";
    case RuleKind::territory: return "territory";
    case RuleKind::neighbours: return "neighbours";
    case RuleKind::parent: return "parent";
    case RuleKind::reps: return "reps";
    case RuleKind::queue: return "queue";
  }
  return "queue";
}

std::optional<RuleKind> rule_kind(std::string_view text) {
  for (const auto kind : {RuleKind::returning_customer, RuleKind::high_value, RuleKind::specialist,
                          RuleKind::territory, RuleKind::neighbours, RuleKind::parent,
                          RuleKind::reps, RuleKind::queue})
    if (to_text(kind) == text) return kind;
  return std::nullopt;
}

std::expected<Rule, ConditionFault> Rule::parse(const json::Object& from) {
  Rule rule;
  if (const auto head = read_head(rule, from); !head) return std::unexpected(head.error());
  if (const auto* value = json::find(from, "condition")) {
    auto condition = Condition::parse(*value);
    if (!condition) {
      condition.error().path.insert(0, "/condition");
      return std::unexpected(std::move(condition.error()));
    }
    rule.condition = *std::move(condition);
  }
  for (const auto& [key, value] : json::object_or_empty(from, "params"))
    if (const auto read = read_param(rule, key, value); !read) return std::unexpected(read.error());
  if (rule.kind == RuleKind::reps && rule.reps.empty())
    return blame("/params/reps", "required", "This rule names at least one person.");
  rule.source = source_of(from);
  return rule;
}

Strategy Rule::order(Strategy of_territory) const {
  if (strategy) return *strategy;
  const bool own =
      kind == RuleKind::territory || kind == RuleKind::specialist || kind == RuleKind::reps;
  return own ? of_territory : Strategy::least_loaded;
}

std::expected<Rules, ConditionFault> draft_of(const json::Array& list) {
  if (list.size() > rules_max)
    return blame("", "too_many", "A territory has at most 50 rules of its own.");
  Rules out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string at = text::cat("/", std::to_string(i));
    if (!list[i].is_object()) return blame(at, "malformed", "A rule is an object.");
    auto rule = Rule::parse(list[i].get_object());
    if (!rule) {
      rule.error().path.insert(0, at);
      return std::unexpected(std::move(rule.error()));
    }
    if (std::ranges::any_of(out, [&](const auto& r) { return r->priority == rule->priority; }))
      return blame(text::cat(at, "/priority"), "twice", "Another rule has this priority.");
    out.push_back(std::make_shared<const Rule>(*std::move(rule)));
  }
  std::ranges::sort(out, {}, [](const auto& rule) { return rule->priority; });
  return out;
}

}  // namespace flash::leads
