// Who gets a lead: the reps of a country and a question become a case, and the case is decided.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "leads/choice.h"
#include "leads/places.h"

namespace flash::leads {

// One active rep with the numbers of this moment. Times are microseconds since 1970.
struct Rep {
  std::string id, name;
  std::vector<int> nodes;  // as assigned; each carries everything below it
  int capacity = 20;       // open leads
  int load = 0;         // open submissions and open deals; a submission with its deal counts once
  bool absent = false;  // out of office now
  std::optional<bool> at_work;  // within hours of his own; none: the territory's count
  std::vector<std::string> specialities, languages;
  int won = 0, closed = 0;  // deals of the last 12 months
  std::optional<std::int64_t> last_assigned;
  std::map<int, std::int64_t> turns;   // territory -> last assigned there
  std::map<std::string, int> handled;  // business type -> deals

  [[nodiscard]] bool covers(int territory, const Places& places) const;
};

// Everybody who works anywhere in the country of the lead is a candidate; others never come into
// question.
Case case_of(Question question, const std::vector<Rep>& reps, const Places& places);

}  // namespace flash::leads
