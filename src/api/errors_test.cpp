#include "api/errors.h"

#include <gtest/gtest.h>

#include <string>

#include "auth/errors.h"

namespace flash::api {
namespace {

std::string body(const http::Response& response) { return std::string(response.body.bytes()); }

struct RestCase {
  const char* name;
  Error error;
  unsigned status;
  const char* body;
};

TEST(RestError, RefusedCallersByPostgrestsNames) {
  const RestCase cases[] = {
      {"token expired", make_error(Kind::unauthenticated, "jwt_expired", "JWT expired"), 401,
       R"({"code":"PGRST303","details":null,"hint":null,"message":"JWT expired"})"},
      {"token forged", make_error(Kind::unauthenticated, "jwt_signature", "x"), 401,
       R"({"code":"PGRST301","details":null,"hint":null,"message":"x"})"},
      {"signed out", make_error(Kind::unauthenticated, "session_ended", "x"), 401,
       R"({"code":"PGRST303","details":null,"hint":null,"message":"x"})"},
      {"no key",
       {Kind::unauthenticated, "no_api_key", "No API key", "", "h"},
       401,
       R"({"code":"no_api_key","details":null,"hint":"h","message":"No API key"})"},
      {"duplicate key", make_error(Kind::conflict, "23505", "dup"), 409,
       R"({"code":"23505","details":null,"hint":null,"message":"dup"})"},
  };
  for (const RestCase& c : cases) {
    SCOPED_TRACE(c.name);
    const auto response = rest_error(c.error);
    EXPECT_EQ(response.status, c.status);
    EXPECT_EQ(body(response), c.body);
    EXPECT_EQ(response.status == 401, response.headers.find("WWW-Authenticate").has_value());
  }
  EXPECT_EQ(rest_error(make_error(Kind::forbidden, "42501", "no"), true).status, 401U);
  EXPECT_EQ(rest_error(make_error(Kind::forbidden, "42501", "no"), false).status, 403U);
}

TEST(RestError, AChallengeCannotBeBroken) {
  const auto response =
      rest_error(make_error(Kind::unauthenticated, "jwt_claims", "a\"b\r\nSet-Cookie: x\\"));
  EXPECT_EQ(response.headers.value_or("WWW-Authenticate", ""),
            "Bearer error=\"invalid_token\", error_description=\"abSet-Cookie: x\"");
}

TEST(AuthError, BothVersionsOfTheShape) {
  const http::Request old;
  const http::Request current{.headers = {{"X-Supabase-Api-Version", "2024-01-01"}}};
  const auto error = auth::errors::invalid_credentials();
  EXPECT_EQ(auth_error(error, old).status, 400U);
  EXPECT_EQ(body(auth_error(error, old)),
            R"({"code":400,"error_code":"invalid_credentials","msg":"Invalid login credentials"})");
  EXPECT_EQ(body(auth_error(error, current)),
            R"({"code":"invalid_credentials","message":"Invalid login credentials"})");
  EXPECT_EQ(auth_error(error, current).headers.value_or("X-Supabase-Api-Version", ""),
            "2024-01-01");
  EXPECT_EQ(body(auth_error(error, {.headers = {{"X-Supabase-Api-Version", "yes"}}})),
            body(auth_error(error, old)));
}

TEST(AuthError, StatusesOfTheReference) {
  const http::Request current{.headers = {{"X-Supabase-Api-Version", "2024-01-01"}}};
  auto status = [&](const Error& error) { return auth_error(error, current).status; };
  EXPECT_EQ(status(auth::errors::session_not_found()), 403U);
  EXPECT_EQ(status(auth::errors::refresh_token_already_used()), 400U);
  EXPECT_EQ(status(auth::errors::weak_password("x", "length")), 422U);
  EXPECT_EQ(status(auth::errors::no_authorization()), 401U);
  EXPECT_EQ(status(make_error(Kind::unauthenticated, "jwt_expired", "JWT expired")), 403U);
  EXPECT_EQ(status(make_error(Kind::unavailable, "08006", "gone")), 503U);
  EXPECT_EQ(status(make_error(Kind::timeout, "57014", "slow")), 504U);
  const auto limited =
      auth_error(auth::errors::too_many_requests(std::chrono::seconds{17}), current);
  EXPECT_EQ(limited.status, 429U);
  EXPECT_EQ(limited.headers.value_or("Retry-After", ""), "17");
  EXPECT_EQ(body(auth_error(auth::errors::weak_password("short", "length"), current)),
            R"({"code":"weak_password","message":"short","weak_password":{"reasons":["length"]}})");
}

TEST(AuthError, OurFaultsAreNotTold) {
  for (const Kind kind : {Kind::internal, Kind::unavailable}) {
    const auto told =
        body(auth_error(make_error(kind, "XX000", "relation auth.users does not exist"), {}));
    EXPECT_EQ(told.find("relation"), std::string::npos);
    EXPECT_NE(told.find("unexpected_failure"), std::string::npos);
  }
}

TEST(LeadError, TellsCodesOfOursAndNothingOfTheDatabase) {
  EXPECT_EQ(
      body(lead_error({Kind::conflict, "PT409", "illegal_transition", "a won lead stays won", ""})),
      R"({"code":"illegal_transition","message":"a won lead stays won"})");
  EXPECT_EQ(lead_error(make_error(Kind::conflict, "PT409", "version_conflict")).status, 409U);
  const auto duplicate = lead_error(
      make_error(Kind::conflict, "23505", "duplicate key violates \"submissions_email\""));
  EXPECT_EQ(duplicate.status, 409U);
  EXPECT_EQ(body(duplicate), R"({"code":"conflict","message":"the database refused a value"})");
  const auto broken = lead_error(make_error(Kind::internal, "XX000", "secret"));
  EXPECT_EQ(broken.status, 500U);
  EXPECT_EQ(body(broken).find("secret"), std::string::npos);
  EXPECT_EQ(lead_error(make_error(Kind::unauthenticated, "no_api_key", "No API key")).status, 401U);
  EXPECT_EQ(
      lead_error(make_error(Kind::unavailable, "08006", "x")).headers.value_or("Retry-After", ""),
      "1");
}

}  // namespace
}  // namespace flash::api
