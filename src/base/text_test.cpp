#include "base/text.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace flash::text {
namespace {

TEST(Text, trims_splits_and_lowers_ascii) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim("   "), "");
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(lower("ÀBC-xyz"), "Àbc-xyz");
  EXPECT_TRUE(equal_ignoring_case("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
}

TEST(Text, an_integer_is_the_whole_text_or_nothing) {
  EXPECT_EQ(parse_int<int>("42"), 42);
  EXPECT_EQ(parse_int<int>("-7"), -7);
  for (const char* bad : {"", " 1", "1 ", "1x", "+1", "0x1", "99999999999"})
    EXPECT_FALSE(parse_int<int>(bad)) << bad;
  EXPECT_FALSE(parse_int<std::uint8_t>("256"));
  EXPECT_FALSE(parse_int<unsigned>("-1"));
}

TEST(Text, utf8_is_clean_or_it_is_not) {
  struct Case {
    std::string name, bytes;
    bool clean;
  };
  const Case cases[] = {
      {"ascii", "abc", true},
      {"two, three, four bytes", "é€😀", true},
      {"the highest code point", "\xF4\x8F\xBF\xBF", true},
      {"NUL", std::string("a\0b", 3), false},
      {"a lone continuation", "\x80", false},
      {"cut short", "\xE2\x82", false},
      {"overlong slash", "\xC0\xAF", false},
      {"overlong three", "\xE0\x80\xAF", false},
      {"overlong four", "\xF0\x80\x80\xAF", false},
      {"surrogate", "\xED\xA0\x80", false},
      {"above U+10FFFF", "\xF4\x90\x80\x80", false},
      {"never a lead byte", "\xFE", false},
  };
  for (const Case& c : cases) EXPECT_EQ(is_clean_utf8(c.bytes), c.clean) << c.name;
}

TEST(Text, lengths_count_code_points_and_clipping_keeps_them_whole) {
  EXPECT_EQ(length_utf8("Curaçao"), 7U);
  EXPECT_EQ(clip_utf8("Curaçao", 5), "Cura");
  EXPECT_EQ(clip_utf8("Curaçao", 6), "Curaç");
  EXPECT_EQ(clip_utf8("abc", 10), "abc");
}

TEST(Text, cat_joins_text_and_characters) { EXPECT_EQ(cat("a", 'b', std::string("c")), "abc"); }

}  // namespace
}  // namespace flash::text
