// From a plan to SQL: text of which only names and a page's limit vary, every value a parameter.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "plan/plan.h"
#include "sql/fragment.h"

namespace flash::render {

// The columns of the one row that `main` gives.
enum Column : std::size_t {
  total,     // rows without limit and offset, where a count was asked for; else null
  page,      // rows in this answer, or rows written
  body,      // JSON text; null for Form::object without a row, and for Form::nothing
  headers,   // what SQL set as response.headers; null: nothing
  status,    // what SQL set as response.status; null: nothing
  inserted,  // of an upsert: the rows that were not there before; null otherwise
  location,  // JSON array: the primary key of the first row written, as texts; null: not wanted
  column_count
};

struct Statements {
  // With plan::Plan::explain its rows are the lines of EXPLAIN, of one column, instead.
  sql::Statement main;
  // Count::planned and estimated: its one value is EXPLAIN's JSON. Runs before or after main.
  std::optional<sql::Statement> explain;
};

Statements render(const plan::Plan& plan);
// The rows of a read as they are, a column an output: for who takes them one by one.
sql::Fragment rows(const plan::Read& read);

// A write of more rows than plan::Write::rows_max fails, so that it is undone in the same round
// trip: SQL has no way to raise but a cast that cannot work. The Error is 22P02 and its message
// holds "flash.rows:" and the number of rows.
inline constexpr std::string_view rows_exceeded = "flash.rows:";
// That number; nullopt: another error.
std::optional<std::size_t> exceeding_rows(std::string_view code, std::string_view message);

}  // namespace flash::render
