// The targets of lead scoring, each on the public data sets: a line of JSON a target. Times are of
// the processor, of one thread.
#include "score.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "learn/boost.h"
#include "learn/train.h"
#include "score/answer.h"
#include "score/model_file.h"

namespace flash::learn::bench {
namespace {

// Median of `rounds` means over `calls` calls, in microseconds.
template <class Call>
double micros(Call call, int calls, int rounds = 9) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const double began = cpu_seconds();
    for (int i = 0; i < calls; ++i) call(static_cast<std::size_t>(i));
    times.push_back((cpu_seconds() - began) * 1e6 / calls);
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

void parity() {
  for (const auto& [name, set] : {std::pair{"bank", &bank()}, {"shoppers", &shoppers()}})
    for (const int depth : {2, 3, 4}) {
      auto booster = must(
          Booster::over(set->matrix, set->won, all_rows(set->table), {.depth = depth, .eta = 0.1}));
      constexpr int trees = 200;
      for (int i = 0; i < trees; ++i) must(booster.grow());
      auto forest = must(booster.forest(trees));
      forest.prepare_shares();
      const auto margins = must(booster.margins(set->matrix));
      Rows some;
      for (std::size_t row = 0; row < set->table.size(); row += 20) some.push_back(row);
      const auto theirs = must(booster.contributions(set->matrix.pick(some)));
      std::vector<float> pairs(2 * set->matrix.columns);
      std::size_t different = 0;
      double furthest = 0;
      for (std::size_t row = 0; row < set->table.size(); ++row) {
        score::pair_up(set->matrix.row(row), pairs);
        if (forest.margin(pairs) != margins[row]) ++different;
        if (row % 20 != 0) continue;
        std::vector<double> shares(set->matrix.columns);
        forest.add_shares(pairs, 1, shares);
        for (std::size_t i = 0; i < shares.size(); ++i)
          furthest = std::max(
              furthest, std::abs(shares[i] -
                                 static_cast<double>(theirs[row / 20 * (shares.size() + 1) + i])));
      }
      tell(fmt::format("T6 {} depth {} margins that differ", name, depth),
           static_cast<double>(different), 0, "the target",
           fmt::format(R"(, "leads": {}, "shares_differ_by": {:.1e})", margins.size(), furthest));
    }
}

void speed() {
  const Set& set = shoppers();
  auto booster = must(Booster::over(set.matrix, set.won, all_rows(set.table), {.depth = 4}));
  constexpr int trees = 300;
  for (int i = 0; i < trees; ++i) must(booster.grow());
  auto forest = must(booster.forest(trees));
  forest.prepare_shares();
  std::vector<float> pairs(2 * set.matrix.columns);
  std::vector<double> shares(set.matrix.columns);
  const auto row = [&](std::size_t i) { return set.matrix.row(i * 7 % set.table.size()); };
  float sink = 0;
  constexpr int calls = 20'000;
  const double ours = micros(
      [&](std::size_t i) {
        score::pair_up(row(i), pairs);
        sink += forest.margin(pairs);
      },
      calls);
  const double theirs =
      micros([&](std::size_t i) { sink += must(booster.margin_in_place(row(i))); }, 1'000);
  tell("T1 score, us, 300 trees depth 4", ours, 2, "the target, at most",
       fmt::format(R"(, "xgboost_in_place_us": {:.2f}, "ratio": {:.1f})", theirs, theirs / ours));
  const double both = micros(
      [&](std::size_t i) {
        score::pair_up(row(i), pairs);
        std::ranges::fill(shares, 0);
        forest.add_shares(pairs, 1, shares);
        sink += forest.margin(pairs) + static_cast<float>(shares[0]);
      },
      calls);
  const Matrix one = set.matrix.pick(Rows{5});
  const double contributions =
      micros([&](std::size_t) { sink += must(booster.contributions(one))[0]; }, 200);
  tell("T2 score and factors, us", both, 6, "the target, at most",
       fmt::format(R"(, "xgboost_contributions_us": {:.2f}, "ratio": {:.1f})", contributions,
                   contributions / both));
  auto two_hundred = must(booster.forest(200));
  two_hundred.prepare_shares();
  const double batch = micros(
      [&](std::size_t i) {
        score::pair_up(row(i), pairs);
        sink += two_hundred.margin(pairs);
      },
      calls);
  const double batch_factors = micros(
      [&](std::size_t i) {
        score::pair_up(row(i), pairs);
        std::ranges::fill(shares, 0);
        two_hundred.add_shares(pairs, 1, shares);
        sink += two_hundred.margin(pairs);
      },
      calls);
  tell("T4 leads a second a core, 200 trees depth 4", 1e6 / batch, 800'000, "the target, at least");
  tell("T4 the same with factors", 1e6 / batch_factors, 150'000, "the target, at least",
       fmt::format(R"(, "sink": {})", std::isfinite(sink)));
}

json::Object features_of(const Set& set, std::size_t row) {
  json::Object out;
  for (const Column& column : set.table.columns()) {
    if (column.words[row] >= 0)
      out[column.name] = column.level(row);
    else if (column.known(row))
      out[column.name] = static_cast<double>(column.numbers[row]);
  }
  return out;
}

// A table whose leads also have days, so that the answer has horizons.
Table with_days(Table table, std::size_t most) {
  Rows rows;
  for (std::size_t i = 0; i < most; ++i) rows.push_back(i * table.size() / most);
  Table picked = table.pick(rows);
  Table out;
  Random random(3);
  for (std::size_t i = 0; i < picked.size(); ++i) {
    Lead lead = picked.leads()[i];
    lead.age_days = 400;
    if (lead.won) lead.won_days = static_cast<float>(1 + random.below(150));
    out.add(lead);
    for (const Column& column : picked.columns()) {
      if (column.words[i] >= 0)
        out.put(column.name, std::string_view(column.level(i)));
      else if (column.known(i))
        out.put(column.name, static_cast<double>(column.numbers[i]));
    }
  }
  return out;
}

void whole_answer() {
  Registry registry = sets::shoppers_registry();
  for (const char* name : {"Month", "VisitorType", "SpecialDay"})
    registry.push_back({.name = name, .label = name, .actionable = true});
  const Set set(with_days(sets::shoppers(), 5'000), registry);
  const double began = cpu_seconds();
  const auto trained = must(train(set.table, {.registry = registry}));
  tell("T5 training of 5,000 leads: trial, stack, bag, horizons, s", cpu_seconds() - began, 10,
       "the target, at most",
       fmt::format(R"(, "code": "{}", "bytes": {})", trained.ruling.code, trained.model.size()));
  if (trained.model.empty()) {
    fmt::print(stderr, "{}\n", trained.ruling.reason);
    return;
  }
  const double load_began = cpu_seconds();
  const auto model = must(score::read_model(trained.model));
  const double load_ms = (cpu_seconds() - load_began) * 1e3;
  std::vector<json::Object> asked;
  for (std::size_t i = 0; i < 500; ++i) asked.push_back(features_of(set, i * 9));
  double sink = 0;
  const double us = micros(
      [&](std::size_t i) {
        sink += score::answer(model, asked[i % asked.size()], {.age_days = 10, .amount = 1'000})
                    .probability;
      },
      2'000);
  std::size_t trees = 0;
  for (const auto& member : model.parts().members)
    if (const auto* forest = std::get_if<score::Forest>(&member.learner)) trees += forest->size();
  tell("T3 whole answer, us", us, 100, "the target, at most",
       fmt::format(R"(, "trees": {}, "load_ms": {:.1f}, "sane": {})", trees, load_ms,
                   std::isfinite(sink)));
}

// 30 numbers, a tenth unknown, a few of which matter.
Table synthetic(std::size_t leads) {
  Table out;
  Random random(7);
  const auto normal = [&] {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += random.unit();
    return sum - 6;
  };
  std::vector<std::string> names;
  for (int i = 0; i < 30; ++i) names.push_back(fmt::format("x{:02}", i));
  for (std::size_t row = 0; row < leads; ++row) {
    std::vector<double> x;
    for (int i = 0; i < 30; ++i) x.push_back(normal());
    const double margin = x[0] + 0.7 * x[1] * x[2] - 0.5 * std::abs(x[3]) + 0.3 * x[4] - 1;
    Lead lead;
    lead.created_s = static_cast<std::int64_t>(row);
    lead.won = random.unit() < score::chance_of(margin);
    out.add(lead);
    for (int i = 0; i < 30; ++i)
      if (random.unit() > 0.1)
        out.put(names[static_cast<std::size_t>(i)], x[static_cast<std::size_t>(i)]);
  }
  return out;
}

void training() {
  for (const auto& [leads, wanted] :
       {std::pair{std::size_t{10'000}, 1.0}, {std::size_t{100'000}, 5.0}}) {
    const Set set(synthetic(leads));
    const double began = cpu_seconds();
    must(
        boost(set.matrix, set.won, all_rows(set.table), {.depth = 4, .eta = 0.1, .bins = 64}, 200));
    tell(fmt::format("T5 200 trees depth 4 of {} leads x 30, s", leads), cpu_seconds() - began,
         wanted, "the target, at most");
  }
}

const std::map<std::string, void (*)()> parts{{"quality", quality},     {"parity", parity},
                                              {"speed", speed},         {"answer", whole_answer},
                                              {"training", training},   {"drift", drift},
                                              {"cold", cold_start},     {"no-signal", no_signal},
                                              {"intervals", intervals}, {"conformal", conformal}};

}  // namespace
}  // namespace flash::learn::bench

int main(int count, char** words) {
  for (const auto& [name, run] : flash::learn::bench::parts) {
    bool wanted = count < 2;
    for (int i = 1; i < count; ++i) wanted = wanted || name == words[i];
    if (wanted) run();
  }
}
