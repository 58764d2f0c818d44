// Insert, Update, Delete: rows given as JSON, rows chosen by predicates.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "plan/read.h"

namespace flash::plan {

// Rows as one JSON text: the database takes it apart, by the types of `columns`.
struct Payload {
  std::vector<const catalog::Column*> columns;
  std::string json;
  bool is_array = false;  // an array of objects; false: one object
};

enum class Conflict : std::uint8_t { fail, merge, ignore };

// Rows of one payload that give the same columns; the others keep their defaults.
struct RowGroup {
  std::vector<const catalog::Column*> columns;  // empty: one row of defaults
  std::vector<std::size_t> rows;                // places in the array, from 1
};

struct Insert {
  Payload rows;
  std::vector<RowGroup> groups;  // empty: all rows give rows.columns
  Conflict conflict = Conflict::fail;
  std::vector<const catalog::Column*> conflict_key;  // empty: any unique key (ignore only)
};

struct Update {
  Payload values;
  std::vector<const catalog::Column*> defaults;  // set to what a new row would have
  std::vector<Predicate> where;
};

struct Delete {
  std::vector<Predicate> where;
};

struct Write {
  const catalog::Table* table = nullptr;
  std::variant<Insert, Update, Delete> change;
  Read returning;  // over the rows that were written
  // More rows than this undo the whole write; see render::rows_exceeded.
  std::optional<std::uint64_t> rows_max;
  bool wants_location = false;  // the primary key of the first row comes back too
};

}  // namespace flash::plan
