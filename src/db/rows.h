// The rows that a statement gave, as views into libpq's result; nothing is copied.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

struct pg_result;

namespace flash::db {

class Rows {
 public:
  Rows() = default;
  explicit Rows(pg_result* result);  // takes ownership

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t columns() const;
  [[nodiscard]] std::string_view column_name(std::size_t column) const;
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  // PostgreSQL's text form; nullopt is SQL null.
  [[nodiscard]] std::optional<std::string_view> at(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const;  // null is ""
  [[nodiscard]] std::size_t affected() const;  // rows that an insert, update or delete touched
  // Keeps the bytes behind the views alive: http::Body(rows.keeper(), rows.text(0, 0)).
  [[nodiscard]] std::shared_ptr<const void> keeper() const { return result_; }

 private:
  std::shared_ptr<pg_result> result_;
};

}  // namespace flash::db
