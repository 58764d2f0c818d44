// What one database role may see of one table, and the statement that asks its policies about
// images of rows.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "realtime/values.h"
#include "sql/fragment.h"
#include "wal/transaction.h"

namespace flash::realtime {

struct ColumnAccess {
  std::string name;
  std::string type_name;  // pg_type.typname, as clients expect it in `columns`
  ValueType type;
  bool key = false;       // part of the primary key
  bool readable = false;  // the role may SELECT it
};

struct TableAccess {
  std::uint32_t table = 0;  // pg_class.oid
  bool published = false;
  bool guarded = false;   // row level security is on
  bool sees_all = false;  // no policy applies: BYPASSRLS, the owner, or an unguarded table
  bool whole_row =
      false;             // a policy takes the row as a whole: it cannot be asked, so nothing passes
  std::string decision;  // text made by the database from its own catalog; empty: no policy lets a
                         // row through
  std::vector<std::string> needed;  // the columns that the policies read, in the statement's order
  std::vector<ColumnAccess> columns;

  [[nodiscard]] const ColumnAccess* find(std::string_view column) const;
  [[nodiscard]] bool any_readable() const;
  [[nodiscard]] bool has_key() const;
};

// The document that queries/realtime/table_access.sql makes. Error: internal "table_access".
Result<TableAccess> read_access(std::string_view json);

// The values of the policies' columns in a row, in one order for all rows of a batch.
using Image = std::vector<std::optional<std::string_view>>;
// nullopt: the log does not tell one of them, so the row cannot be decided.
std::optional<Image> image_of(const TableAccess& access, const wal::Relation& relation,
                              const wal::Tuple& row);
// Equal exactly for equal images.
std::string image_key(const Image& image);
// Gives the indices of those images that the caller may see.
sql::Statement decision_statement(const TableAccess& access, std::span<const Image> images);

}  // namespace flash::realtime
