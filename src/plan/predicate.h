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
  const catalog::ComputedColumn* computed = nullptr;  // instead: a function of the row
  std::vector<JsonStep> path;

  [[nodiscard]] bool empty() const { return column == nullptr && computed == nullptr; }
  [[nodiscard]] const std::string& name() const {
    return column != nullptr ? column->name : computed->name;
  }
  // At the bottom of domains.
  [[nodiscard]] const catalog::Type& type() const {
    return *(column != nullptr ? column->type : computed->type)->base;
  }
  bool operator==(const Field&) const = default;
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
