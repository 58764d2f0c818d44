#include "learn/measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace flash::learn {
namespace {

std::vector<std::size_t> ascending(std::span<const double> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(scores[i], i); });
  return order;
}

double wins_in(const Wins& won) {
  return static_cast<double>(std::count(won.begin(), won.end(), true));
}

}  // namespace

double log_loss(double chance, bool won) {
  constexpr double edge = 1e-12;
  const double inside = std::clamp(chance, edge, 1 - edge);
  return -std::log(won ? inside : 1 - inside);
}

double mean_log_loss(std::span<const double> chances, const Wins& won) {
  double sum = 0;
  for (std::size_t i = 0; i < chances.size(); ++i) sum += log_loss(chances[i], won[i]);
  return chances.empty() ? 0 : sum / static_cast<double>(chances.size());
}

double brier(std::span<const double> chances, const Wins& won) {
  double sum = 0;
  for (std::size_t i = 0; i < chances.size(); ++i) {
    const double off = chances[i] - (won[i] ? 1 : 0);
    sum += off * off;
  }
  return chances.empty() ? 0 : sum / static_cast<double>(chances.size());
}

double auc(std::span<const double> scores, const Wins& won) {
  const double wins = wins_in(won);
  const double losses = static_cast<double>(won.size()) - wins;
  if (wins == 0 || losses == 0) return 0.5;
  const auto order = ascending(scores);
  double ranks = 0;  // of the wins; equal scores share the mean of their ranks
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    double tied = 0;
    while (end < order.size() && scores[order[end]] == scores[order[begin]])
      tied += won[order[end++]] ? 1 : 0;
    ranks += tied * static_cast<double>(begin + end + 1) / 2;
    begin = end;
  }
  return (ranks - wins * (wins + 1) / 2) / (wins * losses);
}

double average_precision(std::span<const double> scores, const Wins& won) {
  const double wins = wins_in(won);
  if (wins == 0) return 0;
  const auto order = ascending(scores);
  double sum = 0, found = 0;
  for (std::size_t end = order.size(); end > 0;) {
    std::size_t begin = end;
    double tied = 0;
    while (begin > 0 && scores[order[begin - 1]] == scores[order[end - 1]])
      tied += won[order[--begin]] ? 1 : 0;
    found += tied;
    sum += tied * found / static_cast<double>(order.size() - begin);
    end = begin;
  }
  return sum / wins;
}

std::vector<Bin> reliability(std::span<const double> chances, const Wins& won, std::size_t bins) {
  const auto order = ascending(chances);
  std::vector<Bin> out(bins);
  for (std::size_t i = 0; i < order.size(); ++i) {
    Bin& bin = out[i * bins / order.size()];
    ++bin.count;
    bin.won += won[order[i]] ? 1 : 0;
    bin.chance += chances[order[i]];
  }
  std::erase_if(out, [](const Bin& bin) { return bin.count == 0; });
  for (Bin& bin : out) bin.chance /= static_cast<double>(bin.count);
  return out;
}

double calibration_error(std::span<const double> chances, const Wins& won) {
  double sum = 0;
  for (const Bin& bin : reliability(chances, won, 10))
    sum += std::abs(static_cast<double>(bin.won) - bin.chance * static_cast<double>(bin.count));
  return chances.empty() ? 0 : sum / static_cast<double>(chances.size());
}

double calibration_noise(std::span<const double> chances, Random& random, int rounds) {
  std::vector<double> errors;
  Wins drawn(chances.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < chances.size(); ++i) drawn[i] = random.unit() < chances[i];
    errors.push_back(calibration_error(chances, drawn));
  }
  std::ranges::sort(errors);
  return errors[errors.size() * 95 / 100];
}

double captured(std::span<const double> scores, const Wins& won, double share) {
  const auto order = ascending(scores);
  const auto best = static_cast<std::size_t>(std::ceil(share * static_cast<double>(order.size())));
  double found = 0;
  for (std::size_t i = order.size() - best; i < order.size(); ++i) found += won[order[i]] ? 1 : 0;
  const double wins = wins_in(won);
  return wins == 0 ? 0 : found / wins;
}

double stability_index(std::span<const double> before, std::span<const double> now) {
  constexpr std::size_t bins = 10;
  std::vector<double> sorted(before.begin(), before.end());
  std::ranges::sort(sorted);
  std::vector<double> edges;
  for (std::size_t i = 1; i < bins; ++i) edges.push_back(sorted[i * sorted.size() / bins]);
  const auto shares = [&](std::span<const double> values) {
    std::vector<double> out(bins, 0.5);  // half a lead in each, so that an empty one is finite
    for (const double value : values)
      out[static_cast<std::size_t>(std::ranges::upper_bound(edges, value) - edges.begin())] += 1;
    for (double& each : out) each /= static_cast<double>(values.size()) + bins * 0.5;
    return out;
  };
  const auto a = shares(before), b = shares(now);
  double sum = 0;
  for (std::size_t i = 0; i < bins; ++i) sum += (b[i] - a[i]) * std::log(b[i] / a[i]);
  return sum;
}

Verdict bootstrap(std::span<const double> differences, Random& random, int rounds) {
  const auto n = static_cast<double>(differences.size());
  Verdict out;
  if (differences.empty()) return out;
  out.mean = std::accumulate(differences.begin(), differences.end(), 0.0) / n;
  std::vector<double> means;
  for (int round = 0; round < rounds; ++round) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i)
      sum += differences[random.below(differences.size())];
    means.push_back(sum / n);
  }
  std::ranges::sort(means);
  out.below_zero = static_cast<double>(std::ranges::lower_bound(means, 0.0) - means.begin()) /
                   static_cast<double>(means.size());
  out.upper = means[means.size() * 95 / 100];
  return out;
}

}  // namespace flash::learn
