#include "learn/stack.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "learn/boost.h"
#include "learn/folds.h"
#include "learn/ridge.h"

namespace flash::learn {
namespace {

constexpr int trees_most = 1'000, patience = 40;
constexpr std::size_t many = 10'000;  // rows from which one fold of a fifth is enough
constexpr double win_missed = 0.2;    // of the wins, by the conformal badge

// One learner of the stack; depth 0 is a regression.
struct Recipe {
  bool hinges = false;
  int depth = 0;
};

std::vector<Recipe> recipes_for(std::size_t leads, bool allow_stack) {
  if (!allow_stack || leads < stack_from) return {{}};
  return {{}, {.hinges = true}, {.depth = 2}, {.depth = 3}, {.depth = 4}};
}

struct Learning {
  const score::Schema& schema;
  const Matrix& matrix;
  const Table& table;
  const Wins won;
  const StackOptions& options;
  const Progress& progress;

  [[nodiscard]] Result<void> tell(double share, std::string_view step) const {
    if (progress && !progress(share, step))
      return fail(Kind::canceled, "training_canceled", "the training was cancelled");
    return {};
  }
  // Fewer leads need smaller leaves and slower steps.
  [[nodiscard]] BoostOptions boosting(int depth, std::size_t leads) const {
    BoostOptions out;
    out.depth = depth;
    out.seed = static_cast<std::uint32_t>(options.seed % 1'000'000'007U);
    out.bins = 64;
    out.child_weight_min = leads < 5'000 ? 3 : 5;
    for (const score::Field& field : schema.fields)
      for (std::size_t i = 0; i < field.width(); ++i)
        out.monotone.push_back(field.type == score::FieldType::number && i == 0 ? field.monotone
                                                                                : 0);
    return out;
  }
};

std::vector<double> linear_margins(const score::Linear& linear, const Matrix& matrix,
                                   std::span<const std::size_t> rows) {
  std::vector<double> out;
  for (const std::size_t row : rows) out.push_back(linear.margin(matrix.row(row)));
  return out;
}

Result<void> cross_fit_regression(const Learning& learning, const Recipe& recipe,
                                  const std::vector<Fold>& folds, CrossFit& out) {
  std::vector<double>& margins = out.margins.emplace_back();
  out.trees.push_back(0);
  for (const Fold& fold : folds) {
    TRY(const auto linear,
        fit_ridge(learning.matrix, learning.won, fold.train, {.hinges = recipe.hinges}));
    const auto said = linear_margins(linear, learning.matrix, fold.test);
    margins.insert(margins.end(), said.begin(), said.end());
  }
  return {};
}

// Every fold grows until it has not become better for a while; the number of trees is the one that
// is best over all folds.
Result<void> cross_fit_trees(const Learning& learning, const Recipe& recipe,
                             const std::vector<Fold>& folds, std::size_t leads, CrossFit& out) {
  const auto options = learning.boosting(recipe.depth, leads);
  std::vector<Booster> boosters;
  std::vector<double> losses(trees_most, 0.0);
  auto counted = static_cast<std::size_t>(trees_most);
  for (const Fold& fold : folds) {
    TRY(Booster booster, Booster::over(learning.matrix, learning.won, fold.train, options));
    TRY_DONE(booster.watch(learning.matrix, learning.won, fold.test));
    double best = INFINITY;
    int best_at = 0;
    while (booster.trees() < trees_most && booster.trees() - best_at < patience) {
      TRY(const double loss, booster.grow());
      losses[static_cast<std::size_t>(booster.trees()) - 1] +=
          loss * static_cast<double>(fold.test.size());
      if (loss < best) {
        best = loss;
        best_at = booster.trees();
      }
    }
    counted = std::min(counted, static_cast<std::size_t>(booster.trees()));
    boosters.push_back(std::move(booster));
  }
  const auto end = losses.begin() + static_cast<std::ptrdiff_t>(counted);
  const auto trees = static_cast<int>(std::min_element(losses.begin(), end) - losses.begin()) + 1;
  std::vector<double>& margins = out.margins.emplace_back();
  out.trees.push_back(trees);
  for (const Booster& booster : boosters) {
    TRY(const auto said, booster.watched_margins(trees));
    margins.insert(margins.end(), said.begin(), said.end());
  }
  return {};
}

Result<CrossFit> cross_fit(const Learning& learning, const std::vector<Recipe>& recipes,
                           std::span<const std::size_t> rows) {
  Random random(learning.options.seed);
  constexpr std::size_t parts = 5;
  auto folds = folds_of(learning.table, rows, parts, random);
  if (rows.size() > many) folds.resize(1);
  CrossFit out;
  for (const Fold& fold : folds)
    out.rows.insert(out.rows.end(), fold.test.begin(), fold.test.end());
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    TRY_DONE(learning.tell(0.5 * static_cast<double>(i) / static_cast<double>(recipes.size()),
                           "cross_validation"));
    if (recipes[i].depth == 0) {
      TRY_DONE(cross_fit_regression(learning, recipes[i], folds, out));
    } else {
      TRY_DONE(cross_fit_trees(learning, recipes[i], folds, rows.size(), out));
    }
  }
  return out;
}

Result<score::Member> fit_one(const Learning& learning, const Recipe& recipe, int trees,
                              std::span<const std::size_t> rows, std::span<const float> counts,
                              std::uint32_t seed) {
  if (recipe.depth == 0) {
    TRY(auto linear,
        fit_ridge(learning.matrix, learning.won, rows, {.hinges = recipe.hinges}, counts));
    return score::Member{1, std::move(linear)};
  }
  auto options = learning.boosting(recipe.depth, rows.size());
  options.seed += seed;
  TRY(auto forest, boost(learning.matrix, learning.won, rows, options, trees, counts));
  return score::Member{1, std::move(forest)};
}

// How often each row is drawn when as many are drawn as there are, with at least one win and one
// loss.
std::vector<float> draw(const Wins& won, std::span<const std::size_t> rows, Random& random) {
  for (;;) {
    std::vector<float> counts(rows.size(), 0.0F);
    bool wins = false, losses = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t drawn = random.below(rows.size());
      counts[drawn] += 1;
      (won[rows[drawn]] ? wins : losses) = true;
    }
    if (wins && losses) return counts;
  }
}

// The bag is of the learner that counts most.
Result<std::vector<score::Member>> fit_bag(const Learning& learning, const Recipe& recipe,
                                           int trees, std::span<const std::size_t> rows) {
  std::vector<score::Member> out;
  Random random(learning.options.seed + 1);
  const std::size_t count = learning.options.bag;
  for (std::size_t i = 0; i < count; ++i) {
    TRY_DONE(learning.tell(0.7 + 0.3 * static_cast<double>(i) / static_cast<double>(count),
                           "intervals"));
    const auto counts = draw(learning.won, rows, random);
    TRY(out.emplace_back(),
        fit_one(learning, recipe, trees, rows, counts, static_cast<std::uint32_t>(i + 1)));
  }
  return out;
}

std::vector<double> mixed(const CrossFit& fit, std::span<const double> weights) {
  std::vector<double> out(fit.rows.size(), 0.0);
  for (std::size_t i = 0; i < weights.size(); ++i)
    for (std::size_t row = 0; row < out.size(); ++row) out[row] += weights[i] * fit.margins[i][row];
  return out;
}

double loss_of_margins(std::span<const double> margins, const Wins& won,
                       const Calibration& calibration) {
  double sum = 0;
  for (std::size_t i = 0; i < margins.size(); ++i)
    sum += log_loss(score::chance_of(calibration.slope * margins[i] + calibration.offset), won[i]);
  return sum / static_cast<double>(margins.size());
}

// Platt's map, kept only where it pays on leads that it was not fitted to: on most data it costs.
Calibration calibrate(std::span<const double> margins, const Wins& won) {
  constexpr std::size_t parts = 5, few = 200;
  constexpr double least_gain = 5e-4;
  if (margins.size() < few) return {};
  double before = 0, after = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<double> fitted, judged;
    Wins fitted_won, judged_won;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      (i % parts == part ? judged : fitted).push_back(margins[i]);
      (i % parts == part ? judged_won : fitted_won).push_back(won[i]);
    }
    before += loss_of_margins(judged, judged_won, {});
    after += loss_of_margins(judged, judged_won, fit_calibration(fitted, fitted_won));
  }
  if ((before - after) / parts < least_gain) return {};
  const Calibration all = fit_calibration(margins, won);
  return all.slope > 0 ? all : Calibration{};
}

