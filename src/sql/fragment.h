// SQL text and the values bound to it, kept apart so that no value can become text.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/statement.h"

namespace flash::sql {

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
Fragment operator+(Fragment left, Literal right);
// a, b, c with the separator between.
Fragment join(const std::vector<Fragment>& parts, Literal separator);

}  // namespace flash::sql
