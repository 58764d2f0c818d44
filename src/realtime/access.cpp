#include "realtime/access.h"

#include <algorithm>

#include "base/check.h"
#include "json/read.h"

namespace flash::realtime {
namespace {

ColumnAccess read_column(const json::Object& object) {
  const auto oid = static_cast<std::uint32_t>(json::int_or(object, "oid"));
  const auto element = static_cast<std::uint32_t>(json::int_or(object, "element"));
  return ColumnAccess{std::string(json::text_or(object, "name")),
                      std::string(json::text_or(object, "type")), value_type(oid, element),
                      json::bool_or(object, "key"), json::bool_or(object, "readable")};
}

// One element of a text array, null being the bare word. A NUL cannot occur in PostgreSQL's text.
void append_element(std::string& out, std::optional<std::string_view> value) {
  if (out.size() > 1) out += ',';
  if (!value) {
    out += "NULL";
    return;
  }
  out += '"';
  for (char c : *value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace

const ColumnAccess* TableAccess::find(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &ColumnAccess::name);
  return found == columns.end() ? nullptr : &*found;
}

bool TableAccess::any_readable() const {
  return std::ranges::any_of(columns, &ColumnAccess::readable);
}

bool TableAccess::has_key() const { return std::ranges::any_of(columns, &ColumnAccess::key); }

Result<TableAccess> read_access(std::string_view text) {
  auto parsed = json::parse_object(text, {.bytes_max = std::size_t{8} << 20U, .depth_max = 8});
  if (!parsed) return fail(Kind::internal, "table_access", parsed.error().message);
  const json::Object& object = *parsed;
  TableAccess out;
  out.table = static_cast<std::uint32_t>(json::int_or(object, "table"));
  out.published = json::bool_or(object, "published");
  // What is missing counts as the stricter answer.
  out.guarded = json::bool_or(object, "guarded", true);
  out.sees_all = json::bool_or(object, "sees_all", false);
  out.whole_row = json::bool_or(object, "whole_row", true);
  out.decision = json::text_or(object, "decision");
  out.needed = json::strings_or_empty(object, "needed");
  for (const json::Value& column : json::array_or_empty(object, "columns"))
    if (column.is_object()) out.columns.push_back(read_column(column.get_object()));
  return out;
}

std::optional<Image> image_of(const TableAccess& access, const wal::Relation& relation,
                              const wal::Tuple& row) {
  if (row.size() != relation.columns.size()) return std::nullopt;
  Image out;
  for (const std::string& name : access.needed) {
    const auto column = std::ranges::find(relation.columns, name, &wal::Column::name);
    if (column == relation.columns.end()) return std::nullopt;
    const wal::Cell& cell = row[static_cast<std::size_t>(column - relation.columns.begin())];
    if (cell.kind == wal::CellKind::absent) return std::nullopt;
    out.push_back(cell.kind == wal::CellKind::null ? std::nullopt : std::optional(cell.text));
  }
  return out;
}

std::string image_key(const Image& image) {
  std::string out;
  for (const auto& value : image) {
    out += value ? std::to_string(value->size()) : "-";
    out += ':';
    if (value) out += *value;
  }
  return out;
}

sql::Statement decision_statement(const TableAccess& access, std::span<const Image> images) {
  CHECK(!access.decision.empty());
  sql::Statement out{sql::Text(access.decision), {}};
  std::string ordinals = "{";
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (i > 0) ordinals += ',';
    ordinals += std::to_string(i);
  }
  out.params.emplace_back(ordinals + '}');
  for (std::size_t column = 0; column < access.needed.size(); ++column) {
    std::string values = "{";
    for (const Image& image : images) append_element(values, image[column]);
    out.params.emplace_back(values + '}');
  }
  return out;
}

}  // namespace flash::realtime
