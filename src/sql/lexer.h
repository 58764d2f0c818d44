// Tokens of SQL text, as PostgreSQL's scanner parts them. Tests use it to prove that a value never
// became text.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace flash::sql {

enum class TokenKind : std::uint8_t {
  word,
  quoted_name,
  string,
  number,
  parameter,
  symbol,
  comment,
  broken
};

struct Token {
  TokenKind kind;
  std::string_view text;
};

// Everything but white space, in order (PostgreSQL manual, section 4.1). An unclosed quote or
// comment is one `broken` token up to the end.
std::vector<Token> tokens(std::string_view text);

}  // namespace flash::sql
