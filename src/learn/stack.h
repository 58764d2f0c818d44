// One model from several learners: each is cross-fitted, weighted by what it says of leads it has
// not seen, and trained again on all.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "learn/encode.h"
#include "learn/measures.h"
#include "learn/table.h"
#include "score/model.h"

namespace flash::learn {

// Told what is being done, and asked whether to go on: false ends the training with the error
// canceled "training_canceled".
using Progress = std::function<bool(double share, std::string_view step)>;

inline constexpr std::size_t stack_from = 400;  // closed leads; below it, regression alone

struct StackOptions {
  std::uint64_t seed = 1;
  std::size_t bag = 15;     // of 0: no bag, no intervals
  bool allow_stack = true;  // false: regression alone, whatever the number of leads
};

// What the learners say of leads they have not seen.
struct CrossFit {
  Rows rows;                                 // those that were predicted
  std::vector<std::vector<double>> margins;  // one list a learner
  std::vector<int> trees;                    // of each learner; 0: a regression
};

struct Fitted {
  score::Parts parts;
  Rows rows;        // that were predicted by learners that had not seen them
  Chances chances;  // of those rows
};

// Trains on `rows` of the matrix, which is encoded by `schema`. Errors: unprocessable "one_class";
// canceled; internal "xgboost".
Result<Fitted> fit_stack(const score::Schema& schema, const Matrix& matrix, const Table& table,
                         std::span<const std::size_t> rows, const StackOptions& options,
                         const Progress& progress);

// Weights of 0 and above that add up to 1, for the smallest log loss of the mixed margins.
std::vector<double> mix(const std::vector<std::vector<double>>& margins, const Wins& won);

Wins wins_of(const Table& table);
Wins wins_of(const Table& table, std::span<const std::size_t> rows);

}  // namespace flash::learn