// The conformal bounds from chances of leads that were not learned from (Vovk 2005, per class).
void set_bounds(score::Parts& parts, const Chances& chances, const Wins& won) {
  std::vector<double> of_wins, of_losses;
  for (std::size_t i = 0; i < chances.size(); ++i)
    (won[i] ? of_wins : of_losses).push_back(won[i] ? chances[i] : -chances[i]);
  const auto bound = [](std::vector<double>& values) {
    std::ranges::sort(values);
    const double rank = std::floor(win_missed * (static_cast<double>(values.size()) + 1));
    return rank < 1 ? -1.0 : values[static_cast<std::size_t>(rank) - 1];
  };
  parts.win_from = std::max(0.0F, static_cast<float>(bound(of_wins)));
  parts.loss_to = std::min(1.0F, static_cast<float>(-bound(of_losses)));
}

void add_cases(score::Parts& parts, const Table& table, const Rows& rows, const Chances& chances) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Lead& lead = table.leads()[rows[i]];
    parts.cases.push_back({static_cast<float>(chances[i]), lead.won, lead.id});
  }
  std::ranges::sort(parts.cases, {},
                    [](const score::Case& one) { return std::pair(one.probability, one.id); });
}

}  // namespace

Wins wins_of(const Table& table) { return wins_of(table, all_rows(table)); }

