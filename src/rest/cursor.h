// A reading position in one query parameter, and the pieces that all its grammars share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "plan/ask.h"

namespace flash::rest {

class Cursor {
 public:
  // `what` names the grammar in faults: "select parameter".
  Cursor(std::string_view text, std::string_view what) : text_(text), what_(what) {}

  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool sees(std::string_view token) const { return rest().starts_with(token); }
  void skip(std::size_t count) { at_ += count; }
  bool take(std::string_view token);
  void skip_spaces();

  // "quoted \" name", or letters, digits, _, $ and spaces, joined by single dashes.
  Result<std::string> name();
  // (->key | ->>key | ->3)*
  Result<std::vector<plan::JsonStep>> json_path();
  Result<plan::AskedField> field();
  // Between double quotes, a backslash taking the next character as it is.
  Result<std::string> quoted();

  [[nodiscard]] std::unexpected<Error> fault(std::string_view expecting) const;

 private:
  std::string_view text_, what_;
  std::size_t at_ = 0;
};

}  // namespace flash::rest
