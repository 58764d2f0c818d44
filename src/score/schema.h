// What a learned model sees of a lead: fields with their types and levels, and their places among
// the columns of numbers that the model reads.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/value.h"
#include "json/write.h"

namespace flash::score {

inline constexpr std::size_t columns_max = 512;
inline constexpr std::size_t fields_max = 128;
inline constexpr std::size_t levels_max = 64;       // of one category; rarer ones are "another one"
inline constexpr std::size_t text_bytes_max = 200;  // of names, labels and levels

enum class FieldType : std::uint8_t { number, category };

// A number is one column, NaN where it is unknown; a category is a column of 0 and 1 for each
// level, all 0 for a level that training has not seen. `missing_flag` adds a column that is 1 where
// the value is unknown.
struct Field {
  std::string name;   // the key in a lead's features
  std::string label;  // for people
  FieldType type = FieldType::number;
  bool missing_flag = false;
  bool actionable = false;          // somebody can change it, so it may be recommended
  int monotone = 0;                 // 1: more is never worse; -1: never better; 0: as the data say
  std::vector<std::string> levels;  // of a category, at most levels_max
  std::vector<float>
      usual;              // of a number: values seen in training, ascending; what-if keeps to them
  std::size_t first = 0;  // its first column

  [[nodiscard]] std::size_t width() const {
    return (type == FieldType::number ? 1 : levels.size()) + (missing_flag ? 1 : 0);
  }
};

struct Schema {
  std::vector<Field> fields;
  std::size_t columns = 0;

  // Gives every field its columns. Errors: unprocessable "model_schema" beyond the bounds above,
  // or for a name that comes twice.
  static Result<Schema> of(std::vector<Field> fields);
  [[nodiscard]] const Field* find(std::string_view name) const;
};

// Fills the columns of one field. NaN and infinities are unknown; so is an empty text.
void put_number(const Field& field, double value, std::span<float> columns);
void put_level(const Field& field, std::string_view level, std::span<float> columns);

// The columns of a lead from its features as JSON, `columns` of schema.columns floats. A key that
// is absent, null or of a type the field does not have is unknown: a lead is never refused for a
// fact. Numbers and booleans in the place of a category count as their text; a boolean in the place
// of a number as 0 or 1.
void encode(const Schema& schema, const json::Object& features, std::span<float> columns);

void write_schema(json::Writer& out, const Schema& schema);
// Errors: invalid "model_schema".
Result<Schema> read_schema(const json::Array& fields);

}  // namespace flash::score
