// Types, columns, keys and tables as the database spells them. Pointers stay inside one Catalog.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/relation.h"

namespace flash::catalog {

struct Type {
  std::uint32_t oid = 0;
  std::string schema, name;  // "pg_catalog", "int4": with quotes round them, a cast
  std::string array;         // the array type over it, in the same schema; empty: there is none
  std::string label;         // as PostgreSQL writes it for people: "integer"
  char kind = 'b';      // pg_type.typtype: base, composite, domain, enum, multirange, pseudo, range
  char category = 'U';  // pg_type.typcategory
  const Type* base = nullptr;       // what a domain is over, at the bottom; itself otherwise
  const Type* element = nullptr;    // of an array; null otherwise
  std::vector<std::string> labels;  // of an enum, in its order

  [[nodiscard]] bool is_json() const { return name == "json" || name == "jsonb"; }
};

struct Column {
  std::string name;
  const Type* type = nullptr;
  bool nullable = true;
  bool has_default = false;  // identity and generated columns too
  bool writable = true;      // false: generated always, never set by a caller
  bool identity = false;
  bool generated = false;
  std::string comment;
};

// A function of one row of the table, as good as a column: schema.name(row). To be called
// qualified.
struct ComputedColumn {
  std::string schema, name;
  const Type* type = nullptr;
  bool returns_set = false;
};

enum class TableKind : std::uint8_t { table, view, materialized_view, foreign_table, row_type };

struct Table {
  std::uint32_t oid = 0;  // pg_class.oid; 0: a row type without a relation
  std::string schema, name;
  std::string comment;
  TableKind kind = TableKind::table;
  bool insertable = false, updatable = false, deletable = false;
  // Its policies run code of the database's owner, which must not see a neighbour's transaction.
  bool reads_alone = false;
  bool hides_rows = false;  // by row security or as a view: who may read it need not see all of it
  std::vector<Column> columns;
  // Empty: none. Of a view: those of the tables whose whole keys it shows.
  std::vector<const Column*> primary_key;
  std::vector<std::vector<const Column*>> unique_keys;  // the primary key is one of them
  std::vector<Relation> relations;                      // to other tables, this one at the left
  std::vector<ComputedColumn> computed;                 // a real column of that name comes first
  // Functions that give rows of another table. A relation found by keys to a table of the same
  // schema and name is not in `relations`: the function takes its place.
  std::vector<ComputedRelation> computed_relations;

  [[nodiscard]] const Column* column(std::string_view wanted) const {
    for (const Column& each : columns)
      if (each.name == wanted) return &each;
    return nullptr;
  }
  [[nodiscard]] const ComputedColumn* computed_column(std::string_view wanted) const {
    for (const ComputedColumn& each : computed)
      if (each.name == wanted) return &each;
    return nullptr;
  }
  [[nodiscard]] const ComputedRelation* computed_relation(std::string_view wanted) const {
    for (const ComputedRelation& each : computed_relations)
      if (each.name == wanted) return &each;
    return nullptr;
  }
};

}  // namespace flash::catalog
