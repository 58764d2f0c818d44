// Conditions over resolved columns: a tree of and, or, not and comparisons.
#pragma once
#include <cstddef>
#include <variant>
#include <vector>

#include "catalog/table.h"
#include "plan/ask.h"

namespace flash::plan {

struct Field {
  const catalog::Column* column = nullptr;
  std::vector<JsonStep> path;
};

struct Compare {
  Field field;
  Test test;
};

struct Predicate;
struct Group {
  bool any = false;  // or
  std::vector<Predicate> parts;
};

// Read::embeds[embed] has no row.
struct EmbedEmpty {
  std::size_t embed = 0;
};

struct Predicate {
  bool negated = false;
  std::variant<Compare, Group, EmbedEmpty> what;
};

}  // namespace flash::plan
