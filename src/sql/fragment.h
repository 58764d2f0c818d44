// SQL text and the values bound to it, kept apart so that no value can become text.
#pragma once
#include <cstddef>
#include <cstdint>
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
class Fragment {
 public:
  Fragment() = default;
  Fragment(Literal literal) : text_(literal.text()) {}  // NOLINT: implicit on purpose
  static Fragment ident(std::string_view name);         // quoted always; a NUL is dropped
  static Fragment ident(std::string_view schema, std::string_view name);
  static Fragment param(Param value);
  // Digits in the text. Only for what the planner must see, and from a small set: a page's limit.
  static Fragment number(std::uint64_t value);
  Fragment& operator<<(Literal literal);
  Fragment& operator<<(const Fragment& other);
  Fragment& operator<<(Fragment&& other);
  [[nodiscard]] bool empty() const { return text_.empty() && gaps_.empty(); }
  [[nodiscard]] Statement finish() &&;  // numbers the parameters $1..$n in order of appearance

 private:
  struct Gap {
    std::size_t at;  // before this byte of text_
    Param value;
  };
  std::string text_;
  std::vector<Gap> gaps_;
};

Fragment operator+(Fragment left, const Fragment& right);
// a, b, c with the separator between.
Fragment join(const std::vector<Fragment>& parts, Literal separator);

}  // namespace flash::sql
