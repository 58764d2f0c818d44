// A statement: text that we wrote, and the values bound to it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flash::sql {

// A piece of SQL written by us. Only a compile-time literal converts, so request text never can.
class Literal {
 public:
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT: implicit on purpose
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A bound value in PostgreSQL's text format; nullopt is SQL null.
using Param = std::optional<std::string>;

struct Statement {
  std::string text;  // with $1..$n
  std::vector<Param> params;
};

// A statement whose text is one literal: statement("select $1::int", {"3"}).
inline Statement statement(Literal text, std::vector<Param> params = {}) {
  return Statement{std::string(text.text()), std::move(params)};
}

// One buffer of text with numbered gaps in it: appending costs what the bytes cost.
}  // namespace flash::sql
