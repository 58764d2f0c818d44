#include "learn/ridge.h"

#include <algorithm>
#include <cmath>

#include "learn/newton.h"

namespace flash::learn {
namespace {

struct Moments {
  double mean = 0, deviation = 0;
  bool flag = true;  // nothing but 0 and 1
};

Moments moments_of(const Matrix& matrix, std::span<const std::size_t> rows,
                   const score::Term& term) {
  Moments out;
  double sum = 0, squares = 0, known = 0;
  for (const std::size_t row : rows) {
    const float x = matrix.row(row)[term.column];
    if (std::isnan(x)) continue;
    const double value = term.basis(x);
    out.flag = out.flag && (value == 0 || value == 1);
    sum += value;
    squares += value * value;
    known += 1;
  }
  if (known == 0) return out;
  out.mean = sum / known;
  out.deviation = std::sqrt(std::max(0.0, squares / known - out.mean * out.mean));
  return out;
}

// The deciles of a number, without its ends.
std::vector<float> knots_of(const Matrix& matrix, std::span<const std::size_t> rows,
                            std::size_t column) {
  std::vector<float> seen;
  for (const std::size_t row : rows)
    if (const float x = matrix.row(row)[column]; !std::isnan(x)) seen.push_back(x);
  std::ranges::sort(seen);
  std::vector<float> out;
  for (std::size_t i = 1; i < 10 && !seen.empty(); ++i) out.push_back(seen[i * seen.size() / 10]);
  out.erase(std::ranges::unique(out).begin(), out.end());
  if (!seen.empty()) std::erase(out, seen.back());
  if (!seen.empty() && (out.empty() || out.front() != seen.front()))
    out.insert(out.begin(), seen.front());
  return out;
}

// The rows as sparse lists of values of the terms. What is the same for all rows goes into the
// intercept, so hinges and flags are not centred and stay sparse.
newton::Design design_of(const Matrix& matrix, std::span<const std::size_t> rows,
                         std::span<const score::Term> terms, const std::vector<bool>& centred) {
  newton::Design out;
  out.width = terms.size();
  for (const std::size_t row : rows) {
    const auto values = matrix.row(row);
    for (std::size_t i = 0; i < terms.size(); ++i) {
      const score::Term& term = terms[i];
      const float x = values[term.column];
      const double basis = std::isnan(x) ? term.mean : term.basis(x);
      const double z = (basis - (centred[i] ? term.mean : 0)) / term.scale;
      if (z != 0) out.push(i, static_cast<float>(z));
    }
    out.end_row();
  }
  return out;
}

}  // namespace

Basis::Basis(const Matrix& matrix, std::span<const std::size_t> rows, bool hinges) {
  for (std::size_t column = 0; column < matrix.columns; ++column) {
    score::Term term;
    term.column = static_cast<std::uint16_t>(column);
    const Moments moments = moments_of(matrix, rows, term);
    if (moments.deviation == 0) continue;
    term.mean = moments.mean;
    term.scale = moments.flag ? 1 : moments.deviation;
    terms_.push_back(term);
    if (!hinges || moments.flag) continue;
    term.hinge = true;
    for (const float knot : knots_of(matrix, rows, column)) {
      term.knot = knot;
      const Moments bent = moments_of(matrix, rows, term);
      if (bent.deviation == 0) continue;
      term.mean = bent.mean;
      term.scale = bent.deviation;
      terms_.push_back(term);
    }
  }
}

Result<score::Linear> fit_ridge(const Matrix& matrix, const Wins& won,
                                std::span<const std::size_t> rows, const RidgeOptions& options,
                                std::span<const float> counts) {
  std::vector<float> outcomes;
  for (const std::size_t row : rows) outcomes.push_back(won[row] ? 1 : 0);
  const auto wins = std::ranges::count(outcomes, 1.0F);
  if (wins == 0 || wins == std::ssize(outcomes))
    return fail(Kind::unprocessable, "one_class", "all of the leads ended the same way");
  std::vector<score::Term> terms = Basis(matrix, rows, options.hinges).terms();
  std::vector<bool> centred;
  for (const score::Term& term : terms) centred.push_back(!term.hinge && term.scale != 1);
  const auto design = design_of(matrix, rows, terms, centred);
  const auto solution = newton::fit(design, outcomes, counts, options.penalty);
  double intercept = solution.back();
  for (std::size_t i = 0; i < terms.size(); ++i) {
    terms[i].weight = solution[i];
    if (!centred[i]) intercept += solution[i] * terms[i].mean / terms[i].scale;
  }
  return score::Linear::of(std::move(terms), intercept, matrix.columns);
}

Calibration fit_calibration(std::span<const double> margins, const Wins& won) {
  newton::Design design;
  design.width = 1;
  std::vector<float> outcomes;
  for (std::size_t i = 0; i < margins.size(); ++i) {
    design.push(0, static_cast<float>(margins[i]));
    design.end_row();
    outcomes.push_back(won[i] ? 1 : 0);
  }
  constexpr double hardly = 1e-3;
  const auto solution = newton::fit(design, outcomes, {}, hardly);
  return {solution[0], solution[1]};
}

}  // namespace flash::learn
