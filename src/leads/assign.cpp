#include "leads/assign.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/reason.h"

namespace flash::leads {
namespace {

using Pool = std::vector<std::size_t>;  // places in the list of candidates

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

// Null first: whoever has never been assigned comes before everybody else.
std::int64_t or_never(const std::optional<std::int64_t>& at) { return at.value_or(INT64_MIN); }

bool precedes(RuleKind kind, Strategy strategy, const Candidate& a, const Candidate& b) {
  if (kind == RuleKind::high_value) return higher_conversion(a, b);
  const bool turns = strategy == Strategy::round_robin &&
                     (kind == RuleKind::territory || kind == RuleKind::specialist);
  return turns ? earlier_turn(a, b) : less_loaded(a, b);
}

// Everybody who works anywhere in the country of the lead; others never come into question.
std::vector<const Rep*> related(const Question& question, const std::vector<Rep>& reps,
                                const Places& places) {
  const int country = places.country_of(question.territory).id;
  std::vector<const Rep*> out;
  for (const auto& rep : reps)
    if (std::ranges::any_of(rep.nodes, [&](int node) {
          return places.covers(node, country) || places.covers(country, node);
        }))
      out.push_back(&rep);
  return out;
}

Candidate candidate_of(const Rep& rep, const Question& question, const Places& places) {
  Candidate out;
  out.id = rep.id;
  out.name = rep.name;
  out.load = rep.load;
  out.capacity = rep.capacity;
  out.won = rep.won;
  out.closed = rep.closed;
  const auto handled = rep.handled.find(question.business_type);
  out.handled = handled == rep.handled.end() ? 0 : handled->second;
  out.last_assigned = rep.last_assigned;
  if (const auto turn = rep.turns.find(question.territory); turn != rep.turns.end())
    out.turn = turn->second;
  out.covers = rep.covers(question.territory, places);
  out.speaks = question.language.empty() || has(rep.languages, question.language);
  out.specialist = has(rep.specialities, question.business_type);
  out.excluded = rep.absent ? "out_of_office" : rep.load >= rep.capacity ? "full" : "";
  return out;
}

class Chooser {
 public:
  Chooser(const Question& question, const std::vector<Rep>& reps, const Places& places)
      : question_(question), places_(places), reps_(related(question, reps, places)) {
    for (const Rep* rep : reps_) out_.candidates.push_back(candidate_of(*rep, question, places));
  }

  Assignment choose() {
    const Place& place = *places_.find(question_.territory);
    out_.strategy = place.strategy;
    if (question_.held) {
      out_.reason = "Held in the queue: outside working hours, until the next shift.";
      return std::move(out_);
    }
    for (const auto& rule : places_.rules_at(question_.territory)) {
      if (rule.kind == RuleKind::queue) break;
      Pool pool = speakers_first(pool_of(rule, place));
      if (pool.empty()) continue;
      for (const auto at : pool) out_.candidates[at].rules.push_back(rule.priority);
      settle(rule, pool);
      return std::move(out_);
    }
    out_.reason = queue_reason(out_.candidates);
    return std::move(out_);
  }

 private:
  template <class Test>
  Pool eligible(Test test) const {
    Pool pool;
    for (std::size_t i = 0; i < out_.candidates.size(); ++i)
      if (out_.candidates[i].excluded.empty() && test(i)) pool.push_back(i);
    return pool;
  }

  Pool pool_of(const Rule& rule, const Place& place) const {
    const auto& all = out_.candidates;
    switch (rule.kind) {
      case RuleKind::returning_customer:
        return eligible([&](std::size_t i) {
          return !question_.previous_owner.empty() && all[i].id == question_.previous_owner &&
                 all[i].covers;
        });
      case RuleKind::high_value:
        if (question_.value_usd.value_or(0) < rule.value_usd_min) return {};
        return eligible([&](std::size_t i) {
          return all[i].covers && all[i].closed >= std::max(rule.closed_min, 1) &&
                 all[i].won >= rule.conversion_min * all[i].closed;
        });
      case RuleKind::specialist:
        if (!has(place.specialist_types, question_.business_type)) return {};
        return eligible([&](std::size_t i) { return all[i].covers && all[i].specialist; });
      case RuleKind::territory: return eligible([&](std::size_t i) { return all[i].covers; });
      case RuleKind::neighbours:
        if (!place.allow_neighbours) return {};
        return eligible([&](std::size_t i) {
          return std::ranges::any_of(place.neighbours,
                                     [&](int next) { return reps_[i]->covers(next, places_); });
        });
      case RuleKind::parent: return around(place);
      case RuleKind::queue: return {};
    }
    return {};
  }

