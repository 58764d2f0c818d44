#include "score/beta.h"

#include <cmath>

namespace flash::score {
namespace {

constexpr double tiny = 1e-300;

double away_from_zero(double value) { return std::abs(value) < tiny ? tiny : value; }

// DLMF 8.17.22, evaluated from the front (Lentz 1976).
double fraction(double a, double b, double x) {
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double out = d;
  for (int i = 1; i < 1'000; ++i) {
    const double m = i;
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    out *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    const double step = d * c;
    out *= step;
    if (std::abs(step - 1) < 1e-12) break;
  }
  return out;
}

}  // namespace

double beta_below(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  // The fraction converges fast on this side of the mean.
  if (x < (a + 1) / (a + b + 2)) return front * fraction(a, b, x) / a;
  return 1 - front * fraction(b, a, 1 - x) / b;
}

double beta_quantile(double a, double b, double p) {
  double low = 0, high = 1;
  for (int i = 0; i < 32; ++i) {
    const double middle = (low + high) / 2;
    (beta_below(a, b, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace flash::score
