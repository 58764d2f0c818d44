#include "auth/foreign.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/keys.h"

namespace flash::auth {
namespace {

const std::string secret = "0123456789abcdef0123456789abcdef";
const Instant now{std::chrono::seconds{1'800'000'000}};

config::Settings settings(std::string anon = "web_anon") {
  config::Settings out;
  out.anon_role = std::move(anon);
  out.jwt_secret = secret;
  return out;
}

std::string said(const config::Settings& s, std::optional<std::string> token) {
  auto foreign = Foreign::make(s, 1);
  if (!foreign) return foreign.error().code;
  const auto caller = foreign->caller(token, now, 0);
  return caller ? "role " + caller->db_role : caller.error().code;
}

std::string hs(std::string_view claims) { return crypto::sign_hs256(secret, claims); }

TEST(Foreign, TheTokensRoleIsTheDatabases) {
  EXPECT_EQ(said(settings(), std::nullopt), "role web_anon");
  EXPECT_EQ(said(settings(), hs(R"({"role":"any_role"})")), "role any_role");
  EXPECT_EQ(said(settings(), hs(R"({"sub":"x"})")), "role web_anon");
  EXPECT_EQ(said(settings(""), std::nullopt), "PGRST302");
  EXPECT_EQ(said(settings(""), hs(R"({"sub":"x"})")), "PGRST302");
  EXPECT_EQ(said(settings(), hs(R"({"role":7})")), "jwt_claims");
  EXPECT_EQ(said(settings(), hs(R"({"role":"none"})")), "jwt_claims");
  EXPECT_EQ(said(settings(), ""), "jwt_malformed");
  EXPECT_EQ(said(settings(), hs(R"({"role":"a","exp":1799999000})")), "jwt_expired");
  EXPECT_EQ(said(settings(), crypto::sign_hs256("another secret of thirty-two bytes!", "{}")),
            "jwt_signature");
  config::Settings keyless = settings();
  keyless.jwt_secret.clear();
  EXPECT_EQ(said(keyless, hs("{}")), "PGRST300");
  EXPECT_EQ(said(keyless, std::nullopt), "role web_anon");
}

TEST(Foreign, RemembersVerifiedTokensUntilTheyDie) {
  auto foreign = Foreign::make(settings(), 2);
  ASSERT_TRUE(foreign);
  const std::string token = hs(R"({"role":"a","exp":1800000100})");
  for (const unsigned core : {0U, 0U, 1U})
    EXPECT_EQ(foreign->caller(token, now, core)->db_role, "a") << core;
  std::string forged = token;
  forged.back() = forged.back() == 'A' ? 'Q' : 'A';
  EXPECT_FALSE(foreign->caller(forged, now, 0)) << "close is not known";
  const Instant later = now + std::chrono::seconds(131);
  EXPECT_EQ(foreign->caller(token, later, 0).error().code, "jwt_expired");
  EXPECT_EQ(foreign->caller(hs(R"({"role":"a","exp":1799999000})"), now, 0).error().code,
            "jwt_expired");
}

TEST(Foreign, KeysOfOtherKindsAreTakenFromAJwks) {
  config::Settings s = settings();
  s.jwt_secret =
      R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},)"
      R"({"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}]})";
  EXPECT_EQ(said(s, hs(R"({"role":"a"})")), "role a");
  EXPECT_EQ(said(s,
                 "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLW"
                 "G1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"),
            "jwt_malformed")
      << "signed well, but no claims";
}

TEST(Foreign, AnAudienceIsHeldOnlyAgainstThoseWhoNameOne) {
  config::Settings s = settings();
  s.jwt_aud = "shop";
  EXPECT_EQ(said(s, hs(R"({"role":"a"})")), "role a");
  EXPECT_EQ(said(s, hs(R"({"role":"a","aud":"shop"})")), "role a");
  EXPECT_EQ(said(s, hs(R"({"role":"a","aud":["x","shop"]})")), "role a");
  EXPECT_EQ(said(s, hs(R"({"role":"a","aud":"x"})")), "jwt_claims");
  EXPECT_EQ(said(s, hs(R"({"role":"a","aud":["x"]})")), "jwt_claims");
}

TEST(Foreign, TheRoleMayStandAnywhereInTheClaims) {
  struct Case {
    const char *path, *claims, *expected;
  };
  for (const Case& c :
       {Case{".role", R"({"role":"a"})", "role a"}, Case{"$.role", R"({"role":"a"})", "role a"},
        Case{".\"https://x/y\".role", R"({"https://x/y":{"role":"b"}})", "role b"},
        Case{".roles[1]", R"({"roles":["a","b"]})", "role b"},
        Case{"$['roles'][0].name", R"({"roles":[{"name":"c"}]})", "role c"},
        Case{".roles[7]", R"({"roles":["a"]})", "role web_anon"},
        Case{".a.b", R"({"a":"b"})", "role web_anon"}, Case{"role", "{}", "claim_path"},
        Case{"", "{}", "claim_path"}, Case{".a[", "{}", "claim_path"},
        Case{".a[?(@ == \"x\")]", "{}", "claim_path"}, Case{".\"a", "{}", "claim_path"}}) {
    SCOPED_TRACE(c.path);
    config::Settings s = settings();
    s.jwt_role_claim = c.path;
    EXPECT_EQ(said(s, hs(c.claims)), c.expected);
  }
}

TEST(Foreign, KeysComeAsTextBase64JwkOrJwks) {
  config::Settings s = settings();
  s.jwt_secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  s.jwt_secret_is_base64 = true;
  EXPECT_EQ(said(s, hs(R"({"role":"a"})")), "role a");
  s = settings();
  s.jwt_secret = R"({"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY","alg":"HS256"})";
  EXPECT_EQ(said(s, hs(R"({"role":"a"})")), "role a");
  const auto key = crypto::EcKey::generate();
  s.jwt_secret = text::cat(R"({"keys":[)", s.jwt_secret, ",", key.public_jwk(), "]}");
  EXPECT_EQ(said(s, hs(R"({"role":"a"})")), "role a");
  EXPECT_EQ(said(s, crypto::sign_es256(key, R"({"role":"b"})")), "role b");
  EXPECT_EQ(said(s, crypto::sign_es256(crypto::EcKey::generate(), "{}")), "jwt_signature");
  for (const char* bad : {R"({"kty":"RSA","n":"x","e":"AQAB"})", R"({"kty":"oct","k":"c2hvcnQ"})",
                          R"({"keys":[1]})", "{", R"({"kty":"EC","crv":"P-256","x":"","y":""})"}) {
    s.jwt_secret = bad;
    EXPECT_FALSE(said(s, std::nullopt).starts_with("role")) << bad;
  }
}

}  // namespace
}  // namespace flash::auth
