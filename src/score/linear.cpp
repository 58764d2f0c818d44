#include "score/linear.h"

#include <cmath>
#include <utility>

namespace flash::score {
namespace {

double share_of(const Term& term, float x) {
  if (std::isnan(x)) return 0;
  return term.weight * (term.basis(x) - term.mean) / term.scale;
}

}  // namespace

Result<Linear> Linear::of(std::vector<Term> terms, double intercept, std::size_t columns) {
  const auto refuse = [](const char* why) { return fail(Kind::invalid, "model_terms", why); };
  if (terms.size() > terms_max) return refuse("a regression has at most 4096 terms");
  if (!std::isfinite(intercept)) return refuse("the intercept is not finite");
  for (const Term& term : terms) {
    if (term.column >= columns) return refuse("a term reads an unknown column");
    if (!std::isfinite(term.knot) || !std::isfinite(term.mean) || !std::isfinite(term.weight) ||
        !std::isfinite(term.scale) || term.scale <= 0)
      return refuse("a number of a term is not finite");
  }
  Linear out;
  out.terms_ = std::move(terms);
  out.intercept_ = intercept;
  return out;
}

double Linear::margin(std::span<const float> columns) const {
  double sum = intercept_;
  for (const Term& term : terms_) sum += share_of(term, columns[term.column]);
  return sum;
}

void Linear::add_shares(std::span<const float> columns, double weight,
                        std::span<double> shares) const {
  for (const Term& term : terms_)
    shares[term.column] += weight * share_of(term, columns[term.column]);
}

}  // namespace flash::score
