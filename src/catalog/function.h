// A function that callers may run: its parameters, what it gives back, whether it may write.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/table.h"

namespace flash::catalog {

struct Parameter {
  std::string name;  // empty: unnamed
  const Type* type = nullptr;
  bool has_default = false;
  bool variadic = false;
};

enum class Volatility : std::uint8_t { immutable, stable, volatile_ };

struct Function {
  std::string schema, name;
  std::vector<Parameter> parameters;  // the ones a caller gives, in order
  Volatility volatility = Volatility::volatile_;
  bool returns_set = false;
  bool returns_void = false;
  const Type* scalar = nullptr;  // one value a row; null: rows with columns, or void
  // Rows with columns: those of a table, view or composite type, or the function's own TABLE(...).
  const Table* row = nullptr;
  bool row_is_table = false;  // `row` is an exposed table or view, so other tables can be embedded

  [[nodiscard]] const Parameter* parameter(std::string_view wanted) const {
    for (const Parameter& each : parameters)
      if (each.name == wanted) return &each;
    return nullptr;
  }
};

}  // namespace flash::catalog
