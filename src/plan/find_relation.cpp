#include <algorithm>

#include "plan/build.h"
#include "plan/errors.h"

namespace flash::plan {
namespace {

using catalog::Relation;
using catalog::RelationKind;

bool one_column(const Relation& relation) { return relation.columns.size() == 1; }

bool left_column_is(const Relation& relation, std::string_view name) {
  return one_column(relation) && relation.columns[0].first->name == name;
}

bool right_column_is(const Relation& relation, std::string_view name) {
  return one_column(relation) && relation.columns[0].second->name == name;
}

bool constraint_is(const Relation& relation, std::string_view name) {
  return relation.kind != RelationKind::many_to_many && relation.constraint == name;
}

// A table that points at itself has one key and two directions: its name means the many, and the
// column means the one.
bool matches_self(const Relation& relation, std::string_view target, std::string_view hint) {
  const bool many = relation.kind == RelationKind::one_to_many && relation.to->name == target;
  if (!hint.empty())
    return (many && (right_column_is(relation, hint) || constraint_is(relation, hint)));
  return many || (relation.kind == RelationKind::many_to_one && left_column_is(relation, target));
}

// PostgREST, "Resource Embedding", "Foreign key joins on multiple relationships".
bool matches(const Relation& relation, std::string_view target, std::string_view hint) {
  if (relation.is_self()) return matches_self(relation, target, hint);
  const bool by_table = relation.to->name == target;
  if (hint.empty())
    return by_table || constraint_is(relation, target) || left_column_is(relation, target);
  if (!by_table) return false;
  if (relation.kind == RelationKind::many_to_many) return relation.junction.table->name == hint;
  return constraint_is(relation, hint) || left_column_is(relation, hint) ||
         right_column_is(relation, hint);
}

}  // namespace

Result<const Relation*> find_relation(const catalog::Table& from, std::string_view target,
                                      std::string_view hint) {
  std::vector<const Relation*> found;
  for (const Relation& each : from.relations)
    if (matches(each, target, hint)) found.push_back(&each);
  if (found.empty()) return fail(errors::no_relation(from, target, hint));
  if (found.size() > 1) return fail(errors::ambiguous_relation(from, target, found));
  return found.front();
}

}  // namespace flash::plan
