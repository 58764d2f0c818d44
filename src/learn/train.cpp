#include "learn/train.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "learn/hazard.h"
#include "learn/report.h"
#include "learn/ridge.h"
#include "score/model_file.h"

namespace flash::learn {
namespace {

// A part of the progress bar.
Progress part_of(const Progress& whole, double from, double to) {
  if (!whole) return {};
  return [whole, from, to](double share, std::string_view step) {
    return whole(from + share * (to - from), step);
  };
}

Trained refused(const Table& table, std::string_view code, std::string reason,
                std::vector<Alarm> alarms = {}) {
  Trained out;
  out.ruling.code = code;
  out.ruling.reason = std::move(reason);
  out.alarms = std::move(alarms);
  out.report = report_refusal(table, out.ruling, out.alarms);
  return out;
}

std::optional<Trained> too_few(const Table& table) {
  const Wins won = wins_of(table);
  const auto wins = static_cast<std::size_t>(std::count(won.begin(), won.end(), true));
  if (table.size() >= leads_min && wins >= each_min && table.size() - wins >= each_min)
    return std::nullopt;
  return refused(table, "too_few",
                 fmt::format("{} closed leads, {} of them won: it takes {} with {} of each outcome "
                             "to learn from",
                             table.size(), wins, leads_min, each_min));
}

// Leads that the champion was not trained on, as far as its file names them (of more than 10,000 it
// names a fifth). Only they are fair to both: on leads that one model knows, the luck of the folds
// came to .014 of log loss.
Rows fresh_rows(const Table& table, const score::Model* champion) {
  std::set<std::array<std::uint8_t, 16>> known;
  if (champion != nullptr)
    for (const score::Case& one : champion->parts().cases) known.insert(one.id);
  known.erase(std::array<std::uint8_t, 16>{});
  Rows out;
  for (const std::size_t row : all_rows(table))
    if (!known.contains(table.leads()[row].id)) out.push_back(row);
  return out;
}

// The folds that judge: the newest leads, as many as a fifth, where there are enough; else all in
// turn. A test that leaves out half of the rest because of shared companies judges nothing.
std::vector<Fold> trial_folds(const Table& table, const Rows& fresh, std::uint64_t seed) {
  const Rows rows = all_rows(table);
  constexpr std::size_t parts = 5;
  if (rows.size() >= forward_from) {
    Fold fold = newest(table, rows, fresh, rows.size() / parts);
    if (2 * fold.train.size() >= rows.size() - fold.test.size()) return {std::move(fold)};
  }
  Random random(seed + 3);
  return folds_of(table, rows, parts, random);
}

// What may not be learned from any more may not serve either: such a champion cannot defend itself.
const score::Model* rightful(const score::Model* champion, const Registry& registry) {
  if (champion == nullptr) return nullptr;
  for (const Registered& each : registry)
    if ((each.available == Available::never || each.is_protected) &&
        champion->schema().find(each.name) != nullptr)
      return nullptr;
  return champion;
}

std::vector<int> territories(const Table& table, const Rows& rows, const std::string& field) {
  const Column* column = table.find(field);
  std::vector<int> out;
  if (column == nullptr) return out;
  for (const std::size_t row : rows) out.push_back(column->words[row]);
  return out;
}

struct Judged {
  Trial trial;
  Rows rows;
};

void add_champion(const Table& table, const TrainOptions& options, const score::Model& champion,
                  Judged& judged) {
  const Matrix matrix = encode(champion.schema(), table.pick(judged.rows));
  for (std::size_t i = 0; i < matrix.rows(); ++i)
    judged.trial.champion.push_back(champion.probability(matrix.row(i)));
  judged.trial.has_champion = true;
  judged.trial.champion_age_days = options.champion_age_days;
  std::vector<double> before;
  for (const score::Case& one : champion.parts().cases)
    before.push_back(static_cast<double>(one.probability));
  if (!before.empty() && !judged.trial.champion.empty())
    judged.trial.score_shift = stability_index(before, judged.trial.champion);
}

// What this very recipe says of leads that it has not seen.
Result<Judged> try_recipe(const score::Schema& schema, const Matrix& matrix, const Table& table,
                          const TrainOptions& options, const Progress& progress) {
  const score::Model* champion = rightful(options.champion, options.registry);
  const Rows fresh = fresh_rows(table, champion);
  auto folds = trial_folds(table, fresh, options.seed);
  Judged out;
  double wins = 0, seen = 0;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const StackOptions recipe{
        .seed = options.seed, .bag = 0, .allow_stack = table.size() >= stack_from};
    const auto share = [&](std::size_t n) {
      return static_cast<double>(n) / static_cast<double>(folds.size());
    };
    TRY(auto fitted, fit_stack(schema, matrix, table, folds[i].train, recipe,
                               part_of(progress, share(i), share(i + 1))));
    TRY(const auto model, score::Model::of(std::move(fitted.parts)));
    std::erase_if(folds[i].test,
                  [&](std::size_t row) { return !std::ranges::binary_search(fresh, row); });
    for (const std::size_t row : folds[i].test) {
      out.rows.push_back(row);
      out.trial.won.push_back(table.won(row));
      out.trial.challenger.push_back(model.probability(matrix.row(row)));
    }
    for (const std::size_t row : folds[i].train) wins += table.won(row) ? 1 : 0;
    seen += static_cast<double>(folds[i].train.size());
  }
  out.trial.base_rate = wins / seen;
  out.trial.rule = rule_chances(table, folds);
  out.trial.territories = territories(table, out.rows, options.territory_field);
  if (champion != nullptr) add_champion(table, options, *champion, out);
  return out;
}

Rows by_time(const Table& table) {
  Rows out = all_rows(table);
  std::ranges::sort(out, {}, [&](std::size_t row) {
    return std::pair(table.leads()[row].created_s, table.leads()[row].id);
  });
  return out;
}

}  // namespace

