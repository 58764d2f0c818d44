// Whether a new model may serve: only what is shown on leads that it has not seen counts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "learn/measures.h"

namespace flash::learn {

// What was said of the same leads, none of which the challenger, or the champion, was trained on.
struct Trial {
  Wins won;
  Chances challenger;
  bool has_champion = false;  // else the rules stand in
  Chances champion;
  Chances rule;                  // the rules mapped to chances; empty: no rules
  double base_rate = 0.5;        // of the leads learned from
  std::vector<int> territories;  // one a lead, or empty
  double champion_age_days = 0;
  double score_shift = 0;  // PSI of the champion's scores, then and now
};

struct Ruling {
  bool promote = false;
  std::string_view
      code;            // superior, refreshed, too_few, no_signal, not_better, uncalibrated, unfair
  std::string reason;  // for people, with the numbers
  double log_loss = 0, base_log_loss = 0,
         champion_log_loss = 0;  // the last: of what it had to beat
  double gain = 0;               // mean log loss won against the champion; above 0 is better
  double sure = 0;               // share of bootstrap draws in which it is better
  double ece = 0, ece_noise = 0;
  double worst_territory = 0;  // difference of said and seen, of territories with 80 leads and more
};

// In this order: at least 40 leads with 10 of each outcome, 100 where a champion stands; better
// than the base rate; calibrated within the noise of so few leads + .02; no territory of 80 leads
// off by more than .10; better than what serves by .001, or, where the champion is older than 30
// days or its scores have shifted by .25, at most .005 worse. "Better" is: in 95 % of bootstrap
// draws, in 99 % for a first model.
Ruling judge(const Trial& trial, Random& random);

}  // namespace flash::learn
