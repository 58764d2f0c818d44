// Ridge logistic regression by Newton's method, on the sparse basis of a matrix.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "learn/encode.h"
#include "learn/measures.h"
#include "score/linear.h"

namespace flash::learn {

struct RidgeOptions {
  bool hinges = false;  // numbers also bend at their deciles
  double penalty = 10;  // of half the squared weights; 1 / C of other tools
};

// The columns of a matrix as terms, with the mean and the scale that these rows have; those of a
// number are its standard deviation, those of a flag 1. Weights are still 0.
class Basis {
 public:
  Basis(const Matrix& matrix, std::span<const std::size_t> rows, bool hinges);
  [[nodiscard]] const std::vector<score::Term>& terms() const { return terms_; }

 private:
  std::vector<score::Term> terms_;
};

// `counts`: how often each of `rows` counts (a bootstrap draw); empty: once. With `from`, a fit
// begins there. Errors: unprocessable "one_class" when all or none were won.
Result<score::Linear> fit_ridge(const Matrix& matrix, const Wins& won,
                                std::span<const std::size_t> rows, const RidgeOptions& options,
                                std::span<const float> counts = {});

// slope and offset of margin = slope x m + offset that fit the outcomes best (Platt), hardly
// penalised.
struct Calibration {
  double slope = 1, offset = 0;
};
Calibration fit_calibration(std::span<const double> margins, const Wins& won);

}  // namespace flash::learn
