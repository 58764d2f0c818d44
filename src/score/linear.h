// Logistic regression as a sum of terms over the columns of a lead.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace flash::score {

inline constexpr std::size_t terms_max = 4'096;

// weight x (basis(x) - mean) / scale, where basis is x itself or max(0, x - knot). An unknown value
// counts as the mean, so it adds nothing.
struct Term {
  std::uint16_t column = 0;
  bool hinge = false;
  float knot = 0;
  double mean = 0;
  double scale = 1;  // above 0
  double weight = 0;

  [[nodiscard]] double basis(float x) const {
    if (!hinge) return static_cast<double>(x);
    return x > knot ? static_cast<double>(x) - static_cast<double>(knot) : 0.0;
  }
};

class Linear {
 public:
  // Errors: invalid "model_terms".
  static Result<Linear> of(std::vector<Term> terms, double intercept, std::size_t columns);

  [[nodiscard]] double margin(std::span<const float> columns) const;
  // As Forest::add_shares; the shares add up to margin - intercept.
  void add_shares(std::span<const float> columns, double weight, std::span<double> shares) const;

  [[nodiscard]] double intercept() const { return intercept_; }  // the margin of the average lead
  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }

 private:
  std::vector<Term> terms_;
  double intercept_ = 0;
};

}  // namespace flash::score
