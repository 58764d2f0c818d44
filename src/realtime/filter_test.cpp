#include "realtime/filter.h"

#include <gtest/gtest.h>

namespace flash::realtime {
namespace {

constexpr ValueType text_type{ValueKind::text, false};
constexpr ValueType number{ValueKind::numeric, false};

struct Case {
  const char* filter;
  ValueType type;
  std::optional<std::string_view> value;
  bool holds;
};

TEST(Filter, HoldsAsInSql) {
  const std::vector<Case> cases{
      {"c=eq.new", text_type, "new", true},
      {"c=eq.new", text_type, "New", false},
      {"c=eq.", text_type, "", true},
      {"c=eq.a.b=c", text_type, "a.b=c", true},
      {"c=neq.new", text_type, "old", true},
      {"c=neq.new", text_type, std::nullopt, false},
      {"c=not.eq.new", text_type, std::nullopt, false},
      {"c=not.eq.new", text_type, "old", true},
      {"c=eq.10", number, "10.00", true},
      {"c=gt.9", number, "10", true},
      {"c=gt.9", text_type, "10", false},
      {"c=lt.-1.5", number, "-1.50001", true},
      {"c=lte.12345678901234567890.1", number, "12345678901234567890.1", true},
      {"c=gte.0", number, "-0", true},
      {"c=gt.1", number, "NaN", false},
      {"c=eq.1e3", {ValueKind::real, false}, "1000", true},
      {"c=in.(a,b)", text_type, "b", true},
      {"c=in.(\"a,b\",c)", text_type, "a,b", true},
      {"c=in.(\"say \\\"hi\\\"\")", text_type, "say \"hi\"", true},
      {"c=in.(1,2.0)", number, "2", true},
      {"c=not.in.(1,2)", number, "3", true},
      {"c=in.(1,2)", number, std::nullopt, false},
      {"c=is.null", text_type, std::nullopt, true},
      {"c=not.is.null", text_type, "x", true},
      {"c=is.true", {ValueKind::boolean, false}, "t", true},
      {"c=is.unknown", {ValueKind::boolean, false}, std::nullopt, true},
      {"c=eq.true", {ValueKind::boolean, false}, "t", true},
      {"c=like.a%c", text_type, "abc", true},
      {"c=like.a_c", text_type,
       "a\xc3\xa9"
       "c",
       true},
      {"c=like.a\\%", text_type, "a%", true},
      {"c=like.a\\%", text_type, "ab", false},
      {"c=like.%a%b%", text_type, "xxaxxbxx", true},
      {"c=like.a", text_type, "ab", false},
      {"c=ilike.A%", text_type, "abc", true},
      {"c=isdistinct.a", text_type, std::nullopt, true},
      {"c=isdistinct.a", text_type, "a", false},
      {"c=gte.2026-01-01", {ValueKind::date, false}, "2026-03-01", true},
      {"c=eq.2026-11-22T12:00:00+02:00",
       {ValueKind::timestamptz, false},
       "2026-11-22 10:00:00+00",
       true},
      {"c=lt.2026-11-22T10:00:00.5Z",
       {ValueKind::timestamptz, false},
       "2026-11-22 10:00:00.25+00",
       true},
      {"c=eq.2026-11-22 10:00:00", {ValueKind::timestamp, false}, "2026-11-22 10:00:00", true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.filter);
    const auto filter = parse_filter(c.filter);
    ASSERT_TRUE(filter.has_value()) << filter.error().message;
    ASSERT_EQ(filter->size(), 1U);
    EXPECT_EQ(holds(filter->front(), c.type, c.value), c.holds);
  }
}

TEST(Filter, SeveralConditions) {
  const auto filter = parse_filter("a=eq.1,b=in.(x,y),c=eq.\"p,q\"");
  ASSERT_TRUE(filter.has_value());
  ASSERT_EQ(filter->size(), 3U);
  EXPECT_EQ((*filter)[1].values, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ((*filter)[2].values.front(), "p,q");
  EXPECT_TRUE(parse_filter("")->empty());
}

TEST(Filter, RefusesWhatItCannotRead) {
  for (const char* bad :
       {"a", "=eq.1", "a=1", "a=eq", "a=match.x", "a=in.1", "a=in.()", "a=eq.1,b"}) {
    const auto filter = parse_filter(bad);
    ASSERT_FALSE(filter.has_value()) << bad;
    EXPECT_TRUE(filter.error().message.starts_with("Error parsing `filter` params"));
  }
}

TEST(Filter, LimitsAtAndOver) {
  const auto list = [](int count) {
    std::string out = "a=in.(";
    for (int i = 0; i < count; ++i) out += std::to_string(i) + ",";
    out.back() = ')';
    return out;
  };
  EXPECT_TRUE(parse_filter(list(100)).has_value());
  EXPECT_FALSE(parse_filter(list(101)).has_value());
  EXPECT_TRUE(parse_filter("a=eq." + std::string(4091, 'x')).has_value());
  EXPECT_FALSE(parse_filter("a=eq." + std::string(4092, 'x')).has_value());
  std::string many = "a=eq.1";
  for (int i = 1; i < 20; ++i) many += ",a=eq.1";
  EXPECT_TRUE(parse_filter(many).has_value());
  EXPECT_FALSE(parse_filter(many + ",a=eq.1").has_value());
}

TEST(Filter, ValuesMustBeOfTheColumnsType) {
  const auto check = [](const char* filter, ValueType type) {
    return check_condition(parse_filter(filter)->front(), type).has_value();
  };
  EXPECT_TRUE(check("a=eq.12.5", number));
  EXPECT_FALSE(check("a=eq.twelve", number));
  EXPECT_FALSE(check("a=in.(1,x)", number));
  EXPECT_FALSE(check("a=eq.maybe", {ValueKind::boolean, false}));
  EXPECT_FALSE(check("a=gt.yesterday", {ValueKind::timestamptz, false}));
  EXPECT_FALSE(check("a=is.true", text_type));
  EXPECT_TRUE(check_condition(parse_filter("a=like." + std::string(256, 'x'))->front(), text_type)
                  .has_value());
  EXPECT_FALSE(check_condition(parse_filter("a=like." + std::string(257, 'x'))->front(), text_type)
                   .has_value());
}

}  // namespace
}  // namespace flash::realtime
