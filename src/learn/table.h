// Closed leads to learn from: their facts as columns, as they were when each lead was scored, and
// how each ended.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace flash::learn {

using Rows = std::vector<std::size_t>;

// A value is a number, a word, or unknown (NaN and -1).
struct Column {
  std::string name;
  std::vector<float> numbers;
  std::vector<std::int32_t> words;  // in dictionary
  std::vector<std::string> dictionary;

  [[nodiscard]] bool known(std::size_t row) const {
    return words[row] >= 0 || numbers[row] == numbers[row];
  }
  // The value as the level of a category; empty: unknown.
  [[nodiscard]] std::string level(std::size_t row) const;
};

struct Lead {
  std::array<std::uint8_t, 16> id{};  // all 0: has none
  std::int64_t created_s = 0;         // seconds since 1970
  std::string group;                  // of one company; empty: a company of its own
  bool won = false;
  // Days from creation to the win; NaN: lost. And how old the lead is at the day of the snapshot.
  float won_days = std::numeric_limits<float>::quiet_NaN();
  float age_days = std::numeric_limits<float>::quiet_NaN();
  float rule = std::numeric_limits<float>::quiet_NaN();  // what the rules gave, 0 to 100
};

class Table {
 public:
  // The row that put_*() fills until the next one.
  void add(Lead lead);
  void put(std::string_view column, double number);
  void put(std::string_view column, std::string_view word);  // empty: unknown
  void put(const json::Object& features);                    // nested values are passed over

  [[nodiscard]] std::size_t size() const { return leads_.size(); }
  [[nodiscard]] const std::vector<Lead>& leads() const { return leads_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] const Column* find(std::string_view name) const;
  [[nodiscard]] bool won(std::size_t row) const { return leads_[row].won; }
  // Only these rows, in this order.
  [[nodiscard]] Table pick(std::span<const std::size_t> rows) const;

 private:
  Column& column(std::string_view name);

  std::vector<Lead> leads_;
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::map<std::string, std::map<std::string, std::int32_t, std::less<>>, std::less<>> codes_;
};

// 0 .. size - 1.
Rows all_rows(const Table& table);

}  // namespace flash::learn
