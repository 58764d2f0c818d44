// A function that callers may run: its parameters, what it gives back, whether it may write.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/table.h"

namespace flash::catalog {

struct Parameter {
  std::string name;  // empty: unnamed
  const Type* type = nullptr;
  bool has_default = false;
  bool variadic = false;
};

// PostgreSQL's settings by name, as somebody wrote them: {"statement_timeout", "2s"}.
using Settings = std::vector<std::pair<std::string, std::string>>;

enum class Volatility : std::uint8_t { immutable, stable, volatile_ };

struct Function {
  std::uint32_t oid = 0;
  std::string schema, name;
  std::string comment;
  std::vector<Parameter> parameters;  // the ones a caller gives, in order
  Volatility volatility = Volatility::volatile_;
  bool returns_set = false;
  bool returns_one = false;  // SETOF with ROWS 1
  bool returns_void = false;
  const Type* scalar = nullptr;  // one value a row; null: rows with columns, or void
  // Rows with columns: those of a table, view or composite type, or the function's own TABLE(...).
  const Table* row = nullptr;
  bool row_is_table = false;  // `row` is an exposed table or view, so other tables can be embedded
  // `create function ... set name = value`: PostgreSQL applies them while the function runs.
  Settings settings;

  // The one parameter has no name and takes a whole body: bytea, json, jsonb, text or xml.
  [[nodiscard]] const Parameter* single_unnamed() const {
    if (parameters.size() != 1 || !parameters[0].name.empty()) return nullptr;
    const std::string_view type = parameters[0].type->name;
    const bool whole =
        type == "bytea" || type == "json" || type == "jsonb" || type == "text" || type == "xml";
    return whole ? parameters.data() : nullptr;
  }
  [[nodiscard]] const Parameter* parameter(std::string_view wanted) const {
    for (const Parameter& each : parameters)
      if (each.name == wanted) return &each;
    return nullptr;
  }
};

}  // namespace flash::catalog
