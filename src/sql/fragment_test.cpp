#include "sql/fragment.h"

#include <gtest/gtest.h>

namespace flash::sql {
namespace {

TEST(Fragment, NumbersParametersInTheOrderOfTheText) {
  Fragment inner("b = ");
  inner << Fragment::param("two") << " or c = " << Fragment::param(std::nullopt);
  Fragment out("select a = ");
  out << Fragment::param("one") << " and (" << inner << ")";
  const Statement statement = std::move(out).finish();
  EXPECT_EQ(statement.text, "select a = $1 and (b = $2 or c = $3)");
  ASSERT_EQ(statement.params.size(), 3U);
  EXPECT_EQ(statement.params[0], "one");
  EXPECT_EQ(statement.params[1], "two");
  EXPECT_EQ(statement.params[2], std::nullopt);
}

TEST(Fragment, QuotesEveryName) {
  EXPECT_EQ((Fragment::ident("a\"b") + Literal(" ") + Fragment::ident("s", "t")).finish().text,
            R"("a""b" "s"."t")");
  EXPECT_EQ(Fragment::ident(std::string_view("a\0b", 3)).finish().text, R"("ab")");
}

TEST(Fragment, AppendsWhatIsBesideAParameter) {
  Fragment left = Fragment::param("x");
  left << Fragment::param("y") << "z";
  EXPECT_EQ(std::move(left).finish().text, "$1$2z");
  EXPECT_TRUE(Fragment().empty());
  EXPECT_FALSE(Fragment::param("x").empty());
  EXPECT_EQ(Fragment::number(20).finish().text, "20");
}

TEST(Fragment, Joins) {
  EXPECT_EQ(join({}, ", ").finish().text, "");
  EXPECT_EQ(join({Fragment("a"), Fragment::param("b"), Fragment("c")}, ", ").finish().text,
            "a, $1, c");
}

}  // namespace
}  // namespace flash::sql
