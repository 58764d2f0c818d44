#include "api/identity.h"

#include <gtest/gtest.h>

namespace flash::api {
namespace {

struct Case {
  const char* name;
  http::Headers headers;
  const char* target;
  const char* text;  // null: nothing shown
  bool bearer = false;
};

TEST(CredentialOf, TheGatewaysRules) {
  const Case cases[] = {
      {"nothing", {}, "/rest/v1/deals", nullptr},
      {"key", {{"apikey", "sb_publishable_x"}}, "/rest/v1/deals", "sb_publishable_x"},
      {"token wins over key",
       {{"apikey", "sb_publishable_x"}, {"Authorization", "Bearer ey.a.b"}},
       "/rest/v1/deals",
       "ey.a.b",
       true},
      {"supabase-js without a session sends the key twice",
       {{"apikey", "sb_publishable_x"}, {"Authorization", "Bearer sb_publishable_x"}},
       "/rest/v1/deals",
       "sb_publishable_x"},
      {"the apikey decides over a key as bearer",
       {{"apikey", "sb_publishable_x"}, {"Authorization", "Bearer sb_secret_y"}},
       "/rest/v1/deals",
       "sb_publishable_x"},
      {"a key as bearer alone",
       {{"Authorization", "Bearer sb_secret_y"}},
       "/rest/v1/deals",
       "sb_secret_y"},
      {"scheme in any case",
       {{"authorization", "bEaReR   ey.a.b "}},
       "/rest/v1/deals",
       "ey.a.b",
       true},
      {"empty bearer is a token, a bad one",
       {{"Authorization", "Bearer "}, {"apikey", "k"}},
       "/x",
       "",
       true},
      {"a proxy's Basic is not ours",
       {{"Authorization", "Basic eDp5"}, {"apikey", "k"}},
       "/x",
       "k"},
      {"no space, no bearer", {{"Authorization", "Bearerey.a.b"}}, "/x", nullptr},
      {"a key in an address is not read", {}, "/rest/v1/deals?apikey=k", nullptr},
      {"but on a socket", {}, "/realtime/v1/websocket?apikey=k%2B1&vsn=2.0.0", "k+1"},
      {"a broken query shows nothing", {}, "/realtime/v1/websocket?apikey=%zz", nullptr},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto credential = credential_of({.target = c.target, .headers = c.headers});
    EXPECT_EQ(credential.has_value(), c.text != nullptr);
    if (!credential || c.text == nullptr) continue;
    EXPECT_EQ(credential->text, c.text);
    EXPECT_EQ(credential->bearer, c.bearer);
  }
}

std::string setting(const db::Identity& identity, std::string_view name) {
  for (const auto& [key, value] : identity.settings)
    if (key == name) return value;
  return "absent";
}

TEST(TransactionOf, CarriesTheCallerAndTheRequestButNoSecrets) {
  const Identity caller{.db_role = "flash_rep", .claims = R"({"sub":"x"})", .sub = "x"};
  const http::Request request{.method = http::Method::patch,
                              .target = "/rest/v1/deals?id=eq.1",
                              .headers = {{"Authorization", "Bearer secret-token"},
                                          {"apikey", "secret-key"},
                                          {"Cookie", "secret-cookie"},
                                          {"X-Client-Info", "a\"b"},
                                          {"x-client-info", "second"},
                                          {"X-Latin", "caf\xe9"}}};
  const db::Identity out = transaction_of(caller, request);
  EXPECT_EQ(out.role, "flash_rep");
  EXPECT_EQ(setting(out, "request.jwt.claims"), caller.claims);
  EXPECT_EQ(setting(out, "request.jwt.claim.sub"), "x");
  EXPECT_EQ(setting(out, "request.method"), "PATCH");
  EXPECT_EQ(setting(out, "request.path"), "/deals");
  EXPECT_EQ(setting(out, "request.headers"), R"({"x-client-info":"a\"b"})");
}

TEST(TransactionOf, BytesThatPostgreSQLRefusesStayOut) {
  const db::Identity out = transaction_of({.db_role = "anon"}, {.target = "/rest/v1/caf\xe9"});
  EXPECT_EQ(setting(out, "request.path"), "");
  EXPECT_EQ(setting(out, "request.jwt.claim.sub"), "absent");
  EXPECT_EQ(setting(out, "request.headers"), "{}");
}

}  // namespace
}  // namespace flash::api
