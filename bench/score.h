// What the two parts of bench_score share: the data sets, the clock of the processor, the lines.
#pragma once
#include <fmt/format.h>
#include <time.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "learn/stack.h"
#include "learn/test_sets.h"

namespace flash::learn::bench {

inline double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline void tell(std::string_view name, double ours, double against, std::string_view against_is,
                 std::string_view more = "") {
  fmt::print(R"({{"bench": "{}", "ours": {:.4f}, "against": {:.4f}, "against_is": "{}"{}}})"
             "\n",
             name, ours, against, against_is, more);
  std::fflush(stdout);
}

template <class T>
T must(Result<T> result) {
  if (!result) fmt::print(stderr, "{}: {}\n", result.error().code, result.error().message);
  CHECK(result.has_value());
  return *std::move(result);
}

struct Set {
  Table table;
  score::Schema schema;
  Matrix matrix;
  Wins won;

  explicit Set(Table given, const Registry& registry = {})
      : table(std::move(given)),
        schema(must(schema_of(table, all_rows(table), registry))),
        matrix(encode(schema, table)),
        won(wins_of(table)) {}
};

inline const Set& bank() {
  static const Set set(sets::bank());
  return set;
}
inline const Set& shoppers() {
  static const Set set(sets::shoppers(), sets::shoppers_registry());
  return set;
}

// score_quality.cpp
void quality();
void drift();
void cold_start();
void no_signal();
void intervals();
void conformal();

}  // namespace flash::learn::bench
