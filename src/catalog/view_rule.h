// Where the columns of a view come from: read from the rule that PostgreSQL keeps of it.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace flash::catalog {

// A column of a table or another view.
struct Origin {
  std::int64_t table = 0;   // pg_class.oid; 0: computed, no column's value
  std::int64_t column = 0;  // pg_attribute.attnum
};

// pg_rewrite.ev_action of a view's rule "_RETURN": the origin of each of its columns, the first at
// index 0. A text that is no such rule gives nothing; at most 1,664 columns (PostgreSQL's limit).
std::vector<Origin> origins_of(std::string_view rule);

}  // namespace flash::catalog
