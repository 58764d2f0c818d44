#include "learn/hazard.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "learn/boost.h"
#include "learn/folds.h"

namespace flash::learn {
namespace {

constexpr std::array<float, 10> ends_days{7, 14, 21, 30, 45, 60, 75, 90, 120, 180};
constexpr std::size_t wins_min = 40, leads_max = 20'000;
constexpr int trees_most = 400, patience = 25;
constexpr double concordance_min = 0.60;

// A row for each interval that a lead was there at the beginning of.
struct Spells {
  Matrix matrix;
  Wins won;
  Rows lead;  // of each spell
};

Spells spells_of(const Matrix& matrix, const Table& table, std::span<const std::size_t> rows) {
  Spells out;
  out.matrix.columns = matrix.columns + 1;
  for (const std::size_t row : rows) {
    const Lead& lead = table.leads()[row];
    for (std::size_t i = 0; i < ends_days.size(); ++i) {
      const bool won_here = lead.won && lead.won_days <= ends_days[i];
      // An interval that is not over does not count, whatever has happened in it: of the leads
      // still open in it nobody knows how it ends.
      if (lead.age_days < ends_days[i]) break;
      const auto columns = matrix.row(row);
      out.matrix.values.insert(out.matrix.values.end(), columns.begin(), columns.end());
      out.matrix.values.push_back(static_cast<float>(i));
      out.won.push_back(won_here);
      out.lead.push_back(row);
      if (won_here) break;
    }
  }
  return out;
}

Rows rows_of(const Spells& spells) {
  Rows out;
  for (std::size_t i = 0; i < spells.won.size(); ++i) out.push_back(i);
  return out;
}

// Of pairs of leads that were won, the share whose order of days the curve gets right.
double concordance(const score::Hazard& hazard, const Matrix& matrix, const Table& table,
                   std::span<const std::size_t> rows) {
  struct Won {
    float days;
    double early;  // mean chance over the curve: higher is sooner
  };
  std::vector<Won> won;
  std::vector<float> extended(matrix.columns + 1), pairs(2 * extended.size());
  for (const std::size_t row : rows) {
    const Lead& lead = table.leads()[row];
    if (!lead.won || std::isnan(lead.won_days)) continue;
    std::ranges::copy(matrix.row(row), extended.begin());
    double open = 1, early = 0;
    for (std::size_t i = 0; i < hazard.ends_days.size(); ++i) {
      extended.back() = static_cast<float>(i);
      score::pair_up(extended, pairs);
      open *= 1 - score::chance_of(static_cast<double>(hazard.forest.margin(pairs)));
      early += 1 - open;
    }
    // Among the won: what counts is when, not whether.
    won.push_back({lead.won_days, open < 1 ? early / (1 - open) : 0});
  }
  double right = 0, all = 0;
  for (std::size_t i = 0; i < won.size(); ++i)
    for (std::size_t j = i + 1; j < won.size() && j < i + 200; ++j) {
      if (won[i].days == won[j].days) continue;
      all += 1;
      if (won[i].early == won[j].early) right += 0.5;
      if (won[i].early != won[j].early)
        right += (won[i].early > won[j].early) == (won[i].days < won[j].days) ? 1 : 0;
    }
  return all == 0 ? 0.5 : right / all;
}

BoostOptions boosting(const score::Schema& schema, const StackOptions& options) {
  BoostOptions out;
  out.depth = 3;
  out.bins = 64;
  out.child_weight_min = 1;  // a chance of .003 an interval weighs .003 a row
  out.seed = static_cast<std::uint32_t>(options.seed % 1'000'000'007U);
  out.monotone.assign(schema.columns + 1, 0);
  return out;
}

}  // namespace

Result<std::optional<score::Hazard>> fit_hazard(const score::Schema& schema, const Matrix& matrix,
                                                const Table& table,
                                                std::span<const std::size_t> rows,
                                                const StackOptions& options) {
  Rows usable;
  std::size_t wins = 0;
  for (const std::size_t row : rows) {
    const Lead& lead = table.leads()[row];
    if (std::isnan(lead.age_days) || (lead.won && std::isnan(lead.won_days))) continue;
    usable.push_back(row);
    wins += lead.won ? 1 : 0;
  }
  if (wins < wins_min || wins == usable.size()) return std::optional<score::Hazard>{};
  if (usable.size() > leads_max)
    usable.erase(usable.begin(), usable.end() - static_cast<std::ptrdiff_t>(leads_max));
  Random random(options.seed + 2);
  constexpr std::size_t parts = 4;
  const Fold fold = folds_of(table, usable, parts, random).front();
  const Spells train = spells_of(matrix, table, fold.train),
               judged = spells_of(matrix, table, fold.test);
  const auto settings = boosting(schema, options);
  TRY(Booster booster, Booster::over(train.matrix, train.won, rows_of(train), settings));
  TRY_DONE(booster.watch(judged.matrix, judged.won, rows_of(judged)));
  double best = INFINITY;
  int trees = 1;
  while (booster.trees() < trees_most && booster.trees() - trees < patience) {
    TRY(const double loss, booster.grow());
    if (loss < best) {
      best = loss;
      trees = booster.trees();
    }
  }
  score::Hazard out;
  out.ends_days.assign(ends_days.begin(), ends_days.end());
  TRY(out.forest, booster.forest(trees));
  out.times_are_good = concordance(out, matrix, table, fold.test) >= concordance_min;
  const Spells all = spells_of(matrix, table, usable);
  TRY(out.forest, boost(all.matrix, all.won, rows_of(all), settings, trees));
  return std::optional<score::Hazard>(std::move(out));
}

}  // namespace flash::learn
