#include "db/rows.h"

#include <libpq-fe.h>

#include "base/text.h"

namespace flash::db {

Rows::Rows(pg_result* result) : result_(result, [](pg_result* r) { PQclear(r); }) {}

std::size_t Rows::size() const {
  return result_ ? static_cast<std::size_t>(PQntuples(result_.get())) : 0;
}

std::size_t Rows::columns() const {
  return result_ ? static_cast<std::size_t>(PQnfields(result_.get())) : 0;
}

std::string_view Rows::column_name(std::size_t column) const {
  const char* name = result_ ? PQfname(result_.get(), static_cast<int>(column)) : nullptr;
  return name != nullptr ? std::string_view(name) : std::string_view{};
}

std::optional<std::size_t> Rows::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns(); ++i)
    if (column_name(i) == name) return i;
  return std::nullopt;
}

std::optional<std::string_view> Rows::at(std::size_t row, std::size_t column) const {
  if (row >= size() || column >= columns()) return std::nullopt;
  const int r = static_cast<int>(row);
  const int c = static_cast<int>(column);
  if (PQgetisnull(result_.get(), r, c) != 0) return std::nullopt;
  return std::string_view(PQgetvalue(result_.get(), r, c),
                          static_cast<std::size_t>(PQgetlength(result_.get(), r, c)));
}

std::string_view Rows::text(std::size_t row, std::size_t column) const {
  return at(row, column).value_or(std::string_view{});
}

std::size_t Rows::affected() const {
  if (!result_) return 0;
  return text::parse_int<std::size_t>(PQcmdTuples(result_.get())).value_or(0);
}

}  // namespace flash::db
