#include "sql/fragment.h"

#include <gtest/gtest.h>

#include "sql/array.h"

namespace flash::sql {
namespace {

TEST(Fragment, values_become_numbered_parameters_in_order) {
  Fragment where = Fragment::ident("name") + Fragment(" = ") + Fragment::param("x");
  Fragment all("select * from ");
  all << Fragment::ident("public", "leads") << " where " << where
      << " and a = " << Fragment::param(std::nullopt);
  const Statement statement = std::move(all).finish();
  EXPECT_EQ(statement.text, R"(select * from "public"."leads" where "name" = $1 and a = $2)");
  EXPECT_EQ(statement.params, (std::vector<Param>{"x", std::nullopt}));
}

TEST(Fragment, a_hostile_identifier_stays_one_identifier) {
  const Statement statement =
      Fragment::ident(std::string_view("a\"; drop table x; --\0b", 23)).finish();
  EXPECT_EQ(statement.text, R"("a""; drop table x; --b")");
}

TEST(Array, literals_round_trip_whatever_is_in_them) {
  const std::vector<std::string> items{"", "a,b", "\"q\"", "back\\slash", "NULL", "{}", "Curaçao"};
  const auto parsed = parse_array(array_literal(items));
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->size(), items.size());
  for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ((*parsed)[i], items[i]);
  EXPECT_EQ(array_literal({}), "{}");
  EXPECT_EQ((*parse_array("{a,NULL}"))[1], std::nullopt);
  for (const char* bad : {"", "{", "a", "{a", "{a,}", "{{a}}", "{\"a}", "{a}b"})
    EXPECT_FALSE(parse_array(bad)) << bad;
}

}  // namespace
}  // namespace flash::sql
