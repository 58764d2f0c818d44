// The choice of an owner over plain values: what is stored of it chooses the same person again.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "leads/rule.h"

namespace flash::leads {

// What the choice depends on, beside the people.
struct Question {
  int territory = 0;
  std::string business_type, language;
  std::optional<double> value_usd;  // stated, never guessed
  std::string previous_owner;       // of the submission this customer sent before; empty: none
  bool held = false;  // outside working hours in a territory that holds leads until the next shift
  bool working_hours = true;  // of the territory
  json::Object facts;         // for conditions, by the names of fact_fields()
};

// One rep as he stood at the moment of the choice. Times are microseconds since 1970.
struct Candidate {
  std::string id, name;
  int load = 0, capacity = 0, won = 0, closed = 0, handled = 0;
  std::optional<std::int64_t> last_assigned, turn;
  bool covers = false, speaks = false, specialist = false;
  bool near = false;         // covers a territory beside it
  bool at_work = true;       // within his working hours
  std::optional<int> reach;  // steps up the tree to where he works; none: elsewhere
  std::vector<std::string> specialities, languages;
  std::string_view excluded;  // why not: out_of_office, full; empty: eligible
  std::vector<int> rules;     // priorities of the rules that considered him

  [[nodiscard]] int bucket() const {
    return capacity > 0 ? load * 5 / capacity : 5;
  }  // floor(ratio x 5)
};

// All that a choice is made of.
struct Case {
  Question question;
  Rules rules;  // in force there, ascending
  Strategy strategy = Strategy::least_loaded;
  bool allow_neighbours = true;
  bool needs_specialist = false;  // the territory marks this trade so
  std::vector<Candidate> candidates;

  // From what inputs_json(), rules_json() and candidates_json() have written. Errors, invalid:
  // "case_malformed"; "no_inputs": decided before they were kept.
  static Result<Case> parse(const json::Value& inputs, const json::Value& rules,
                            const json::Value& candidates);
};

struct Assignment {
  std::string owner;       // empty: the queue
  std::size_t chosen = 0;  // among candidates, when there is an owner
  int rule_id = 0;         // 0: no rule took it, or one that is only drafted
  int priority = 99;
  RuleKind kind = RuleKind::queue;
  std::string rule_name = "Queue";
  Strategy strategy = Strategy::least_loaded;
  double confidence = 0;
  bool held = false;  // until the next shift
  bool alert = true;  // without an owner: managers are told
  std::string reason;
  std::vector<Candidate> candidates;
};

// The first rule whose condition holds and that finds somebody wins. The same case gives the same
// answer on every machine.
Assignment decide(const Case& from);

// The orders of lead-pipeline section 5: strict weak ones.
bool less_loaded(const Candidate& a, const Candidate& b);
bool earlier_turn(const Candidate& a, const Candidate& b);
bool higher_conversion(const Candidate& a, const Candidate& b);

// The case as stored with its assignment; docs/formats/routing.md.
std::string inputs_json(const Case& from);
std::string rules_json(const Case& from);  // the same for thousands of cases
std::string candidates_json(const Assignment& assignment);

}  // namespace flash::leads
