// The rows that a statement gave: one piece of memory with the values in it, shared by copies.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_result;

namespace flash::db {

struct FreeResult {
  void operator()(pg_result* result) const;
};
using ResultOwner = std::unique_ptr<pg_result, FreeResult>;

using Names = std::vector<std::string>;  // of columns

class Rows {
 public:
  Rows() = default;
  // Copies what libpq made.
  explicit Rows(const pg_result* result);

  [[nodiscard]] std::size_t size() const { return table_ ? table_->rows : 0; }
  [[nodiscard]] std::size_t columns() const { return names_ ? names_->size() : 0; }
  [[nodiscard]] std::string_view column_name(std::size_t column) const;
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  // PostgreSQL's text form; nullopt is SQL null.
  [[nodiscard]] std::optional<std::string_view> at(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const;  // null is ""
  // Rows that an insert, update or delete touched, or a select gave.
  [[nodiscard]] std::size_t affected() const { return table_ ? table_->affected : 0; }
  // Keeps the bytes behind the views alive: http::Body(rows.keeper(), rows.text(0, 0)).
  [[nodiscard]] std::shared_ptr<const void> keeper() const { return table_; }

 private:
  friend class RowsReader;
  struct Cell {
    std::size_t begin;
    std::int32_t size;  // -1: null
  };
  struct Table {
    std::string bytes;
    std::vector<Cell> cells;  // row after row
    std::size_t rows = 0;
    std::size_t affected = 0;
  };
  std::shared_ptr<const Names> names_;
  std::shared_ptr<const Table> table_;
};

// Makes Rows of the messages that one Execute is answered with.
class RowsReader {
 public:
  // `names`: as the statement was described when it was prepared; null: it gives no rows.
  explicit RowsReader(std::shared_ptr<const Names> names) : names_(std::move(names)) {}
  // A DataRow's body; false: it is not one, or not of these columns.
  bool add(std::string_view body);
  // CommandComplete's body ("INSERT 0 5"), and the end.
  Rows finish(std::string_view tag);

 private:
  std::shared_ptr<const Names> names_;
  std::shared_ptr<Rows::Table> table_ = std::make_shared<Rows::Table>();
};

// A RowDescription's body; null: it is not one.
std::shared_ptr<const Names> names_of(std::string_view body);

}  // namespace flash::db
