#include "learn/alarms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "learn/folds.h"
#include "learn/ridge.h"
#include "learn/stack.h"

namespace flash::learn {
namespace {

constexpr double alone_max = 0.95, drop_max = 0.08, alone_for_drop = 0.80, filled_max = 0.40;
constexpr std::size_t rows_max = 5'000;

// What the field says by itself: a category its smoothed rate, learned without the lead itself; a
// number its value. AUC, whichever way it points.
double auc_alone(const score::Field& field, const Column& column, const Table& table,
                 std::span<const std::size_t> rows, const Wins& won) {
  std::vector<double> said;
  if (field.type == score::FieldType::number) {
    Wins known;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (const float value = column.numbers[rows[i]]; !std::isnan(value)) {
        said.push_back(static_cast<double>(value));
        known.push_back(won[i]);
      }
    const double area = auc(said, known);
    return std::max(area, 1 - area);
  }
  std::map<std::string, std::pair<double, double>> counts;  // wins and all
  double wins = 0;
  for (const std::size_t row : rows) {
    auto& [won_here, all] = counts[column.level(row)];
    won_here += table.won(row) ? 1 : 0;
    all += 1;
    wins += table.won(row) ? 1 : 0;
  }
  const double base = wins / static_cast<double>(rows.size());
  for (const std::size_t row : rows) {
    const auto& [won_here, all] = counts[column.level(row)];
    const double own = table.won(row) ? 1 : 0;
    constexpr double prior = 5;
    said.push_back((won_here - own + prior * base) / (all - 1 + prior));
  }
  return auc(said, won);
}

struct Filled {
  double difference = 0;
  bool beyond_chance = false;
};

Filled fill_of(const Column& column, std::span<const std::size_t> rows, const Wins& won) {
  double filled[2] = {}, all[2] = {};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    all[won[i]] += 1;
    filled[won[i]] += column.known(rows[i]) ? 1 : 0;
  }
  const double of_lost = filled[0] / all[0], of_won = filled[1] / all[1];
  const double rate = (filled[0] + filled[1]) / (all[0] + all[1]);
  const double deviation = std::sqrt(rate * (1 - rate) * (1 / all[0] + 1 / all[1]));
  constexpr double far = 4;  // standard deviations
  const double difference = std::abs(of_won - of_lost);
  return {difference, difference > far * deviation};
}

// AUC of a regression on leads it has not seen, without the columns of `left_out`.
Result<double> auc_without(const score::Schema& schema, const Matrix& matrix, const Table& table,
                           const std::vector<Fold>& folds, const score::Field* left_out) {
  Matrix reduced = matrix;
  if (left_out != nullptr)
    for (std::size_t row = 0; row < reduced.rows(); ++row)
      std::fill_n(reduced.values.begin() +
                      static_cast<std::ptrdiff_t>(row * schema.columns + left_out->first),
                  left_out->width(), 0.0F);
  std::vector<double> said;
  Wins won;
  for (const Fold& fold : folds) {
    TRY(const auto linear, fit_ridge(reduced, wins_of(table), fold.train, {}));
    for (const std::size_t row : fold.test) {
      said.push_back(linear.margin(reduced.row(row)));
      won.push_back(table.won(row));
    }
  }
  return auc(said, won);
}

}  // namespace

Result<std::vector<Alarm>> leaks(const score::Schema& schema, const Registry& registry,
                                 const Table& table, std::span<const std::size_t> rows) {
  const Rows newest_rows(rows.end() - static_cast<std::ptrdiff_t>(std::min(rows.size(), rows_max)),
                         rows.end());
  const Table sample = table.pick(newest_rows);
  const Rows all = all_rows(sample);
  const Wins won = wins_of(sample);
  const Matrix matrix = encode(schema, sample);
  Random random(1);
  constexpr std::size_t folds_count = 3;
  const auto folds = folds_of(sample, all, folds_count, random);
  std::vector<Alarm> out;
  double whole = -1;
  for (const score::Field& field : schema.fields) {
    const Column& column = *sample.find(field.name);
    const bool vouched = std::ranges::any_of(
        registry, [&](const Registered& each) { return each.name == field.name && each.vouched; });
    const double alone = auc_alone(field, column, sample, all, won);
    if (alone > alone_max)
      out.push_back({field.name, "alone", alone,
                     fmt::format("{} alone tells {:.0f} % of the pairs of a won and a lost lead "
                                 "apart; it was probably written after the outcome",
                                 field.label, 100 * alone),
                     !vouched});
    const Filled filled = fill_of(column, all, won);
    if (filled.difference > filled_max && filled.beyond_chance)
      out.push_back({field.name, "filled", filled.difference,
                     fmt::format("{} is filled in {:.0f} points oftener for one outcome than for "
                                 "the other; it was probably filled in after it",
                                 field.label, 100 * filled.difference),
                     !vouched});
    if (alone < alone_for_drop || alone > alone_max) continue;
    if (whole < 0) {
      TRY(whole, auc_without(schema, matrix, sample, folds, nullptr));
    }
    TRY(const double without, auc_without(schema, matrix, sample, folds, &field));
    if (whole - without > drop_max)
      out.push_back({field.name, "drop", whole - without,
                     fmt::format("without {} the order gets worse by {:.2f} of AUC; one field "
                                 "should not decide so much",
                                 field.label, whole - without),
                     false});
  }
  return out;
}

}  // namespace flash::learn
