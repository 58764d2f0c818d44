// The targets of lead scoring that are about how good its chances are.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learn/boost.h"
#include "learn/train.h"
#include "score.h"

namespace flash::learn::bench {

struct Said {
  Chances chances;
  Wins won;
};

static Said say(const score::Model& model, const Set& set, const Rows& rows) {
  Said out;
  for (const std::size_t row : rows) out.chances.push_back(model.probability(set.matrix.row(row)));
  out.won = wins_of(set.table, rows);
  return out;
}

// Every lead judged by a stack of the other four fifths.
static const Said& judged(const std::string& name, const Set& set, bool stack = true) {
  static std::map<std::string, Said> done;
  const std::string key = name + (stack ? "" : " regression");
  if (const auto at = done.find(key); at != done.end()) return at->second;
  Said& out = done[key];
  for (std::uint64_t part = 0; part < 5; ++part) {
    const Fold fold = sets::hashed(set.table, part);
    const double began = cpu_seconds();
    auto fitted = must(fit_stack(set.schema, set.matrix, set.table, fold.train,
                                 {.bag = 0, .allow_stack = stack}, {}));
    std::string weights;
    for (const auto& member : fitted.parts.members)
      weights += fmt::format(" {:.2f}", member.weight);
    const auto model = must(score::Model::of(std::move(fitted.parts)));
    const Said said = say(model, set, fold.test);
    fmt::print(stderr, "{} {}: trained in {:.1f} s, weights{}, AUC {:.4f}, log loss {:.4f}\n", key,
               part, cpu_seconds() - began, weights, auc(said.chances, said.won),
               mean_log_loss(said.chances, said.won));
    out.chances.insert(out.chances.end(), said.chances.begin(), said.chances.end());
    out.won.insert(out.won.end(), said.won.begin(), said.won.end());
  }
  return out;
}

static void rank(const char* target, const char* name, const Set& set, double auc_wanted,
                 double loss_wanted) {
  const Said& said = judged(name, set);
  const Said& regression = judged(name, set, false);
  const auto wins = static_cast<double>(std::count(said.won.begin(), said.won.end(), true));
  const Chances base(said.won.size(), wins / static_cast<double>(said.won.size()));
  tell(fmt::format("{} {} AUC", target, name), auc(said.chances, said.won), auc_wanted,
       "the target, at least",
       fmt::format(R"(, "leads": {}, "regression_auc": {:.4f}, "average_precision": {:.4f})",
                   said.won.size(), auc(regression.chances, regression.won),
                   average_precision(said.chances, said.won)));
  tell(fmt::format("{} {} log loss", target, name), mean_log_loss(said.chances, said.won),
       loss_wanted, "the target, at most",
       fmt::format(R"(, "regression": {:.4f}, "base_rate": {:.4f})",
                   mean_log_loss(regression.chances, regression.won),
                   mean_log_loss(base, said.won)));
}

void quality() {
  rank("T8", "bank", bank(), 0.800, 0.265);
  rank("T9", "shoppers", shoppers(), 0.930, 0.2250);
  for (const auto& [name, set, wanted, share] :
       {std::tuple{"bank", &bank(), 0.012, 0.60}, {"shoppers", &shoppers(), 0.020, 0.75}}) {
    const Said& said = judged(name, *set);
    Random random(1);
    tell(fmt::format("T10 {} calibration error", name), calibration_error(said.chances, said.won),
         wanted, "the target, at most",
         fmt::format(R"(, "noise_p95": {:.4f})", calibration_noise(said.chances, random)));
    tell(fmt::format("T18 {} wins in the best fifth", name), captured(said.chances, said.won, 0.2),
         share, "the target, at least");
  }
}

// The calls in the order of their days: every thousand are judged by a model of those before them.
// `window` 0: of all before them.
static void roll(const Set& set, std::size_t window) {
  constexpr std::size_t chunk = 1'000, begin = 3'000;
  Chances rolling, fixed, base;
  Wins won;
  double within = 0, chunks = 0;
  std::optional<score::Forest> first;
  std::vector<float> pairs(2 * set.matrix.columns);
  const auto rows_between = [](std::size_t from, std::size_t to) {
    Rows rows;
    for (std::size_t row = from; row < to; ++row) rows.push_back(row);
    return rows;
  };
  const auto chance = [&](const score::Forest& forest, std::size_t row) {
    score::pair_up(set.matrix.row(row), pairs);
    return score::chance_of(static_cast<double>(forest.margin(pairs)));
  };
  constexpr int trees = 150;
  const BoostOptions options{.depth = 3, .bins = 64};
  for (std::size_t at = begin; at < set.table.size(); at += chunk) {
    const Rows seen = rows_between(window == 0 ? 0 : at - std::min(at, window), at);
    const auto forest = must(boost(set.matrix, set.won, seen, options, trees));
    if (!first) first = forest;
    const Wins recent = wins_of(set.table, rows_between(at - begin, at));
    const double rate = static_cast<double>(std::count(recent.begin(), recent.end(), true)) /
                        static_cast<double>(recent.size());
    Chances here;
    Wins here_won;
    for (const std::size_t row : rows_between(at, std::min(at + chunk, set.table.size()))) {
      here.push_back(chance(forest, row));
      here_won.push_back(set.won[row]);
      fixed.push_back(chance(*first, row));
      base.push_back(rate);
    }
    rolling.insert(rolling.end(), here.begin(), here.end());
    won.insert(won.end(), here_won.begin(), here_won.end());
    within += auc(here, here_won);
    chunks += 1;
  }
  tell(
      fmt::format("T11 bank rolling over {}, log loss",
                  window == 0 ? "all" : std::to_string(window)),
      mean_log_loss(rolling, won), 0.335, "the target, at most",
      fmt::format(
          R"(, "leads": {}, "calibration_error": {:.4f}, "fixed_model": {:.4f}, )"
          R"("rate_of_last_3000": {:.4f}, "auc": {:.3f}, "auc_within": {:.3f}, "psi_of_fixed": {:.2f})",
          won.size(), calibration_error(rolling, won), mean_log_loss(fixed, won),
          mean_log_loss(base, won), auc(rolling, won), within / chunks,
          stability_index(std::span(fixed).first(3'000), std::span(fixed).last(3'000))));
}

void drift() {
  for (const std::size_t window : {std::size_t{0}, std::size_t{10'000}, std::size_t{5'000}})
    roll(bank(), window);
}

static Rows sample(const Set& set, std::size_t count, Random& random) {
  const Fold fold = sets::hashed(set.table);
  for (;;) {
    Rows rows;
    for (const std::size_t i : shuffled(fold.train.size(), random)) {
      rows.push_back(fold.train[i]);
      if (rows.size() == count) break;
    }
    std::ranges::sort(rows);
    const Wins won = wins_of(set.table, rows);
    if (std::count(won.begin(), won.end(), true) >= 4) return rows;
  }
}

void cold_start() {
  for (const auto& [name, set] : {std::pair{"bank", &bank()}, {"shoppers", &shoppers()}}) {
    Random random(11);
    double learned = 0, ruled = 0;
    constexpr int draws = 12;
    const Rows test = sets::hashed(set->table).test;
    for (int draw = 0; draw < draws; ++draw) {
      const Rows rows = sample(*set, 40, random);
      const Table few = set->table.pick(rows);
      const Set small(
          few, name == std::string_view("shoppers") ? sets::shoppers_registry() : Registry{});
      auto fitted =
          must(fit_stack(small.schema, small.matrix, small.table, all_rows(few), {.bag = 0}, {}));
      const auto model = must(score::Model::of(std::move(fitted.parts)));
      const Matrix judged_on = encode(small.schema, set->table.pick(test));
      const Wins won = wins_of(set->table, test);
      Chances said;
      for (std::size_t i = 0; i < judged_on.rows(); ++i)
        said.push_back(model.probability(judged_on.row(i)));
      learned += mean_log_loss(said, won) / draws;
      ruled += mean_log_loss(rule_chances(set->table, {{rows, test}}), won) / draws;
    }
    tell(fmt::format("T12 {} 40 closed leads, log loss", name), learned, ruled,
         "the rules through Platt's map, over 12 draws");
  }
}

void no_signal() {
  const Table crm = sets::crm();
  int promoted = 0, runs = 0;
  Random random(5);
  for (const std::size_t leads :
       {std::size_t{60}, std::size_t{200}, std::size_t{600}, std::size_t{2'000}})
    for (int draw = 0; draw < 10; ++draw, ++runs) {
      Rows rows = shuffled(crm.size(), random);
      rows.resize(leads);
      std::ranges::sort(rows);
      const auto trained =
          must(train(crm.pick(rows), {.seed = static_cast<std::uint64_t>(draw + 1), .bag = 2}));
      promoted += trained.ruling.promote ? 1 : 0;
    }
  tell("T13 models promoted without signal", promoted, 0, "the target",
       fmt::format(R"(, "runs": {})", runs));
}

// Do the 80 % intervals hold what happens? Per decile of the chances: the mean interval, one
// standard error wider, against the rate that came.
void intervals() {
  for (const auto& [name, set] : {std::pair{"bank", &bank()}, {"shoppers", &shoppers()}}) {
    const Rows test = sets::hashed(set->table).test;
    const auto truth =
        must(score::Model::of(must(fit_stack(set->schema, set->matrix, set->table,
                                             sets::hashed(set->table).train, {.bag = 0}, {}))
                                  .parts));
    for (const std::size_t leads : {std::size_t{120}, std::size_t{400}, std::size_t{2'000}}) {
      Random random(13);
      double inside = 0, all = 0, covers = 0, count = 0;
      std::vector<double> widths, errors;
      constexpr int draws = 3;
      for (int draw = 0; draw < draws; ++draw) {
        const Rows rows = sample(*set, leads, random);
        const Set small(set->table.pick(rows), name == std::string_view("shoppers")
                                                   ? sets::shoppers_registry()
                                                   : Registry{});
        const auto model = must(score::Model::of(
            must(fit_stack(small.schema, small.matrix, small.table, all_rows(small.table), {}, {}))
                .parts));
        const Matrix judged_on = encode(small.schema, set->table.pick(test));
        struct One {
          double chance, low, high;
          bool won;
        };
        std::vector<One> ones;
        for (std::size_t i = 0; i < judged_on.rows(); ++i) {
          const double chance = model.probability(judged_on.row(i));
          const auto interval = model.interval(judged_on.row(i), chance, model.similar(chance));
          ones.push_back({chance, interval.low, interval.high, set->table.won(test[i])});
          const double pseudo = truth.probability(set->matrix.row(test[i]));
          covers += pseudo >= interval.low && pseudo <= interval.high ? 1 : 0;
          count += 1;
          widths.push_back(interval.high - interval.low);
          errors.push_back(std::abs(pseudo - chance));
        }
        std::ranges::sort(ones, {}, &One::chance);
        for (std::size_t decile = 0; decile < 10; ++decile) {
          double low = 0, high = 0, won = 0, n = 0;
          for (std::size_t i = decile * ones.size() / 10; i < (decile + 1) * ones.size() / 10;
               ++i, n += 1) {
            low += ones[i].low;
            high += ones[i].high;
            won += ones[i].won ? 1 : 0;
          }
          const double rate = won / n, error = std::sqrt(std::max(rate * (1 - rate), 1e-9) / n);
          inside += rate + error >= low / n && rate - error <= high / n ? 1 : 0;
          all += 1;
        }
      }
      const auto ranks = [](const std::vector<double>& values) {
        std::vector<std::size_t> order(values.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(values[i], i); });
        std::vector<double> out(values.size());
        for (std::size_t i = 0; i < order.size(); ++i) out[order[i]] = static_cast<double>(i);
        return out;
      };
      const auto a = ranks(widths), b = ranks(errors);
      const double mean = static_cast<double>(a.size() - 1) / 2;
      double cross = 0, square = 0, width = 0;
      for (std::size_t i = 0; i < a.size(); ++i) {
        cross += (a[i] - mean) * (b[i] - mean);
        square += (a[i] - mean) * (a[i] - mean);
        width += widths[i] / static_cast<double>(widths.size());
      }
      tell(fmt::format("T14 {} {} leads, deciles inside the interval", name, leads), inside / all,
           0.80, "the target, at least",
           fmt::format(
               R"(, "covers_full_model": {:.2f}, "rank_correlation": {:.2f}, "mean_width": {:.3f})",
               covers / count, cross / square, width));
    }
  }
}

void conformal() {
  for (const auto& [name, set] : {std::pair{"bank", &bank()}, {"shoppers", &shoppers()}})
    for (const bool forward : {false, true}) {
      if (forward && set == &bank())
        continue;  // the drift of T11: no exchangeable leads, no promise
      const Fold fold =
          forward ? newest(set->table, all_rows(set->table), 0.2) : sets::hashed(set->table);
      const auto model = must(score::Model::of(
          must(fit_stack(set->schema, set->matrix, set->table, fold.train, {.bag = 0}, {})).parts));
      double kept = 0, single = 0;
      for (const std::size_t row : fold.test) {
        const auto badge = model.badge(model.probability(set->matrix.row(row)));
        const double chance = model.probability(set->matrix.row(row));
        kept += set->table.won(row) ? chance >= static_cast<double>(model.parts().win_from)
                                    : chance <= static_cast<double>(model.parts().loss_to);
        single += badge != score::Badge::undecided;
      }
      const auto n = static_cast<double>(fold.test.size());
      tell(fmt::format("T15 {} {} split, coverage of the 80 % badge", name,
                       forward ? "forward" : "hashed"),
           kept / n, 0.80, "the target, .77 to .85",
           fmt::format(R"(, "decided": {:.2f})", single / n));
    }
}

}  // namespace flash::learn::bench
