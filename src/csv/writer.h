// Rows as CSV (RFC 4180) that a spreadsheet may open: no cell of it is taken for a formula.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace flash::csv {

// A cell that a spreadsheet would calculate begins with one of = + - @, a tab or a carriage return,
// also behind spaces (OWASP, "CSV Injection"). It gets an apostrophe in front, which unguarded()
// takes off again.
bool is_formula(std::string_view cell);
std::string_view unguarded(std::string_view cell);

// Appends rows to a string: cells separated by commas, quoted where they must be, lines ended by
// CR LF. Null is an empty cell; an empty text too.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void cell(std::optional<std::string_view> value);
  void end_row();

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace flash::csv
