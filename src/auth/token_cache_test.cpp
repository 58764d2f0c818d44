#include "auth/token_cache.h"

#include <gtest/gtest.h>

#include "auth/revocations.h"

namespace flash::auth {
namespace {

Known known(std::int64_t dies_at, const char* sub = "x") {
  Known out{.dies_at = dies_at};
  out.identity.sub = sub;
  return out;
}

TEST(TokenCache, ATokenDiesAtItsTime) {
  TokenCache cache(4);
  cache.add("a", known(100));
  EXPECT_NE(cache.find("a", 99), nullptr);
  EXPECT_EQ(cache.find("a", 100), nullptr);
  EXPECT_EQ(cache.size(), 0U);
}

TEST(TokenCache, TheLongestUnusedGoesFirst) {
  TokenCache cache(2);
  cache.add("a", known(100));
  cache.add("b", known(100));
  EXPECT_NE(cache.find("a", 1), nullptr);
  cache.add("c", known(100));
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.find("b", 1), nullptr);
  EXPECT_NE(cache.find("a", 1), nullptr);
  EXPECT_NE(cache.find("c", 1), nullptr);
}

TEST(TokenCache, AddingAgainReplaces) {
  TokenCache cache(2);
  cache.add("a", known(100, "first"));
  cache.add("a", known(100, "second"));
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.find("a", 1)->identity.sub, "second");
}

TEST(TokenCache, TokensAreComparedWhole) {
  TokenCache cache(4);
  cache.add("abc", known(100));
  EXPECT_EQ(cache.find("ab", 1), nullptr);
  EXPECT_EQ(cache.find("abcd", 1), nullptr);
  EXPECT_EQ(cache.find("abd", 1), nullptr);
}

TEST(Revocations, AreForgottenWhenTheirTokensAreDeadOrTooManyCame) {
  Revocations revocations(2);
  const auto before = revocations.generation();
  revocations.add("a", 100, 1);
  EXPECT_NE(revocations.generation(), before);
  EXPECT_TRUE(revocations.contains("a"));
  revocations.add("b", 200, 1);
  revocations.add("c", 200, 1);
  EXPECT_FALSE(revocations.contains("a")) << "over the limit the oldest goes";
  EXPECT_TRUE(revocations.contains("b"));
  revocations.add("d", 900, 250);
  EXPECT_FALSE(revocations.contains("b")) << "its tokens are dead";
  EXPECT_TRUE(revocations.contains("d"));
}

}  // namespace
}  // namespace flash::auth
