#include "leads/choice.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "leads/reason.h"

namespace flash::leads {
namespace {

using Pool = std::vector<std::size_t>;  // places in the list of candidates

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

bool has_any(const std::vector<std::string>& list, const std::vector<std::string>& wanted) {
  return wanted.empty() ||
         std::ranges::any_of(wanted, [&](const auto& item) { return has(list, item); });
}

// Null first: whoever has never been assigned comes before everybody else.
std::int64_t or_never(const std::optional<std::int64_t>& at) { return at.value_or(INT64_MIN); }

bool precedes(RuleKind kind, Strategy strategy, const Candidate& a, const Candidate& b) {
  if (strategy == Strategy::round_robin) return earlier_turn(a, b);
  return kind == RuleKind::high_value ? higher_conversion(a, b) : less_loaded(a, b);
}

class Chooser {
 public:
  explicit Chooser(const Case& from) : from_(from) {
    out_.candidates = from.candidates;
    out_.strategy = from.strategy;
    out_.held = from.question.held;
  }

  Assignment choose() {
    if (from_.question.held) {
      out_.reason = "Held in the queue: outside working hours, until the next shift.";
      return std::move(out_);
    }
    for (const auto& rule : from_.rules) {
      if (rule->condition && !rule->condition->holds(from_.question.facts)) continue;
      if (rule->kind == RuleKind::queue) return queue(*rule);
      Pool pool = speakers_first(pool_of(*rule));
      if (pool.empty()) continue;
      for (const auto at : pool) out_.candidates[at].rules.push_back(rule->priority);
      settle(*rule, pool);
      return std::move(out_);
    }
    out_.reason = queue_reason(out_);
    return std::move(out_);
  }

 private:
  Assignment queue(const Rule& rule) {
    out_.rule_id = rule.id;
    out_.priority = rule.priority;
    out_.rule_name = rule.name;
    out_.alert = rule.alert;
    out_.reason = rule.condition ? queue_wanted(out_) : queue_reason(out_);
    return std::move(out_);
  }

  template <class Test>
  Pool eligible(const Rule& rule, Test test) const {
    Pool pool;
    for (std::size_t i = 0; i < out_.candidates.size(); ++i) {
      const auto& one = out_.candidates[i];
      if (one.excluded.empty() && has_any(one.specialities, rule.specialities) &&
          has_any(one.languages, rule.languages) && (one.at_work || !rule.at_work) && test(one))
        pool.push_back(i);
    }
    return pool;
  }

  Pool pool_of(const Rule& rule) const {
    const auto& question = from_.question;
    switch (rule.kind) {
      case RuleKind::returning_customer:
        return eligible(rule, [&](const Candidate& one) {
          return one.covers && !question.previous_owner.empty() &&
                 one.id == question.previous_owner;
        });
      case RuleKind::high_value:
        if (question.value_usd.value_or(0) < rule.value_usd_min) return {};
        return eligible(rule, [&](const Candidate& one) {
          return one.covers && one.closed >= std::max(rule.closed_min, 1) &&
                 one.won >= rule.conversion_min * one.closed;
        });
      case RuleKind::specialist:
        if (!from_.needs_specialist) return {};
        return eligible(rule, [](const Candidate& one) { return one.covers && one.specialist; });
      case RuleKind::territory:
        return eligible(rule, [](const Candidate& one) { return one.covers; });
      case RuleKind::neighbours:
        if (!from_.allow_neighbours) return {};
        return eligible(rule, [](const Candidate& one) { return one.near; });
      case RuleKind::parent: return around(rule);
      case RuleKind::reps:
        return eligible(rule, [&](const Candidate& one) { return has(rule.reps, one.id); });
      case RuleKind::queue: break;
    }
    return {};
  }

  // Everybody inside the region, else inside the country; an area's own people were asked before.
  Pool around(const Rule& rule) const {
    const Pool all = eligible(rule, [](const Candidate& one) { return one.reach.has_value(); });
    Pool nearest;
    int least = INT32_MAX;
    for (const auto at : all) least = std::min(least, *out_.candidates[at].reach);
    for (const auto at : all)
      if (*out_.candidates[at].reach == least) nearest.push_back(at);
    return nearest;
  }

  Pool speakers_first(Pool pool) const {
    Pool speakers;
    for (const auto at : pool)
      if (out_.candidates[at].speaks) speakers.push_back(at);
    return speakers.empty() ? pool : speakers;
  }

  void settle(const Rule& rule, Pool& pool) {
    out_.strategy = rule.order(from_.strategy);
    std::ranges::sort(pool, [&](std::size_t a, std::size_t b) {
      return precedes(rule.kind, out_.strategy, out_.candidates[a], out_.candidates[b]);
    });
    const Candidate& first = out_.candidates[pool.front()];
    out_.chosen = pool.front();
    out_.owner = first.id;
    out_.rule_id = rule.id;
    out_.priority = rule.priority;
    out_.kind = rule.kind;
    out_.rule_name = rule.name;
    out_.confidence =
        std::min(1.0, 0.5 + (first.covers ? 0.3 : 0.0) + std::min(first.handled / 10.0 * 0.2, 0.2));
    std::vector<const Candidate*> ranked;
    for (const auto at : pool) ranked.push_back(&out_.candidates[at]);
    out_.reason = choice_reason(out_, ranked, from_.question.language);
  }

  const Case& from_;
  Assignment out_;
};

}  // namespace

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

Assignment decide(const Case& from) { return Chooser(from).choose(); }

}  // namespace flash::leads
