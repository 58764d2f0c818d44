#include "catalog/relation.h"

#include <algorithm>

#include "catalog/table.h"

namespace flash::catalog {
namespace {

bool holds(const std::vector<const Column*>& set, const Column* column) {
  return std::ranges::find(set, column) != set.end();
}

// The referencing columns hold a whole key of their table, so at most one row can point at a row
// there.
bool is_unique(const ForeignKey& key) {
  return std::ranges::any_of(key.from->unique_keys, [&](const std::vector<const Column*>& unique) {
    return unique.size() == key.columns.size() &&
           std::ranges::all_of(key.columns,
                               [&](const ColumnPair& pair) { return holds(unique, pair.first); });
  });
}

std::vector<ColumnPair> swapped(const std::vector<ColumnPair>& pairs) {
  std::vector<ColumnPair> out;
  out.reserve(pairs.size());
  for (const auto& [left, right] : pairs) out.emplace_back(right, left);
  return out;
}

void add_direct(const ForeignKey& key) {
  const bool unique = is_unique(key);
  key.from->relations.push_back(
      {.kind = unique ? RelationKind::one_to_one : RelationKind::many_to_one,
       .from = key.from,
       .to = key.to,
       .constraint = key.name,
       .columns = key.columns});
  key.to->relations.push_back(
      {.kind = unique ? RelationKind::one_to_one : RelationKind::one_to_many,
       .from = key.to,
       .to = key.from,
       .constraint = key.name,
       .columns = swapped(key.columns)});
}

bool in_primary_key(const ForeignKey& key) {
  return std::ranges::all_of(key.columns, [&](const ColumnPair& pair) {
    return holds(key.from->primary_key, pair.first);
  });
}

void add_through(const ForeignKey& left, const ForeignKey& right) {
  left.to->relations.push_back({.kind = RelationKind::many_to_many,
                                .from = left.to,
                                .to = right.to,
                                .junction = {.table = left.from,
                                             .constraint_from = left.name,
                                             .constraint_to = right.name,
                                             .from = swapped(left.columns),
                                             .to = right.columns}});
}

}  // namespace

void relate(std::span<const ForeignKey> keys) {
  for (const ForeignKey& key : keys) add_direct(key);
  for (const ForeignKey& left : keys)
    for (const ForeignKey& right : keys)
      if (&left != &right && left.from == right.from && in_primary_key(left) &&
          in_primary_key(right))
        add_through(left, right);
}

}  // namespace flash::catalog
