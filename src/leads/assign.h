// Who gets a lead: seven rules in ascending priority, the first that yields a rep wins.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "leads/places.h"

namespace flash::leads {

// One active rep with the numbers of this moment. Times are microseconds since 1970.
struct Rep {
  std::string id, name;
  std::vector<int> nodes;  // as assigned; each carries everything below it
  int capacity = 20;       // open leads
  int load = 0;         // open submissions and open deals; a submission with its deal counts once
  bool absent = false;  // out of office now
  std::vector<std::string> specialities, languages;
  int won = 0, closed = 0;  // deals of the last 12 months
  std::optional<std::int64_t> last_assigned;
  std::map<int, std::int64_t> turns;   // territory -> last assigned there
  std::map<std::string, int> handled;  // business type -> deals

  [[nodiscard]] bool covers(int territory, const Places& places) const;
};

// What the choice depends on.
struct Question {
  int territory = 0;
  std::string business_type, language;
  std::optional<double> value_usd;  // stated, never guessed
  std::string previous_owner;       // of the submission this customer sent before; empty: none
  bool held = false;  // outside working hours in a territory that holds leads until the next shift
};

// One rep as he stood at the moment of the choice; all of it is stored with the assignment.
struct Candidate {
  std::string id, name;
  int load = 0, capacity = 0, won = 0, closed = 0, handled = 0;
  std::optional<std::int64_t> last_assigned, turn;
  bool covers = false, speaks = false, specialist = false;
  std::string_view excluded;  // why not: out_of_office, full; empty: eligible
  std::vector<int> rules;     // priorities of the rules that considered him

  [[nodiscard]] int bucket() const {
    return capacity > 0 ? load * 5 / capacity : 5;
  }  // floor(ratio x 5)
};

struct Assignment {
  std::string owner;       // empty: the queue
  std::size_t chosen = 0;  // among candidates, when there is an owner
  int priority = 99;
  RuleKind kind = RuleKind::queue;
  std::string rule_name = "Queue";
  Strategy strategy = Strategy::least_loaded;
  double confidence = 0;
  bool held = false;  // until the next shift
  std::string reason;
  std::vector<Candidate> candidates;
};

Assignment assign(const Question& question, const std::vector<Rep>& reps, const Places& places);

// The orders of lead-pipeline section 5; strict weak orders, the same on every machine.
bool less_loaded(const Candidate& a, const Candidate& b);
bool earlier_turn(const Candidate& a, const Candidate& b);
bool higher_conversion(const Candidate& a, const Candidate& b);

// The candidates as stored, and the choice made again from what was stored: the owner's id, "" for
// the queue. Error invalid "candidates_malformed".
std::string candidates_json(const Assignment& assignment);
Result<std::string> replay(std::string_view candidates, int priority, std::string_view kind,
                           std::string_view strategy);

}  // namespace flash::leads
