// From the facts of leads to the numbers a learner reads: which fields there are, and the matrix.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "learn/table.h"
#include "score/schema.h"

namespace flash::learn {

// When a fact is there. What is written after the outcome, or because of it, is `never` learned
// from; what nobody registered counts as known at creation.
enum class Available : std::uint8_t { create, first_contact, never };

// One row of the feature registry (public.feature_registry).
struct Registered {
  std::string name;
  std::string label;
  Available available = Available::create;
  bool category = false;  // a number that is only a code
  bool actionable = false;
  bool is_protected = false;  // of a person; never enters
  bool vouched =
      false;  // a person says that it is known before the outcome, whatever it looks like
  int monotone = 0;
};
using Registry = std::vector<Registered>;

// The fields of these rows: levels that at least 5 of them have, a flag where at least 5 are
// unknown and 5 known; a field with a single value is left out. Errors: those of Schema::of.
Result<score::Schema> schema_of(const Table& table, std::span<const std::size_t> rows,
                                const Registry& registry);

// Row by row, schema.columns floats each.
struct Matrix {
  std::size_t columns = 0;
  std::vector<float> values;

  [[nodiscard]] std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
  [[nodiscard]] std::span<const float> row(std::size_t i) const {
    return std::span(values).subspan(i * columns, columns);
  }
  [[nodiscard]] Matrix pick(std::span<const std::size_t> rows) const;
};

// All rows of the table, as score::encode() would encode each.
Matrix encode(const score::Schema& schema, const Table& table);

}  // namespace flash::learn