  // Everybody inside the region, else inside the country; an area's own people were asked before.
  Pool around(const Place& place) const {
    const Place* at = &place;
    for (int step = 0; step < 32 && at != nullptr && at->kind != PlaceKind::root; ++step) {
      Pool pool = eligible([&](std::size_t i) {
        return std::ranges::any_of(reps_[i]->nodes,
                                   [&](int node) { return places_.covers(at->id, node); });
      });
      if (!pool.empty()) return pool;
      at = places_.find(at->parent);
    }
    return {};
  }

  Pool speakers_first(Pool pool) const {
    Pool speakers;
    for (const auto at : pool)
      if (out_.candidates[at].speaks) speakers.push_back(at);
    return speakers.empty() ? pool : speakers;
  }

  void settle(const Rule& rule, Pool& pool) {
    std::ranges::sort(pool, [&](std::size_t a, std::size_t b) {
      return precedes(rule.kind, out_.strategy, out_.candidates[a], out_.candidates[b]);
    });
    const Candidate& first = out_.candidates[pool.front()];
    out_.chosen = pool.front();
    out_.owner = first.id;
    out_.priority = rule.priority;
    out_.kind = rule.kind;
    out_.rule_name = rule.name;
    out_.confidence =
        std::min(1.0, 0.5 + (first.covers ? 0.3 : 0.0) + std::min(first.handled / 10.0 * 0.2, 0.2));
    std::vector<const Candidate*> ranked;
    for (const auto at : pool) ranked.push_back(&out_.candidates[at]);
    out_.reason = choice_reason(out_, ranked, question_.language);
  }

  const Question& question_;
  const Places& places_;
  std::vector<const Rep*> reps_;  // in the order of the candidates
  Assignment out_;
};

}  // namespace

bool Rep::covers(int territory, const Places& places) const {
  return std::ranges::any_of(nodes, [&](int node) { return places.covers(node, territory); });
}

bool less_loaded(const Candidate& a, const Candidate& b) {
  if (a.bucket() != b.bucket()) return a.bucket() < b.bucket();
  // (won + 1) / (closed + 2), compared without division.
  const auto left = std::int64_t{a.won + 1} * (b.closed + 2);
  const auto right = std::int64_t{b.won + 1} * (a.closed + 2);
  if (left != right) return left > right;
  return std::tuple(or_never(a.last_assigned), std::string_view(a.id)) <
         std::tuple(or_never(b.last_assigned), std::string_view(b.id));
}

bool earlier_turn(const Candidate& a, const Candidate& b) {
  return std::tuple(or_never(a.turn), std::string_view(a.id)) <
         std::tuple(or_never(b.turn), std::string_view(b.id));
}

bool higher_conversion(const Candidate& a, const Candidate& b) {
  const auto left = std::int64_t{a.won} * std::max(b.closed, 1);
  const auto right = std::int64_t{b.won} * std::max(a.closed, 1);
  return left != right ? left > right : less_loaded(a, b);
}

Assignment assign(const Question& question, const std::vector<Rep>& reps, const Places& places) {
  Assignment out = Chooser(question, reps, places).choose();
  out.held = question.held;
  return out;
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

Result<std::string> replay(std::string_view candidates, int priority, std::string_view kind_text,
                           std::string_view strategy_text) {
  TRY(const auto list, json::parse(candidates));
  const auto kind = rule_kind(kind_text);
  if (!list.is_array() || !kind)
    return fail(Kind::invalid, "candidates_malformed", "these are no stored candidates");
  const auto strategy =
      strategy_text == "round_robin" ? Strategy::round_robin : Strategy::least_loaded;
  std::vector<Candidate> pool;
  for (const auto& item : list.get_array()) {
    if (!item.is_object())
      return fail(Kind::invalid, "candidates_malformed", "a candidate is an object");
    const auto& from = item.get_object();
    const auto& rules = json::array_or_empty(from, "rules");
    const bool in_pool = std::ranges::any_of(rules, [&](const json::Value& rule) {
      return rule.is_int64() && rule.get_int64() == priority;
    });
    if (!in_pool) continue;
    Candidate one;
    one.id = json::text_or(from, "profile_id");
    one.load = static_cast<int>(json::int_or(from, "open"));
    one.capacity = static_cast<int>(json::int_or(from, "capacity"));
    one.won = static_cast<int>(json::int_or(from, "won"));
    one.closed = static_cast<int>(json::int_or(from, "closed"));
    if (json::find(from, "last_assigned_us") != nullptr)
      one.last_assigned = json::int_or(from, "last_assigned_us");
    if (json::find(from, "turn_us") != nullptr) one.turn = json::int_or(from, "turn_us");
    pool.push_back(std::move(one));
  }
  const auto first = std::ranges::min_element(pool, [&](const Candidate& a, const Candidate& b) {
    return precedes(*kind, strategy, a, b);
  });
  return first == pool.end() ? std::string{} : first->id;
}

}  // namespace flash::leads
