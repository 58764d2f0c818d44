#include "base/bytes.h"

#include <gtest/gtest.h>

#include <utility>

namespace flash::bytes {
namespace {

TEST(Bytes, base64_follows_the_vectors_of_rfc_4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    EXPECT_EQ(to_base64(plain), coded);
    EXPECT_EQ(from_base64(coded), plain);
  }
  EXPECT_EQ(to_base64url("\xFB\xFF"), "-_8");
  EXPECT_EQ(from_base64url("-_8"), "\xFB\xFF");
}

TEST(Bytes, one_value_has_one_spelling) {
  EXPECT_FALSE(from_base64url("-_9"));  // bits behind the end
  EXPECT_FALSE(from_base64url("A"));
  EXPECT_FALSE(from_base64url("AA+A"));  // the other alphabet
  EXPECT_FALSE(from_base64("AA-A"));
  EXPECT_FALSE(from_base64("A A="));
}

TEST(Bytes, hex_both_ways) {
  EXPECT_EQ(to_hex(std::string("\x00\xAB", 2)), "00ab");
  EXPECT_EQ(from_hex("00Ab"), std::string("\x00\xAB", 2));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Bytes, equality_in_constant_time_is_equality) {
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace flash::bytes
