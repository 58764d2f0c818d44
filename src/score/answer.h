// All that a model says of one lead, ready to be written (docs/formats/score.md, "Learned scores").
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "json/value.h"
#include "score/model.h"

namespace flash::score {

struct Recommendation {
  std::size_t field = 0;
  std::string value;  // JSON: what leads like this had
  double gain_pp = 0;
  Interval gain;  // 80 %, of the gain as a probability; its lower end is above zero
};

struct Answer {
  double probability = 0, average = 0;
  Interval interval;      // 80 %
  double confidence = 0;  // 1 - width of the interval
  Similar similar;
  Badge badge = Badge::undecided;
  std::vector<Share> shares;                      // of the fields, strongest first
  std::array<std::optional<double>, 3> horizons;  // won within 30, 60, 90 days from now
  std::optional<double> median_days;
  std::optional<double> expected_value;         // probability x amount, where there is an amount
  std::vector<Recommendation> recommendations;  // strongest first, at most 5
};

struct Asked {
  double age_days = 0;           // of the lead
  std::optional<double> amount;  // what the deal would be worth
};

Answer answer(const Model& model, const json::Object& features, const Asked& asked);

// The ids of the nearest closed leads, nearest first in the middle, at most 40: of those that the
// caller may see, five are told.
std::vector<std::string> example_ids(const Answer& answer);

struct Told {
  std::string_view model_version;
  std::string_view examples = "[]";  // JSON: those of example_ids() that the caller may see
  std::string_view currency;         // of the amount; empty: none
  Instant computed_at;
};

// `features` are those that the answer was made of. What is not known is null, never a guess.
std::string answer_json(const Model& model, const Answer& answer, const json::Object& features,
                        const Told& told);

}  // namespace flash::score