Wins wins_of(const Table& table, std::span<const std::size_t> rows) {
  Wins out;
  for (const std::size_t row : rows) out.push_back(table.won(row));
  return out;
}

// Gradient descent on weights = softmax(logits), with steps that halve where they overshoot.
std::vector<double> mix(const std::vector<std::vector<double>>& margins, const Wins& won) {
  const std::size_t count = margins.size();
  std::vector<double> logits(count, 0.0), weights(count, 1.0 / static_cast<double>(count));
  if (count == 1) return weights;
  const auto softmax = [&](const std::vector<double>& from) {
    const double most = *std::ranges::max_element(from);
    std::vector<double> out(count);
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += out[i] = std::exp(from[i] - most);
    for (double& each : out) each /= sum;
    return out;
  };
  const auto slope = [&](const std::vector<double>& w, std::vector<double>& gradient) {
    std::ranges::fill(gradient, 0);
    double loss = 0;
    for (std::size_t row = 0; row < won.size(); ++row) {
      double margin = 0;
      for (std::size_t i = 0; i < count; ++i) margin += w[i] * margins[i][row];
      const double chance = score::chance_of(margin);
      loss += log_loss(chance, won[row]);
      for (std::size_t i = 0; i < count; ++i)
        gradient[i] += (chance - (won[row] ? 1 : 0)) * margins[i][row];
    }
    double mean = 0;
    for (std::size_t i = 0; i < count; ++i) mean += w[i] * gradient[i];
    for (std::size_t i = 0; i < count; ++i) gradient[i] = w[i] * (gradient[i] - mean);
    return loss;
  };
  std::vector<double> gradient(count), next_gradient(count), next(count);
  double best = slope(weights, gradient), step = 10.0 / static_cast<double>(won.size());
  constexpr int steps_max = 300;
  for (int i = 0; i < steps_max && step > 1e-12; ++i) {
    for (std::size_t j = 0; j < count; ++j) next[j] = logits[j] - step * gradient[j];
    auto next_weights = softmax(next);
    const double loss = slope(next_weights, next_gradient);
    if (loss > best) {
      step /= 2;
      continue;
    }
    const bool settled = best - loss < 1e-9 * best;
    best = loss;
    logits = next;
    weights = std::move(next_weights);
    gradient = next_gradient;
    step *= 1.5;
    if (settled) break;
  }
  return weights;
}

Result<Fitted> fit_stack(const score::Schema& schema, const Matrix& matrix, const Table& table,
                         std::span<const std::size_t> rows, const StackOptions& options,
                         const Progress& progress) {
  const Learning learning{schema, matrix, table, wins_of(table), options, progress};
  const auto recipes = recipes_for(rows.size(), options.allow_stack);
  TRY(const CrossFit fit, cross_fit(learning, recipes, rows));
  const Wins won = wins_of(table, fit.rows);
  Fitted out;
  out.parts.stage = recipes.size() == 1 ? score::Stage::lr : score::Stage::stack;
  out.parts.schema = schema;
  const auto weights = mix(fit.margins, won);
  const auto margins = mixed(fit, weights);
  const auto calibration = calibrate(margins, won);
  out.parts.slope = calibration.slope;
  out.parts.offset = calibration.offset;
  out.rows = fit.rows;
  for (const double margin : margins)
    out.chances.push_back(score::chance_of(calibration.slope * margin + calibration.offset));
  TRY_DONE(learning.tell(0.5, "fit"));
  std::size_t heaviest = 0;
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    TRY(auto member, fit_one(learning, recipes[i], fit.trees[i], rows, {}, 0));
    member.weight = weights[i];
    out.parts.members.push_back(std::move(member));
    if (weights[i] > weights[heaviest]) heaviest = i;
  }
  TRY(out.parts.bag, fit_bag(learning, recipes[heaviest], fit.trees[heaviest], rows));
  set_bounds(out.parts, out.chances, won);
  add_cases(out.parts, table, out.rows, out.chances);
  return out;
}

}  // namespace flash::learn
