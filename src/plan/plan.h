// A plan: one read, write or call, and the form in which its result is wanted.
#pragma once
#include <cstdint>
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
  nothing,  // only how many
};

struct Plan {
  std::variant<Read, Write, Call> what;
  Form form = Form::rows;
  Count count = Count::none;
  std::uint64_t estimate_above = 0;  // Count::estimated: exact up to here
};

std::string dump(const Plan& plan);  // as indented text, for goldens and for people

}  // namespace flash::plan
