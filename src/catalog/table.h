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
  const Type* base = nullptr;     // what a domain is over, at the bottom; itself otherwise
  const Type* element = nullptr;  // of an array; null otherwise

  [[nodiscard]] bool is_json() const { return name == "json" || name == "jsonb"; }
};

struct Column {
  std::string name;
  const Type* type = nullptr;
  bool nullable = true;
  bool has_default = false;  // identity and generated columns too
  bool writable = true;      // false: generated always, never set by a caller
};

enum class TableKind : std::uint8_t { table, view, materialized_view, foreign_table, row_type };

struct Table {
  std::string schema, name;
  TableKind kind = TableKind::table;
  bool insertable = false, updatable = false, deletable = false;
  std::vector<Column> columns;
  std::vector<const Column*> primary_key;               // empty: none
  std::vector<std::vector<const Column*>> unique_keys;  // the primary key is one of them
  std::vector<Relation> relations;                      // to other tables, this one at the left

  [[nodiscard]] const Column* column(std::string_view wanted) const {
    for (const Column& each : columns)
      if (each.name == wanted) return &each;
    return nullptr;
  }
};

}  // namespace flash::catalog
