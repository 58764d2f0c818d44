#include "crypto/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace flash::crypto {
namespace {

TEST(Random, TokensHaveTheirLengthAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random_token(32));
  EXPECT_EQ(seen.size(), 1000U);
  for (const std::string& token : seen) EXPECT_EQ(token.size(), 43U);
}

TEST(Random, EveryCharacterOfAnAlphabetIsDrawnEvenly) {
  // 200 characters: a bare remainder would draw the first 56 twice as often.
  std::string alphabet;
  for (int i = 0; i < 200; ++i) alphabet += static_cast<char>(i);
  std::array<int, 200> drawn{};
  for (char c : random_text(alphabet, 200'000)) ++drawn[static_cast<unsigned char>(c)];
  // 1000 expected of each, standard deviation 32.
  for (int count : drawn) EXPECT_NEAR(count, 1000, 200);
}

TEST(Random, PasswordsAreReadable) {
  const std::string password = random_password();
  ASSERT_EQ(password.size(), 19U);
  EXPECT_EQ(password.find_first_of("0O1lIo"), std::string::npos);
  EXPECT_EQ(password[4], '-');
  EXPECT_EQ(password[9], '-');
  EXPECT_EQ(password[14], '-');
}

}  // namespace
}  // namespace flash::crypto