Chances rule_chances(const Table& table, const std::vector<Fold>& folds) {
  Chances out;
  for (const Fold& fold : folds) {
    std::vector<double> points;
    for (const std::size_t row : fold.train)
      points.push_back(static_cast<double>(table.leads()[row].rule) / 100);
    if (std::ranges::any_of(points, [](double each) { return std::isnan(each); })) return {};
    const Calibration map = fit_calibration(points, wins_of(table, fold.train));
    for (const std::size_t row : fold.test) {
      const double point = static_cast<double>(table.leads()[row].rule) / 100;
      if (std::isnan(point)) return {};
      out.push_back(score::chance_of(map.slope * point + map.offset));
    }
  }
  return out;
}

Result<Trained> train(const Table& given, const TrainOptions& options, const Progress& progress) {
  if (progress && !progress(0, "read"))
    return fail(Kind::canceled, "training_canceled", "the training was cancelled");
  if (auto out = too_few(given)) return *std::move(out);
  const Table table = given.pick(by_time(given));  // the order of the snapshot must not matter
  const Rows rows = all_rows(table);
  TRY(const auto schema, schema_of(table, rows, options.registry));
  if (schema.fields.empty()) return refused(table, "no_signal", "no field has more than one value");
  TRY(auto alarms, leaks(schema, options.registry, table, rows));
  const auto worst = std::ranges::find_if(alarms, &Alarm::refuses);
  if (worst != alarms.end()) {
    std::string reason = worst->sentence;
    return refused(table, "leak", std::move(reason), std::move(alarms));
  }
  const Matrix matrix = encode(schema, table);
  TRY(const Judged judged,
      try_recipe(schema, matrix, table, options, part_of(progress, 0.05, 0.5)));
  Random random(options.seed + 4);
  Trained out;
  out.ruling = judge(judged.trial, random);
  const StackOptions whole{.seed = options.seed, .bag = options.bag};
  TRY(Fitted fitted, fit_stack(schema, matrix, table, rows, whole, part_of(progress, 0.5, 0.95)));
  TRY(fitted.parts.hazard, fit_hazard(schema, matrix, table, rows, whole));
  out.model = score::write_model(fitted.parts);
  out.sha256 = score::model_sha256(out.model);
  out.report = report_training(table, schema, judged.trial, out.ruling, fitted, alarms);
  out.alarms = std::move(alarms);
  if (progress && !progress(1, "done"))
    return fail(Kind::canceled, "training_canceled", "the training was cancelled");
  return out;
}

}  // namespace flash::learn
