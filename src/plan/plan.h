// A plan: one read, write or call, and the form in which its result is wanted.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "plan/call.h"
#include "plan/read.h"
#include "plan/write.h"

namespace flash::plan {

enum class Count : std::uint8_t {
  none,
  exact,
  planned,    // the planner's estimate
  estimated,  // exact while it is small, else the planner's
};

enum class Form : std::uint8_t {
  rows,     // a JSON array
  object,   // the one row, bare
  csv,      // a line with the names, then a line a row (RFC 4180)
  text,     // the one value of a scalar function, as it is
  bytes,    // the same of a bytea: its bytes in hexadecimal
  nothing,  // only how many
};

// The execution plan of the statement instead of its result, with EXPLAIN's options.
struct Explain {
  bool json = false;  // else text
  bool analyze = false, verbose = false, settings = false, buffers = false, wal = false;
};

struct Plan {
  std::variant<Read, Write, Call> what;
  Form form = Form::rows;
  bool strip_nulls = false;  // Form::rows and object: keys without a value are left out
  std::optional<Explain> explain;
  Count count = Count::none;
  std::uint64_t estimate_above = 0;  // Count::estimated: exact up to here
  // SQL of the database's owner runs in it, which may set response.headers and response.status.
  bool may_set_response = true;
  // Rows that a count walks over at most: more are an error of Count::exact. 0: no limit.
  std::uint64_t count_max = 0;
  // Count::planned and estimated count the rows that the caller sees, up to count_max, as the
  // planner would tell of those he does not: it knows the statistics of all rows.
  bool count_seen = false;
};

// Whether the planner's guess about a read may tell of rows that row security, or a view, hides.
bool hides_rows(const Read& read);

std::string dump(const Plan& plan);  // as indented text, for goldens and for people

}  // namespace flash::plan
