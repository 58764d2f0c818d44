#include "learn/encode.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace flash::learn {
namespace {

constexpr std::size_t rare_below = 5;

const Registered* registered(const Registry& registry, std::string_view name) {
  const auto at = std::ranges::find(registry, name, &Registered::name);
  return at == registry.end() ? nullptr : &*at;
}

bool is_category(const Column& column, const Registered* known) {
  return !column.dictionary.empty() || (known != nullptr && known->category);
}

// The commonest levels, in order.
std::vector<std::string> levels_of(const Column& column, std::span<const std::size_t> rows) {
  std::map<std::string, std::size_t> counts;
  for (const std::size_t row : rows)
    if (auto level = column.level(row); !level.empty() && level.size() <= score::text_bytes_max)
      ++counts[std::move(level)];
  std::vector<std::pair<std::size_t, std::string>> often;
  for (const auto& [level, count] : counts)
    if (count >= rare_below) often.emplace_back(count, level);
  // By count, then by name: the map gave the names in order, and counts fall.
  std::ranges::sort(often, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (often.size() > score::levels_max) often.resize(score::levels_max);
  std::vector<std::string> out;
  for (auto& each : often) out.push_back(std::move(each.second));
  std::ranges::sort(out);
  return out;
}

std::vector<float> usual_of(const Column& column, std::span<const std::size_t> rows) {
  std::vector<float> seen;
  for (const std::size_t row : rows)
    if (!std::isnan(column.numbers[row])) seen.push_back(column.numbers[row]);
  if (seen.empty()) return {};
  std::ranges::sort(seen);
  std::vector<float> out;
  for (const std::size_t percent : {10U, 25U, 50U, 75U, 90U})
    out.push_back(seen[percent * (seen.size() - 1) / 100]);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

bool varies(const Column& column, std::span<const std::size_t> rows) {
  std::optional<float> first;
  for (const std::size_t row : rows) {
    const float value = column.numbers[row];
    if (std::isnan(value)) continue;
    if (first && *first != value) return true;
    first = value;
  }
  return false;
}

std::optional<score::Field> field_of(const Column& column, std::span<const std::size_t> rows,
                                     const Registered* known) {
  if (known != nullptr && (known->available == Available::never || known->is_protected))
    return std::nullopt;
  score::Field out;
  out.name = column.name;
  out.label = known != nullptr && !known->label.empty() ? known->label : column.name;
  out.actionable = known != nullptr && known->actionable;
  out.monotone = known != nullptr ? known->monotone : 0;
  const auto filled = static_cast<std::size_t>(
      std::ranges::count_if(rows, [&](std::size_t row) { return column.known(row); }));
  out.missing_flag = filled >= rare_below && rows.size() - filled >= rare_below;
  if (is_category(column, known)) {
    out.type = score::FieldType::category;
    out.levels = levels_of(column, rows);
    if (out.levels.size() + (out.missing_flag ? 1 : 0) < 2) return std::nullopt;
    return out;
  }
  if (!varies(column, rows) && !out.missing_flag) return std::nullopt;
  out.usual = usual_of(column, rows);
  return out;
}

}  // namespace

Result<score::Schema> schema_of(const Table& table, std::span<const std::size_t> rows,
                                const Registry& registry) {
  std::vector<score::Field> fields;
  std::size_t columns = 0;
  std::vector<const Column*> sorted;
  for (const Column& column : table.columns()) sorted.push_back(&column);
  std::ranges::sort(sorted, {}, &Column::name);
  for (const Column* column : sorted) {
    auto field = field_of(*column, rows, registered(registry, column->name));
    if (!field || field->name.size() > score::text_bytes_max) continue;
    if (fields.size() == score::fields_max || columns + field->width() > score::columns_max)
      return fail(Kind::unprocessable, "too_many_features",
                  "the leads have more than 128 fields or 512 columns; register some as never");
    columns += field->width();
    fields.push_back(*std::move(field));
  }
  return score::Schema::of(std::move(fields));
}

Matrix Matrix::pick(std::span<const std::size_t> rows) const {
  Matrix out{columns, {}};
  out.values.reserve(rows.size() * columns);
  for (const std::size_t i : rows) {
    const auto from = row(i);
    out.values.insert(out.values.end(), from.begin(), from.end());
  }
  return out;
}

Matrix encode(const score::Schema& schema, const Table& table) {
  Matrix out{schema.columns, std::vector<float>(table.size() * schema.columns)};
  for (const score::Field& field : schema.fields) {
    const Column* column = table.find(field.name);
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto into = std::span(out.values).subspan(row * out.columns, out.columns);
      if (field.type == score::FieldType::number) {
        const bool number = column != nullptr && column->words[row] < 0;
        score::put_number(field, number ? static_cast<double>(column->numbers[row]) : NAN, into);
      } else {
        score::put_level(field, column != nullptr ? column->level(row) : std::string{}, into);
      }
    }
  }
  return out;
}

}  // namespace flash::learn
