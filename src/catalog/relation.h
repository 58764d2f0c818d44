// How rows of one table lead to rows of another.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace flash::catalog {

struct Column;
struct Table;

enum class RelationKind : std::uint8_t { many_to_one, one_to_many, one_to_one, many_to_many };

// A column here and the one over there that equals it.
using ColumnPair = std::pair<const Column*, const Column*>;

// The table in the middle of many-to-many: both its foreign keys are part of its primary key.
struct Junction {
  const Table* table = nullptr;
  std::string constraint_from, constraint_to;
  std::vector<ColumnPair> from;  // (column of the left table, column of the junction)
  std::vector<ColumnPair> to;    // (column of the junction, column of the right table)
};

struct Relation {
  RelationKind kind = RelationKind::many_to_one;
  const Table* from = nullptr;
  const Table* to = nullptr;
  std::string constraint;           // empty for many-to-many
  std::vector<ColumnPair> columns;  // (left, right); empty for many-to-many
  Junction junction;                // many-to-many only

  [[nodiscard]] bool to_one() const {
    return kind == RelationKind::many_to_one || kind == RelationKind::one_to_one;
  }
  [[nodiscard]] bool is_self() const { return from == to; }
};

// schema.name(row of the left table) gives rows of `to`; to be called qualified.
struct ComputedRelation {
  std::string schema, name;
  const Table* to = nullptr;
  bool to_one = false;  // not SETOF, or SETOF with ROWS 1
};

// Between what requests can name: tables themselves, or views that show all columns of a key.
struct ForeignKey {
  std::string name;
  Table* from = nullptr;
  Table* to = nullptr;
  std::vector<ColumnPair> columns;  // (referencing, referenced)
  bool unique = false;              // at most one row points at a row over there
};

// Fills Table::relations of both ends of every key, and the many-to-many ones that junctions give:
// tables with two keys that are not unique and whose columns are part of the primary key.
void relate(std::span<const ForeignKey> keys);

}  // namespace flash::catalog
