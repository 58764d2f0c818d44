#include "auth/tokens.h"

#include <gtest/gtest.h>

#include <set>

#include "auth/password_rules.h"
#include "json/read.h"

namespace flash::auth {
namespace {

const Instant now{std::chrono::seconds{1'800'000'000}};

KeySet keys(const std::string& jwt_secret = {}) {
  auto made = make_keys(jwt_secret);
  EXPECT_TRUE(made);
  return *std::move(made);
}

TEST(Keys, TheTwoApiKeysAreWhoTheySay) {
  const KeySet set = keys();
  EXPECT_TRUE(set.publishable.starts_with("sb_publishable_"));
  EXPECT_TRUE(set.secret.starts_with("sb_secret_"));
  EXPECT_EQ(set.caller_of(set.publishable)->db_role, "anon");
  EXPECT_EQ(set.caller_of(set.secret)->db_role, "service_role");
  for (const std::string& wrong : {std::string(), set.secret + "x", set.secret.substr(1),
                                   set.publishable + " ", std::string("sb_secret_"), keys().secret})
    EXPECT_FALSE(set.caller_of(wrong)) << wrong;
}

TEST(Keys, WhatIsPublishedHoldsNoPrivateHalf) {
  const KeySet set = keys(std::string(40, 's'));
  const auto jwks = json::parse_object(set.jwks());
  ASSERT_TRUE(jwks);
  const auto& list = json::array_or_empty(*jwks, "keys");
  ASSERT_EQ(list.size(), 1U) << "shared secrets are not published";
  EXPECT_EQ(list[0].get_object().if_contains("d"), nullptr);
  EXPECT_EQ(set.jwks().find("ssss"), std::string::npos);
}

TEST(Keys, AShortSharedSecretStopsTheStart) {
  EXPECT_EQ(make_keys("too short").error().code, "secret_too_short");
}

TEST(Tokens, ClaimsAreSupabases) {
  const Person person{.id = "0193a000-0000-7000-8000-000000000001",
                      .email = "a\"b@x.example",
                      .app_metadata = R"({"role": "rep"})",
                      .user_metadata = R"({"role": "admin"})"};
  const std::string text =
      access_claims(person, {.issuer = "http://h/auth/v1",
                             .session_id = "0193a000-0000-7000-8000-000000000002",
                             .signed_in_at = 7,
                             .now = now});
  const auto claims = json::parse_object(text);
  ASSERT_TRUE(claims) << text;
  EXPECT_EQ(json::text_or(*claims, "iss"), "http://h/auth/v1");
  EXPECT_EQ(json::text_or(*claims, "sub"), person.id);
  EXPECT_EQ(json::text_or(*claims, "aud"), "authenticated");
  EXPECT_EQ(json::text_or(*claims, "role"), "authenticated");
  EXPECT_EQ(json::text_or(*claims, "email"), person.email);
  EXPECT_EQ(json::text_or(*claims, "aal"), "aal1");
  EXPECT_EQ(json::int_or(*claims, "exp"), 1'800'003'600);
  EXPECT_EQ(json::int_or(*claims, "iat"), 1'800'000'000);
  EXPECT_EQ(json::text_or(json::object_or_empty(*claims, "app_metadata"), "role"), "rep");
  const auto& amr = json::array_or_empty(*claims, "amr");
  ASSERT_EQ(amr.size(), 1U);
  EXPECT_EQ(json::text_or(amr[0].get_object(), "method"), "password");
  EXPECT_EQ(json::int_or(amr[0].get_object(), "timestamp"), 7);
}

TEST(Tokens, HugeUserMetadataStaysOutSoThatTheTokenFits) {
  Person person{.id = "x",
                .app_metadata = "{}",
                .user_metadata = R"({"a":")" + std::string(20'000, 'a') + "\"}"};
  const std::string text = access_claims(person, {.now = now});
  EXPECT_LT(text.size(), 1000U);
  EXPECT_NE(text.find("\"user_metadata\":{}"), std::string::npos);
}

TEST(Tokens, RefreshTokensFollowEachOtherOnlyForThisInstallation) {
  const KeySet ours = keys();
  const KeySet theirs = keys();
  const std::string first = new_refresh_token();
  EXPECT_TRUE(is_refresh_token(first));
  EXPECT_EQ(next_refresh_token(ours, first), next_refresh_token(ours, first));
  EXPECT_NE(next_refresh_token(ours, first), next_refresh_token(theirs, first));
  EXPECT_TRUE(is_refresh_token(next_refresh_token(ours, first)));
  std::set<std::string> chain{first};
  std::string token = first;
  for (int i = 0; i < 100; ++i) chain.insert(token = next_refresh_token(ours, token));
  EXPECT_EQ(chain.size(), 101U);
}

TEST(Tokens, ADescendantIsFoundWithinSixteenSteps) {
  const KeySet set = keys();
  const std::string first = new_refresh_token();
  std::string token = first;
  for (int step = 1; step <= 17; ++step) {
    token = next_refresh_token(set, token);
    const auto found = refresh_descendant(set, first, refresh_hash(token));
    EXPECT_EQ(found.has_value(), step <= 16) << step;
    if (found) EXPECT_EQ(*found, token);
  }
}

TEST(Tokens, OtherTextIsNoRefreshToken) {
  const std::string good = new_refresh_token();
  for (const std::string& bad :
       {std::string(), std::string("abcdefghijkl"), good + "=", good.substr(1), good + "A",
        std::string(43, '!'), std::string(42, 'A') + "B", std::string(100'000, 'A')})
    EXPECT_FALSE(is_refresh_token(bad)) << bad.substr(0, 60);
}

struct PasswordCase {
  std::string password;
  const char* reason;  // null: accepted
};

TEST(PasswordRules, Table) {
  const PasswordCase cases[] = {
      {"correct horse", nullptr},
      {"abcdefghij", nullptr},
      {"abcdefghi", "length"},
      {"", "length"},
      {std::string(1024, 'a') + "bcdef", "length"},
      {"abcde" + std::string(1019, 'a'), nullptr},
      {"aaaaaaaaaaaa", "characters"},
      {"abababababab", "characters"},
      {"Shanice.Brown@Harbour.example", "characters"},
      {"shanice.brown", "characters"},
      {"h\xc3\xa9 h\xc3\xa9 caf\xc3\xa9 1", nullptr},
      {"\xff\xfe bad bytes", "characters"},
      {std::string("with\0zero byte", 14), "characters"},
  };
  for (const PasswordCase& c : cases) {
    SCOPED_TRACE(c.password.substr(0, 40));
    const auto checked = check_new_password(c.password, "shanice.brown@harbour.example");
    EXPECT_EQ(checked.has_value(), c.reason == nullptr);
    if (!checked && c.reason != nullptr) {
      EXPECT_EQ(checked.error().code, "weak_password");
      EXPECT_EQ(checked.error().hint, c.reason);
    }
  }
}

}  // namespace
}  // namespace flash::auth
