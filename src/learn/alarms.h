// Columns that know the outcome: a model that learned from them would be brilliant in training and
// useless afterwards.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "learn/encode.h"
#include "learn/measures.h"

namespace flash::learn {

struct Alarm {
  std::string field;
  std::string_view kind;  // "alone", "drop", "filled"
  double value = 0;       // AUC, change of AUC, difference of fill rates
  std::string sentence;   // for people
  bool refuses = true;    // false: only told
};

// `alone`: the field by itself ranks with an AUC above .95. `filled`: it is filled in for one
// outcome over 40 points oftener than for the other, far beyond chance. Both refuse, unless the
// registry vouches for the field. `drop`: without it a regression's AUC falls by more than .08, and
// it ranks above .80 by itself; that is only told, because an honest field can be that good (the
// shoppers' PageValues is). At most 5,000 rows are looked at, the newest.
Result<std::vector<Alarm>> leaks(const score::Schema& schema, const Registry& registry,
                                 const Table& table, std::span<const std::size_t> rows);

}  // namespace flash::learn
