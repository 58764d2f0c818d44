// What the scores are made of: the facts about a lead that are known at intake.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace flash::score {

struct Facts {
  std::string revenue_band;     // "0-10k" .. "250k+" in US dollars a month; empty: unknown
  std::string employee_band;    // "1-5" .. "100+"; empty: unknown
  std::optional<int> interest;  // 1 to 10
  std::optional<int> monthly_transactions;  // a count
  std::vector<std::string> pain_points;     // keys; only five of the eight carry points
  bool package_seen = false;
  bool signed_up = false;
  bool processor_named = false;
  std::optional<int> business_age;  // full years
  std::string business_type;        // chooses the industry's multiplier
};

}  // namespace flash::score
