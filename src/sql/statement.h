// A statement: text that we wrote, and the values bound to it.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
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

// A whole statement's text. Copies share it: a plan that is kept is sent without copying its SQL.
class Text {
 public:
  Text() = default;
  Text(Literal literal) : view_(literal.text()) {}  // NOLINT: implicit on purpose
  explicit Text(std::string made)
      : owner_(std::make_shared<const std::string>(std::move(made))), view_(*owner_) {}

  operator std::string_view() const { return view_; }  // NOLINT: implicit on purpose
  [[nodiscard]] std::string_view view() const { return view_; }
  [[nodiscard]] const char* c_str() const { return view_.data(); }
  friend bool operator==(const Text& a, const Text& b) { return a.view_ == b.view_; }
  friend bool operator==(const Text& a, std::string_view b) { return a.view_ == b; }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) { return out << text.view_; }

 private:
  std::shared_ptr<const std::string> owner_;  // null: the program itself
  std::string_view view_ = "";                // ends with a NUL
};

struct Statement {
  Text text;  // with $1..$n
  std::vector<Param> params;
};

// A statement whose text is one literal: statement("select $1::int", {"3"}).
inline Statement statement(Literal text, std::vector<Param> params = {}) {
  return Statement{text, std::move(params)};
}

// One buffer of text with numbered gaps in it: appending costs what the bytes cost.
}  // namespace flash::sql
