// Boosted trees, trained by XGBoost: the only place that knows it. One thread, exact seeds.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "learn/encode.h"
#include "learn/measures.h"
#include "score/forest.h"

namespace flash::learn {

struct BoostOptions {
  int depth = 3;
  double eta = 0.05;
  double subsample = 0.8;
  double columns_share = 0.8;  // looked at by a tree
  double child_weight_min = 5;
  double lambda = 1;
  int bins = 256;
  std::uint32_t seed = 1;
  std::vector<int> monotone;  // one a column; empty: none
};

// A booster in training over some rows of a matrix. Errors of all: internal "xgboost".
class Booster {
 public:
  // `counts`: how often each of `rows` counts; empty: once.
  static Result<Booster> over(const Matrix& matrix, const Wins& won,
                              std::span<const std::size_t> rows, const BoostOptions& options,
                              std::span<const float> counts = {});
  Booster(Booster&&) noexcept;
  Booster& operator=(Booster&&) noexcept;
  ~Booster();

  // From now on, grow() also measures these rows.
  Result<void> watch(const Matrix& matrix, const Wins& won, std::span<const std::size_t> rows);
  // One more tree. Returns the mean log loss on the watched rows, NaN without.
  Result<double> grow();
  [[nodiscard]] int trees() const;
  // Margins of the watched rows by the first `trees` trees.
  Result<std::vector<float>> watched_margins(int trees) const;
  // The first `trees` trees as they serve.
  Result<score::Forest> forest(int trees) const;
  // As XGBoost itself says them, for tests of parity: margins of rows, and their shares (columns +
  // 1 a row, the last is the expected margin).
  Result<std::vector<float>> margins(const Matrix& matrix) const;
  Result<std::vector<float>> contributions(const Matrix& matrix) const;
  // The margin of one row by XGBoost's fastest way, in place; for side-by-side timing.
  Result<float> margin_in_place(std::span<const float> row) const;

 private:
  struct State;
  explicit Booster(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// `trees` trees at once.
Result<score::Forest> boost(const Matrix& matrix, const Wins& won,
                            std::span<const std::size_t> rows, const BoostOptions& options,
                            int trees, std::span<const float> counts = {});

}  // namespace flash::learn
