#include "sql/lexer.h"

#include <gtest/gtest.h>

#include <string>

namespace flash::sql {
namespace {

struct Case {
  const char* text;
  std::vector<std::string> expected;  // kind's letter, then the token
};

char letter(TokenKind kind) { return "wqsnpxcb"[static_cast<int>(kind)]; }

TEST(Lexer, PartsTextAsPostgresDoes) {
  const std::vector<Case> cases{
      {"", {}},
      {"select 1", {"wselect", "n1"}},
      {"\"a\"\"b\".c", {"q\"a\"\"b\"", "x.", "wc"}},
      {"'it''s'", {"s'it''s'"}},
      {"'back\\' x", {"s'back\\'", "wx"}},
      {"E'back\\' x'", {"sE'back\\' x'"}},
      {"$1::int", {"p$1", "x:", "x:", "wint"}},
      {"$$ ' $$ $tag$ $$ $tag$", {"s$$ ' $$", "s$tag$ $$ $tag$"}},
      {"a -- b\nc", {"wa", "c-- b", "wc"}},
      {"a /* b /* c */ d */ e", {"wa", "c/* b /* c */ d */", "we"}},
      {"'open", {"b'open"}},
      {"\"open", {"b\"open"}},
      {"/* open", {"b/* open"}},
      {"$", {"x$"}},
      {"tëxt", {"wtëxt"}},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.text);
    std::vector<std::string> actual;
    for (const Token& token : tokens(each.text))
      actual.push_back(letter(token.kind) + std::string(token.text));
    EXPECT_EQ(actual, each.expected);
  }
}

}  // namespace
}  // namespace flash::sql
