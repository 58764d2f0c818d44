// A model over the interest of a lead alone, for tests of what surrounds models.
#pragma once
#include <utility>

#include "score/model.h"

namespace flash::score {

// The log odds are weight x (interest - 5).
inline Parts interest_parts(double weight) {
  Parts out;
  Field interest{.name = "interest_level", .label = "Interest", .actionable = true, .monotone = 1};
  interest.usual = {1, 5, 9};
  out.schema = *Schema::of({interest});
  out.members.push_back({1, *Linear::of({{0, false, 0, 5, 1, weight}}, 0, 1)});
  for (const double shift : {-0.1, 0.1})
    out.bag.push_back({1, *Linear::of({{0, false, 0, 5, 1, weight}}, shift, 1)});
  for (int i = 0; i < 60; ++i) {
    Case one{static_cast<float>(i) / 60, i % 2 == 0, {}};
    out.cases.push_back(one);
  }
  return out;
}

}  // namespace flash::score
