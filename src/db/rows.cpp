#include "db/rows.h"

#include <libpq-fe.h>

#include "base/text.h"
#include "db/protocol.h"

namespace flash::db {
namespace {

// "INSERT 0 5", "UPDATE 3", "SELECT 1", "SET": the number at the end.
std::size_t affected_of(std::string_view tag) {
  if (tag.ends_with('\0')) tag.remove_suffix(1);
  const auto space = tag.rfind(' ');
  if (space == std::string_view::npos) return 0;
  return text::parse_int<std::size_t>(tag.substr(space + 1)).value_or(0);
}

}  // namespace

void FreeResult::operator()(pg_result* result) const { PQclear(result); }

Rows::Rows(const pg_result* result) {
  auto names = std::make_shared<Names>();
  auto table = std::make_shared<Table>();
  const int columns = PQnfields(result);
  for (int c = 0; c < columns; ++c) names->emplace_back(PQfname(result, c));
  table->rows = static_cast<std::size_t>(PQntuples(result));
  table->cells.reserve(table->rows * names->size());
  for (int r = 0; r < PQntuples(result); ++r) {
    for (int c = 0; c < columns; ++c) {
      const int size = PQgetisnull(result, r, c) != 0 ? -1 : PQgetlength(result, r, c);
      table->cells.push_back({table->bytes.size(), size});
      if (size > 0) table->bytes.append(PQgetvalue(result, r, c), static_cast<std::size_t>(size));
    }
  }
  // libpq declares the tag of a result that it only reads as changeable.
  table->affected = affected_of(PQcmdStatus(const_cast<pg_result*>(result)));  // NOLINT
  names_ = std::move(names);
  table_ = std::move(table);
}

std::string_view Rows::column_name(std::size_t column) const {
  return column < columns() ? std::string_view((*names_)[column]) : std::string_view{};
}

std::optional<std::size_t> Rows::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns(); ++i)
    if ((*names_)[i] == name) return i;
  return std::nullopt;
}

std::optional<std::string_view> Rows::at(std::size_t row, std::size_t column) const {
  if (row >= size() || column >= columns()) return std::nullopt;
  const Cell& cell = table_->cells[row * columns() + column];
  if (cell.size < 0) return std::nullopt;
  return std::string_view(table_->bytes.data() + cell.begin, static_cast<std::size_t>(cell.size));
}

std::string_view Rows::text(std::size_t row, std::size_t column) const {
  return at(row, column).value_or(std::string_view{});
}

// The body is kept as it came, lengths between the values included: one copy a row.
bool RowsReader::add(std::string_view body) {
  const std::size_t columns = names_ ? names_->size() : 0;
  protocol::Fields fields(body);
  if (fields.u16() != columns) return false;
  const std::size_t start = table_->bytes.size();
  table_->bytes += body;
  if (table_->rows == 0) table_->cells.reserve(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    const std::int32_t size = fields.i32();
    if (fields.is_short() || size < -1) return false;
    const auto begin = start + static_cast<std::size_t>(fields.at() - body.data());
    if (size > 0) fields.bytes(static_cast<std::size_t>(size));
    table_->cells.push_back({begin, size});
  }
  ++table_->rows;
  return !fields.is_short();
}

Rows RowsReader::finish(std::string_view tag) {
  table_->affected = affected_of(tag);
  Rows out;
  out.names_ = std::move(names_);
  out.table_ = std::move(table_);
  return out;
}

std::shared_ptr<const Names> names_of(std::string_view body) {
  protocol::Fields fields(body);
  auto names = std::make_shared<Names>();
  const std::size_t count = fields.u16();
  for (std::size_t i = 0; i < count && !fields.is_short(); ++i) {
    names->emplace_back(fields.text());
    // Table, column, type, its size and modifier, format.
    fields.bytes(4 + 2 + 4 + 2 + 4 + 2);
  }
  return fields.is_short() ? nullptr : names;
}

}  // namespace flash::db
