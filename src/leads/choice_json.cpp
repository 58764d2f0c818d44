// A case as it is stored with its assignment, and back.
#include <utility>

#include "json/read.h"
#include "json/write.h"
#include "leads/choice.h"

namespace flash::leads {
namespace {

constexpr std::size_t candidates_max = 5'000;

Error malformed(std::string what) {
  return make_error(Kind::invalid, "case_malformed", std::move(what));
}

int small(const json::Object& from, std::string_view key) {
  return static_cast<int>(json::int_or(from, key));
}

void list(json::Writer& out, std::string_view name, const std::vector<std::string>& items) {
  out.key(name).array();
  for (const auto& item : items) out.value(item);
  out.end_array();
}

Candidate candidate_of(const json::Object& from) {
  Candidate one;
  one.id = json::text_or(from, "profile_id");
  one.name = json::text_or(from, "name");
  one.load = small(from, "open");
  one.capacity = small(from, "capacity");
  one.won = small(from, "won");
  one.closed = small(from, "closed");
  one.handled = small(from, "handled");
  if (json::find(from, "last_assigned_us") != nullptr)
    one.last_assigned = json::int_or(from, "last_assigned_us");
  if (json::find(from, "turn_us") != nullptr) one.turn = json::int_or(from, "turn_us");
  one.covers = json::bool_or(from, "covers");
  one.speaks = json::bool_or(from, "speaks");
  one.specialist = json::bool_or(from, "specialist");
  one.near = json::bool_or(from, "near");
  one.at_work = json::bool_or(from, "at_work", true);
  if (json::find(from, "reach") != nullptr) one.reach = small(from, "reach");
  one.specialities = json::strings_or_empty(from, "specialities");
  one.languages = json::strings_or_empty(from, "languages");
  const auto excluded = json::text_or(from, "excluded");
  one.excluded = excluded == "full" ? "full" : excluded.empty() ? "" : "out_of_office";
  return one;
}

}  // namespace

std::string inputs_json(const Case& from) {
  const auto& question = from.question;
  json::Writer out;
  out.object().field("territory_id", question.territory);
  out.field("strategy", to_text(from.strategy)).field("neighbours", from.allow_neighbours);
  out.field("specialist", from.needs_specialist).field("held", question.held);
  if (!question.previous_owner.empty()) out.field("previous_owner", question.previous_owner);
  out.raw_field("facts", json::serialize(question.facts)).end_object();
  return std::move(out).take();
}

std::string rules_json(const Case& from) {
  json::Writer out;
  out.array();
  for (const auto& rule : from.rules) out.raw(rule->source);
  out.end_array();
  return std::move(out).take();
}

std::string candidates_json(const Assignment& assignment) {
  json::Writer out;
  out.array();
  for (const auto& c : assignment.candidates) {
    const auto ratio =
        c.capacity > 0 ? static_cast<double>(c.load * 1000 / c.capacity) / 1000 : 1.0;
    const auto conversion = static_cast<double>((c.won + 1) * 1000 / (c.closed + 2)) / 1000;
    out.object().field("profile_id", c.id).field("name", c.name).field("open", c.load);
    out.field("capacity", c.capacity).field("ratio", ratio).field("bucket", c.bucket());
    out.field("won", c.won).field("closed", c.closed).field("conversion", conversion);
    out.field("last_assigned_us", c.last_assigned)
        .field("turn_us", c.turn)
        .field("handled", c.handled);
    out.field("covers", c.covers).field("speaks", c.speaks).field("specialist", c.specialist);
    out.field("near", c.near).field("at_work", c.at_work).field("reach", c.reach);
    list(out, "specialities", c.specialities);
    list(out, "languages", c.languages);
    out.field("eligible", c.excluded.empty());
    if (!c.excluded.empty()) out.field("excluded", c.excluded);
    out.key("rules").array();
    for (const int rule : c.rules) out.value(rule);
    out.end_array()
        .field("chosen", !assignment.owner.empty() && c.id == assignment.owner)
        .end_object();
  }
  out.end_array();
  return std::move(out).take();
}

Result<Case> Case::parse(const json::Value& inputs, const json::Value& rules,
                         const json::Value& candidates) {
  if (inputs.is_null())
    return fail(Kind::invalid, "no_inputs", "this was decided before its inputs were kept");
  if (!inputs.is_object() || !rules.is_array() || !candidates.is_array() ||
      candidates.get_array().size() > candidates_max)
    return std::unexpected(malformed("these are no stored inputs"));
  const auto& from = inputs.get_object();
  Case out;
  auto& question = out.question;
  question.territory = small(from, "territory_id");
  question.held = json::bool_or(from, "held");
  question.previous_owner = json::text_or(from, "previous_owner");
  question.facts = json::object_or_empty(from, "facts");
  question.business_type = json::text_or(question.facts, "business_type");
  question.language = json::text_or(question.facts, "preferred_language");
  question.working_hours = json::bool_or(question.facts, "working_hours", true);
  if (json::find(question.facts, "value_usd") != nullptr)
    question.value_usd = json::number_or(question.facts, "value_usd");
  out.strategy = strategy_of(json::text_or(from, "strategy")).value_or(Strategy::least_loaded);
  out.allow_neighbours = json::bool_or(from, "neighbours", true);
  out.needs_specialist = json::bool_or(from, "specialist");
  for (const auto& item : rules.get_array()) {
    if (!item.is_object()) return std::unexpected(malformed("a rule is an object"));
    auto rule = Rule::parse(item.get_object());
    if (!rule) return std::unexpected(malformed(rule.error().message));
    out.rules.push_back(std::make_shared<const Rule>(*std::move(rule)));
  }
  for (const auto& item : candidates.get_array()) {
    if (!item.is_object()) return std::unexpected(malformed("a candidate is an object"));
    out.candidates.push_back(candidate_of(item.get_object()));
  }
  return out;
}

}  // namespace flash::leads
