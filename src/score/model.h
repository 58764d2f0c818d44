// A learned model as it serves: probability, interval, factors, likely date and similar leads of
// one lead, from its columns. Immutable, so every core may read it at once.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "score/forest.h"
#include "score/linear.h"
#include "score/schema.h"

namespace flash::score {

enum class Stage : std::uint8_t { lr, stack };
std::string_view to_text(Stage stage);

struct Member {
  double weight = 1;  // of its margin; the weights of a model add up to 1
  std::variant<Linear, Forest> learner;
};

// A closed lead that the model can compare with: what it would have said of it without having
// seen it, and how it ended.
struct Case {
  float probability = 0;
  bool won = false;
  std::array<std::uint8_t, 16> id{};  // of the lead; all 0 when there is none
};

// Hazard per interval of days: the forest reads one column more than the model, which holds the
// number of the interval. chance(close as won by the end of interval i) = 1 - product of (1 - h).
struct Hazard {
  std::vector<float> ends_days;  // of the intervals, ascending, at most 64
  Forest forest;
  bool times_are_good = false;  // concordance at least .60 on leads not trained on
};

// Everything a model is made of; what is in its file (docs/formats/model.md).
struct Parts {
  Stage stage = Stage::lr;
  Schema schema;
  std::vector<Member> members;
  std::vector<Member>
      bag;  // trained on other draws of the same leads: how far they differ is doubt
  double slope = 1, offset = 0;  // calibration: margin = slope x (sum of the members') + offset
  std::vector<Case> cases;       // ascending by probability
  // Conformal 80 %: a chance of at least `win_from` does not rule a win out, one of at most
  // `loss_to` does not rule a loss out.
  float win_from = 0, loss_to = 1;
  std::optional<Hazard> hazard;
};

struct Interval {
  double low = 0, high = 1;
};

struct Share {
  std::size_t field = 0;  // in schema().fields
  double margin = 0;      // log odds
  double effect_pp = 0;   // percentage points of the probability
};

enum class Badge : std::uint8_t { undecided, likely, unlikely };
std::string_view to_text(Badge badge);

// The closed leads whose out-of-fold probability is nearest.
struct Similar {
  std::size_t count = 0, won = 0;
  Interval rate;  // 80 %, Beta(1/2, 1/2) prior
  std::span<const Case> cases;
};

class Model {
 public:
  // Errors: unprocessable "model_parts" when the parts do not belong together.
  static Result<Model> of(Parts parts);

  [[nodiscard]] const Schema& schema() const { return parts_.schema; }
  [[nodiscard]] Stage stage() const { return parts_.stage; }
  [[nodiscard]] const Parts& parts() const { return parts_; }

  // All take schema().columns floats, as encode() fills them.
  [[nodiscard]] double margin(std::span<const float> columns) const;
  [[nodiscard]] double probability(std::span<const float> columns) const;
  // Every field's part of probability - average(), in the order of the schema; their effects add
  // up to it within 1e-9, their margins to the margin within 1e-4.
  [[nodiscard]] std::vector<Share> shares(std::span<const float> columns) const;
  // The probability where every field adds nothing.
  [[nodiscard]] double average() const { return average_; }
  [[nodiscard]] Similar similar(double probability) const;
  // Where the true chance is with 80 %: the spread of the bag and that of the similar leads.
  [[nodiscard]] Interval interval(std::span<const float> columns, double probability,
                                  const Similar& similar) const;
  // How much likelier `changed` is than `columns`, with 80 %: the spread of that difference in the
  // bag, as wide as that of interval(). Nothing is known without a bag: -1 to 1.
  [[nodiscard]] Interval gain(std::span<const float> columns, std::span<const float> changed) const;
  [[nodiscard]] Badge badge(double probability) const;
  // Chance to be won within `days` of now for a lead that is `age_days` old; nullopt: not trained.
  [[nodiscard]] std::optional<double> won_within(std::span<const float> columns, double age_days,
                                                 double days) const;
  // Days from now by which half of the leads that will be won are won; nullopt: not good enough.
  [[nodiscard]] std::optional<double> median_days(std::span<const float> columns,
                                                  double age_days) const;

 private:
  [[nodiscard]] std::vector<double> curve(std::span<const float> columns) const;

  Parts parts_;
  double average_margin_ = 0;
  double average_ = 0;
  std::size_t window_ = 0;                 // similar leads looked at
  std::vector<Interval> rates_;            // by how many of them were won
  std::vector<std::uint32_t> won_before_;  // prefix sums over cases
};

double chance_of(double margin);  // 1 / (1 + e^-margin)
double margin_of(double chance);  // its inverse; 1e-12 .. 1 - 1e-12

// The 80 % interval of a rate of which `won` in `count` were seen, with the prior Beta(1/2, 1/2).
Interval rate_interval(std::size_t won, std::size_t count);

}  // namespace flash::score
