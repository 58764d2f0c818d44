#include "score/schema.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/text.h"
#include "json/read.h"

namespace flash::score {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

std::unexpected<Error> refuse(std::string message) {
  return fail(Kind::unprocessable, "model_schema", std::move(message));
}

bool is_short(const std::string& text) {
  return text.size() <= text_bytes_max && text::is_clean_utf8(text);
}

Result<void> check(const Field& field) {
  if (field.name.empty() || !is_short(field.name) || !is_short(field.label))
    return refuse("a field needs a name of at most 200 bytes");
  if (field.monotone < -1 || field.monotone > 1) return refuse("monotone is -1, 0 or 1");
  if (field.levels.size() > levels_max)
    return refuse(text::cat(field.name, " has more than 64 levels"));
  if (field.type == FieldType::number && !field.levels.empty())
    return refuse(text::cat(field.name, " is a number and has levels"));
  if (std::ranges::adjacent_find(field.levels, std::ranges::greater_equal{}) != field.levels.end())
    return refuse(text::cat("the levels of ", field.name, " are not in order"));
  if (!std::ranges::all_of(field.levels, is_short))
    return refuse(text::cat("a level of ", field.name, " is too long"));
  if (field.usual.size() > levels_max ||
      !std::ranges::all_of(field.usual, [](float value) { return std::isfinite(value); }))
    return refuse(text::cat("the usual values of ", field.name, " are not finite, or too many"));
  return {};
}

Result<Field> read_field(const json::Object& object) {
  Field field;
  TRY(field.name, json::read_string(object, "name"));
  TRY(field.label, json::read_string(object, "label"));
  TRY(const auto type, json::read_string(object, "type"));
  if (type != "number" && type != "category")
    return fail(Kind::invalid, "model_schema", "a field is a number or a category");
  field.type = type == "number" ? FieldType::number : FieldType::category;
  TRY(field.missing_flag, json::read_bool(object, "missing_flag"));
  TRY(field.actionable, json::read_bool(object, "actionable"));
  TRY(const auto monotone, json::read_int(object, "monotone"));
  field.monotone = static_cast<int>(std::clamp<std::int64_t>(monotone, -2, 2));
  field.levels = json::strings_or_empty(object, "levels");
  for (const auto& value : json::array_or_empty(object, "usual")) {
    if (!value.is_number()) return fail(Kind::invalid, "model_schema", "usual holds numbers");
    field.usual.push_back(value.to_number<float>());
  }
  return field;
}

}  // namespace

Result<Schema> Schema::of(std::vector<Field> fields) {
  if (fields.size() > fields_max) return refuse("more than 128 fields");
  Schema out;
  std::set<std::string_view> names;
  for (auto& field : fields) {
    TRY_DONE(check(field));
    if (!names.insert(field.name).second)
      return refuse(text::cat("the field ", field.name, " comes twice"));
    field.first = out.columns;
    out.columns += field.width();
  }
  if (out.columns > columns_max) return refuse("more than 512 columns");
  out.fields = std::move(fields);
  return out;
}

const Field* Schema::find(std::string_view name) const {
  const auto at = std::ranges::find(fields, name, &Field::name);
  return at == fields.end() ? nullptr : &*at;
}

void put_number(const Field& field, double value, std::span<float> columns) {
  const auto narrow = static_cast<float>(value);
  const bool known = std::isfinite(narrow);
  columns[field.first] = known ? narrow : unknown;
  if (field.missing_flag) columns[field.first + 1] = known ? 0.0F : 1.0F;
}

void put_level(const Field& field, std::string_view level, std::span<float> columns) {
  const auto begin = columns.begin() + static_cast<std::ptrdiff_t>(field.first);
  std::fill_n(begin, field.width(), 0.0F);
  const auto at = std::ranges::lower_bound(field.levels, level);
  if (at != field.levels.end() && *at == level) begin[at - field.levels.begin()] = 1.0F;
  if (field.missing_flag && level.empty()) columns[field.first + field.levels.size()] = 1.0F;
}

void encode(const Schema& schema, const json::Object& features, std::span<float> columns) {
  for (const Field& field : schema.fields) {
    const json::Value* value = json::find(features, field.name);
    if (field.type == FieldType::number) {
      double number = std::numeric_limits<double>::quiet_NaN();
      if (value != nullptr && value->is_number()) number = value->to_number<double>();
      if (value != nullptr && value->is_bool()) number = value->get_bool() ? 1 : 0;
      put_number(field, number, columns);
    } else if (value != nullptr && value->is_string()) {
      put_level(field, std::string_view(value->get_string()), columns);
    } else if (value != nullptr && value->is_primitive()) {
      put_level(field, json::serialize(*value), columns);
    } else {
      put_level(field, {}, columns);
    }
  }
}

void write_schema(json::Writer& out, const Schema& schema) {
  out.array();
  for (const Field& field : schema.fields) {
    out.object().field("name", field.name).field("label", field.label);
    out.field("type", field.type == FieldType::number ? "number" : "category");
    out.field("missing_flag", field.missing_flag).field("actionable", field.actionable);
    out.field("monotone", field.monotone).key("levels").array();
    for (const auto& level : field.levels) out.value(level);
    out.end_array().key("usual").array();
    for (const float value : field.usual) out.value(static_cast<double>(value));
    out.end_array().end_object();
  }
  out.end_array();
}

Result<Schema> read_schema(const json::Array& fields) {
  if (fields.size() > fields_max) return refuse("more than 128 fields");
  std::vector<Field> out;
  for (const auto& item : fields) {
    if (!item.is_object()) return fail(Kind::invalid, "model_schema", "a field is an object");
    TRY(out.emplace_back(), read_field(item.get_object()));
  }
  return Schema::of(std::move(out));
}

}  // namespace flash::score
