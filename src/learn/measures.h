// How good probabilities are: order, calibration, and how sure one may be of a difference.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "learn/random.h"

namespace flash::learn {

using Chances = std::vector<double>;  // one a lead, 0 to 1
using Wins = std::vector<bool>;

double log_loss(double chance, bool won);  // nats; the chance is kept 1e-12 away from 0 and 1
double mean_log_loss(std::span<const double> chances, const Wins& won);
double brier(std::span<const double> chances, const Wins& won);
// Area under the ROC curve, ties half; 0.5 when one class is missing.
double auc(std::span<const double> scores, const Wins& won);
// Average precision; the base rate when all scores are equal.
double average_precision(std::span<const double> scores, const Wins& won);
// Expected calibration error over 10 bins of equal size.
double calibration_error(std::span<const double> chances, const Wins& won);
// What calibration_error() is for perfectly calibrated chances like these, at its 95 % quantile:
// `rounds` draws of outcomes. Below it, nothing can be told.
double calibration_noise(std::span<const double> chances, Random& random, int rounds = 200);
// Share of all wins among the best `share` of the leads.
double captured(std::span<const double> scores, const Wins& won, double share);
// Population stability index over the deciles of `before`; .10 is a warning, .25 an alarm.
double stability_index(std::span<const double> before, std::span<const double> now);

struct Bin {
  std::size_t count = 0, won = 0;
  double chance = 0;  // mean of what was said
};
std::vector<Bin> reliability(std::span<const double> chances, const Wins& won, std::size_t bins);

// Paired bootstrap of the mean of `differences`: how often it is below 0, and its 95 % quantile.
struct Verdict {
  double mean = 0, below_zero = 0, upper = 0;
};
Verdict bootstrap(std::span<const double> differences, Random& random, int rounds = 2'000);

}  // namespace flash::learn
