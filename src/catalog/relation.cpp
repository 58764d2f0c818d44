#include "catalog/relation.h"

#include <algorithm>
#include <unordered_map>

#include "catalog/table.h"

namespace flash::catalog {
namespace {

bool holds(const std::vector<const Column*>& set, const Column* column) {
  return std::ranges::find(set, column) != set.end();
}

std::vector<ColumnPair> swapped(const std::vector<ColumnPair>& pairs) {
  std::vector<ColumnPair> out;
  out.reserve(pairs.size());
  for (const auto& [left, right] : pairs) out.emplace_back(right, left);
  return out;
}

void add_direct(const ForeignKey& key) {
  key.from->relations.push_back(
      {.kind = key.unique ? RelationKind::one_to_one : RelationKind::many_to_one,
       .from = key.from,
       .to = key.to,
       .constraint = key.name,
       .columns = key.columns});
  key.to->relations.push_back(
      {.kind = key.unique ? RelationKind::one_to_one : RelationKind::one_to_many,
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
  std::unordered_map<const Table*, std::vector<const ForeignKey*>> by_junction;
  for (const ForeignKey& key : keys) {
    add_direct(key);
    if (!key.unique && in_primary_key(key)) by_junction[key.from].push_back(&key);
  }
  // In the order of the keys, so that relations come in the same order every time.
  for (const ForeignKey& left : keys) {
    const auto found = by_junction.find(left.from);
    if (found == by_junction.end() || left.unique || !in_primary_key(left)) continue;
    for (const ForeignKey* right : found->second)
      if (left.name != right->name) add_through(left, *right);
  }
}

}  // namespace flash::catalog
