#include "learn/newton.h"

#include <algorithm>
#include <cmath>

namespace flash::learn::newton {
namespace {

using Vector = std::vector<double>;

struct Problem {
  const Design& design;
  std::span<const float> outcomes, counts;
  double penalty;

  [[nodiscard]] double count(std::size_t row) const {
    return counts.empty() ? 1.0 : static_cast<double>(counts[row]);
  }
  [[nodiscard]] double margin(std::size_t row, const Vector& at) const {
    double sum = at.back();
    for (const Entry& entry : design.row(row))
      sum += at[entry.column] * static_cast<double>(entry.value);
    return sum;
  }
  // log(1 + e^m) without overflow, less m for a win.
  static double loss(double margin, double outcome) {
    return std::max(margin, 0.0) + std::log1p(std::exp(-std::abs(margin))) - outcome * margin;
  }
  [[nodiscard]] double objective(const Vector& at) const {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) sum += penalty / 2 * at[i] * at[i];
    for (std::size_t row = 0; row < outcomes.size(); ++row)
      if (const double n = count(row); n > 0)
        sum += n * loss(margin(row, at), static_cast<double>(outcomes[row]));
    return sum;
  }
};

// Gradient and lower half of the Hessian, row by row of `size` numbers.
void derive(const Problem& problem, const Vector& at, Vector& gradient, Vector& hessian) {
  const std::size_t size = at.size();
  std::ranges::fill(gradient, 0);
  std::ranges::fill(hessian, 0);
  for (std::size_t i = 0; i + 1 < size; ++i) {
    gradient[i] = problem.penalty * at[i];
    hessian[i * size + i] = problem.penalty;
  }
  const std::size_t last = size - 1;
  for (std::size_t row = 0; row < problem.outcomes.size(); ++row) {
    const double n = problem.count(row);
    if (n == 0) continue;
    const double chance = 1 / (1 + std::exp(-problem.margin(row, at)));
    const double off = n * (chance - static_cast<double>(problem.outcomes[row]));
    const double curve = n * chance * (1 - chance);
    const auto entries = problem.design.row(row);
    for (std::size_t i = 0; i < entries.size(); ++i) {  // columns ascend within a row
      const auto value = static_cast<double>(entries[i].value);
      gradient[entries[i].column] += off * value;
      double* line = &hessian[entries[i].column * size];
      const double scaled = curve * value;
      for (std::size_t j = 0; j <= i; ++j)
        line[entries[j].column] += scaled * static_cast<double>(entries[j].value);
      hessian[last * size + entries[i].column] += scaled;
    }
    gradient[last] += off;
    hessian[last * size + last] += curve;
  }
  constexpr double floor = 1e-9;  // keeps a design without information solvable
  for (std::size_t i = 0; i < size; ++i) hessian[i * size + i] += floor;
}

// Solves the lower half's positive definite system in place (Cholesky); `right` becomes the answer.
void solve(Vector& lower, Vector& right) {
  const std::size_t size = right.size();
  for (std::size_t i = 0; i < size; ++i) {
    double* line = &lower[i * size];
    for (std::size_t j = 0; j <= i; ++j) {
      const double* other = &lower[j * size];
      double sum = line[j];
      for (std::size_t k = 0; k < j; ++k) sum -= line[k] * other[k];
      line[j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / other[j];
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= lower[i * size + k] * right[k];
    right[i] /= lower[i * size + i];
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) right[i] -= lower[k * size + i] * right[k];
    right[i] /= lower[i * size + i];
  }
}

}  // namespace

Vector fit(const Design& design, std::span<const float> outcomes, std::span<const float> counts,
           double penalty) {
  const Problem problem{design, outcomes, counts, penalty};
  const std::size_t size = design.width + 1;
  Vector at(size), gradient(size), hessian(size * size);
  double best = problem.objective(at);
  constexpr int steps_max = 50, halvings_max = 20;
  for (int step = 0; step < steps_max; ++step) {
    derive(problem, at, gradient, hessian);
    solve(hessian, gradient);
    double scale = 1, now = best;
    Vector next(size);
    for (int halving = 0; halving < halvings_max; ++halving, scale /= 2) {
      for (std::size_t i = 0; i < size; ++i) next[i] = at[i] - scale * gradient[i];
      now = problem.objective(next);
      if (now <= best) break;
    }
    double moved = 0;
    for (std::size_t i = 0; i < size; ++i) moved = std::max(moved, std::abs(next[i] - at[i]));
    if (now > best) break;
    at = std::move(next);
    best = now;
    if (moved < 1e-7) break;
  }
  return at;
}

}  // namespace flash::learn::newton
