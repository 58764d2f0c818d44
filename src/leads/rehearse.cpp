#include "leads/rehearse.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "json/read.h"
#include "json/write.h"
#include "leads/choice.h"

namespace flash::leads {
namespace {

const json::Value& value_or_null(const json::Object& from, std::string_view key) {
  static const json::Value null;
  const auto* value = json::find(from, key);
  return value != nullptr ? *value : null;
}

void text_or_null(json::Writer& out, std::string_view name, std::string_view text) {
  out.key(name);
  if (text.empty()) {
    out.null();
  } else {
    out.value(text);
  }
}

std::string_view name_of(const Assignment& of) {
  return of.owner.empty() ? std::string_view{} : of.candidates[of.chosen].name;
}

void put(json::Writer& out, std::string_view key, const Assignment& of, bool with_reason) {
  out.key(key).object();
  text_or_null(out, "owner_id", of.owner);
  text_or_null(out, "name", name_of(of));
  out.field("rule_priority", of.priority).field("rule_name", of.rule_name);
  if (with_reason) out.field("reason", of.reason);
  out.end_object();
}

void put_stored(json::Writer& out, std::string_view key, const json::Object& from) {
  out.key(key).object();
  text_or_null(out, "owner_id", json::text_or(from, "owner_id"));
  out.field("rule_priority", json::int_or(from, "rule_priority")).end_object();
}

bool same(const Assignment& a, const Assignment& b) {
  return a.owner == b.owner && a.priority == b.priority && a.rule_name == b.rule_name;
}

struct Count {
  std::string name;
  int before = 0, after = 0;
};

// The sums over all leads of a dry run.
struct Totals {
  int leads = 0, changed = 0, without = 0, queued_before = 0, queued_after = 0;
  std::map<std::string, Count> people;
  std::map<std::pair<int, std::string>, Count> rules;

  void add(const Assignment& before, const Assignment& after) {
    ++leads;
    if (before.owner != after.owner) ++changed;
    one(before, &Count::before, queued_before);
    one(after, &Count::after, queued_after);
  }

  void one(const Assignment& of, int Count::* side, int& queued) {
    ++(rules[{of.priority, of.rule_name}].*side);
    if (of.owner.empty()) {
      ++queued;
      return;
    }
    auto& person = people[of.owner];
    person.name = name_of(of);
    ++(person.*side);
  }

  void write(json::Writer& out) const {
    out.key("totals").object().field("leads", leads).field("changed", changed);
    out.field("without_inputs", without).field("queued_before", queued_before);
    out.field("queued_after", queued_after).end_object().key("people").array();
    for (const auto& [id, count] : people) {
      out.object().field("id", id).field("name", count.name);
      out.field("before", count.before).field("after", count.after).end_object();
    }
    out.end_array().key("rules").array();
    for (const auto& [rule, count] : rules) {
      out.object().field("priority", rule.first).field("name", rule.second);
      out.field("before", count.before).field("after", count.after).end_object();
    }
    out.end_array();
  }
};

}  // namespace

Result<std::string> replay_json(const json::Object& decision, const Places& places) {
  TRY(Case from, Case::parse(value_or_null(decision, "inputs"), value_or_null(decision, "rules"),
                             value_or_null(decision, "candidates")));
  const Assignment replayed = decide(from);
  from.rules = places.rules_at(from.question.territory);
  const Assignment now = decide(from);
  json::Writer out;
  out.object().field("decided_at", json::text_or(decision, "decided_at"));
  put_stored(out, "stored", decision);
  put(out, "replayed", replayed, true);
  out.field("same", replayed.owner == json::text_or(decision, "owner_id") &&
                        replayed.priority == json::int_or(decision, "rule_priority"));
  put(out, "now", now, true);
  out.field("changed", !same(replayed, now)).end_object();
  return std::move(out).take();
}

std::string dry_run_json(const json::Array& cases, const Places& places, int scope,
                         const Rules& draft) {
  std::map<int, std::pair<Rules, Rules>> rules;  // by territory: in force, drafted
  Totals totals;
  json::Writer out;
  out.object().key("leads").array();
  for (const auto& item : cases) {
    if (!item.is_object()) continue;
    const auto& lead = item.get_object();
    auto from = Case::parse(value_or_null(lead, "inputs"), value_or_null(lead, "rules"),
                            value_or_null(lead, "candidates"));
    if (!from) {
      ++totals.without;
      continue;
    }
    const int at = from->question.territory;
    auto known = rules.find(at);
    if (known == rules.end())
      known = rules.emplace(at, std::pair{places.rules_at(at), places.rules_at(at, scope, draft)})
                  .first;
    from->rules = known->second.first;
    const Assignment before = decide(*from);
    from->rules = known->second.second;
    const Assignment after = decide(*from);
    totals.add(before, after);
    out.object().field("id", json::text_or(lead, "id"));
    out.field("reference", json::text_or(lead, "reference"));
    out.field("business_name", json::text_or(lead, "business_name"));
    out.field("created_at", json::text_or(lead, "created_at")).field("territory_id", at);
    put_stored(out, "was", lead);
    put(out, "before", before, false);
    put(out, "after", after, true);
    out.field("changed", before.owner != after.owner).end_object();
  }
  out.end_array();
  totals.write(out);
  out.end_object();
  return std::move(out).take();
}

}  // namespace flash::leads
