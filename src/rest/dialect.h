// How this server speaks the dialect: what its settings say of it. Cheap to make for a request.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace flash::rest {

struct Dialect {
  std::span<const std::string> schemas;  // exposed, the usual one first; must outlive the request
  std::uint64_t rows_max = 1000;         // in one answer, and of one embedded table
  std::uint64_t count_rows_max = 0;      // that one count walks over; 0: no limit
  bool planner_counts = false;           // estimates are the planner's, whatever they tell
  bool aggregates = false;               // sum() and the like in select=
  bool plans = false;                    // application/vnd.pgrst.plan
  bool legacy_target_names = true;       // an aliased embed still answers to its table's name
  bool chooses_end = false;              // Prefer: tx= is obeyed
  bool pre_request = false;              // a function runs before every request
  bool openapi = true;                   // the root tells what there is
  std::string_view root_function;        // answers at the root instead; empty: none
};

}  // namespace flash::rest
