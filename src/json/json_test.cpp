#include <gtest/gtest.h>

#include <limits>

#include "json/read.h"
#include "json/value.h"
#include "json/write.h"

namespace flash::json {
namespace {

TEST(Json, text_over_a_limit_or_malformed_is_refused) {
  EXPECT_TRUE(parse(R"({"a":[1,2.5,"x",null,true]})"));
  EXPECT_EQ(parse("[1,2]", {.bytes_max = 4}).error().code, "json_too_large");
  EXPECT_TRUE(parse("[1,2]", {.bytes_max = 5}));
  EXPECT_TRUE(parse("[[1]]", {.depth_max = 2}));
  for (const char* bad : {"", "{", "[1,]", "{} x", "nul", "\"\xff\"", "01", "{'a':1}"})
    EXPECT_EQ(parse(bad).error().code, "json_malformed") << bad;
  EXPECT_FALSE(parse("[[[1]]]", {.depth_max = 2}));
  EXPECT_EQ(parse_object("[1]").error().code, "json_not_object");
}

TEST(Json, readers_keep_absent_null_and_value_apart_and_name_the_key) {
  const Object object =
      *parse_object(R"({"s":"x","n":3,"w":3.0,"f":1.5,"b":true,"z":null,"list":["a",1,"b"]})");
  EXPECT_EQ(read_string(object, "s"), "x");
  EXPECT_EQ(read_int(object, "n"), 3);
  EXPECT_EQ(read_int(object, "w"), 3);
  EXPECT_FALSE(read_int(object, "f"));
  EXPECT_EQ(*read_optional_int(object, "z"), std::nullopt);
  EXPECT_EQ(*read_optional_string(object, "missing"), std::nullopt);
  const auto wrong = read_string(object, "n");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("\"n\""), std::string::npos);
  EXPECT_FALSE(read_string(object, "z"));
  EXPECT_EQ(strings_or_empty(object, "list"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(int_or(object, "s", 9), 9);
}

TEST(Json, the_writer_quotes_and_separates) {
  Writer w;
  w.object()
      .field("a", 1)
      .field("b", "x\"\n\x01")
      .key("c")
      .array()
      .value(true)
      .null()
      .value(2.5)
      .end_array();
  w.field("d", std::optional<int>{})
      .raw_field("e", "{}")
      .field("nan", std::numeric_limits<double>::quiet_NaN());
  w.end_object();
  EXPECT_EQ(w.text(),
            R"({"a":1,"b":"x\"\n\u0001","c":[true,null,2.5],"d":null,"e":{},"nan":null})");
  EXPECT_TRUE(parse(w.text()));
}

}  // namespace
}  // namespace flash::json
