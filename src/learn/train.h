// One training from a snapshot of closed leads: the model, how it was judged, and whether it may
// serve.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "learn/alarms.h"
#include "learn/folds.h"
#include "learn/gate.h"
#include "learn/stack.h"
#include "score/model.h"

namespace flash::learn {

inline constexpr std::size_t leads_min = 40, each_min = 10;  // below: the rules
inline constexpr std::size_t forward_from = 1'000;           // from here the newest fifth judges

struct TrainOptions {
  std::uint64_t seed = 1;
  std::size_t bag = 15;
  Registry registry;
  std::string territory_field = "territory";  // judged for fairness, where there is one
  const score::Model* champion = nullptr;     // what serves now
  double champion_age_days = 0;
};

struct Trained {
  Ruling ruling;
  std::vector<Alarm> alarms;  // where one refuses, nothing was trained
  std::string model;          // the file's bytes; empty: nothing was trained
  std::string sha256;
  std::string report;  // JSON: docs/formats/model-report.md
};

// Refusals of the data (too few leads, one outcome, columns that leak) are rulings, not errors.
// Errors: canceled; internal "xgboost"; unprocessable "too_many_features".
Result<Trained> train(const Table& table, const TrainOptions& options,
                      const Progress& progress = {});

// Chances by Platt's map of the rules' points, each from the other leads only; empty where a lead
// has no points.
Chances rule_chances(const Table& table, const std::vector<Fold>& folds);

}  // namespace flash::learn
