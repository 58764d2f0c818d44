#include <algorithm>

#include "plan/build.h"
#include "plan/errors.h"
#include "plan/limits.h"

namespace flash::plan {

Result<std::vector<const catalog::Column*>> build_columns(const catalog::Table& table,
                                                          const std::vector<std::string>& names) {
  if (names.size() > write_columns_max)
    return fail(errors::too_large("columns", write_columns_max));
  std::vector<const catalog::Column*> out;
  out.reserve(names.size());
  for (const std::string& name : names) {
    const catalog::Column* column = table.column(name);
    if (column == nullptr) return fail(errors::no_write_column(table, name));
    if (!column->writable) return fail(errors::not_writable(table, name));
    if (std::ranges::find(out, column) == out.end()) out.push_back(column);
  }
  return out;
}

}  // namespace flash::plan
