// A score as JSON: the factors that are stored, and the result object that callers get
// (docs/formats/score.md).
#pragma once
#include <string>

#include "base/time.h"
#include "score/points.h"

namespace flash::score {

// [{"field","label","value","points","max","hint"}]: the column score_factors.
std::string factors_json(const Score& score);
// The whole result object. What needs outcomes (predictedOutcome, historicalComparison) is null
// until there are enough of them; nothing is made up.
std::string result_json(const Score& score, Instant computed_at);

}  // namespace flash::score
