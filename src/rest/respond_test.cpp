#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "rest/errors.h"
#include "rest/respond.h"
#include "rest/rest_rig.h"

namespace flash::rest {
namespace {

struct WireCase {
  Error error;
  bool anonymous;
  unsigned status;
  const char* body;
};

TEST(Errors, AreOnTheWireAsPostgrestHasThem) {
  const auto error = [](Kind kind, const char* code, const char* message, const char* details = "",
                        const char* hint = "") {
    return Error{kind, code, message, details, hint};
  };
  const std::vector<WireCase> cases{
      {error(Kind::invalid, "23505", "dup", "Key (id)=(1)."), false, 409,
       R"({"code":"23505","details":"Key (id)=(1).","hint":null,"message":"dup"})"},
      {error(Kind::forbidden, "42501", "no"), true, 401,
       R"({"code":"42501","details":null,"hint":null,"message":"no"})"},
      {error(Kind::forbidden, "42501", "no"), false, 403,
       R"({"code":"42501","details":null,"hint":null,"message":"no"})"},
      {error(Kind::invalid, "PT422", "raised", "d", "h"), false, 422,
       R"({"code":"PT422","details":"d","hint":"h","message":"raised"})"},
      {error(Kind::invalid, "PGRST", R"({"code":"x","message":"y","hint":"z"})",
             R"({"status":418,"headers":{"X-A":"b"}})"),
       false, 418, R"({"code":"x","details":null,"hint":"z","message":"y"})"},
      {error(Kind::unavailable, "08006", "server at 10.0.0.1 closed"), false, 503,
       R"({"code":"PGRST001","details":null,"hint":null,"message":"Database client error. Retrying the connection."})"},
      {error(Kind::timeout, "pool_wait", "no connection in time"), false, 504,
       R"({"code":"PGRST003","details":null,"hint":null,"message":"Timed out acquiring connection from connection pool."})"},
      {error(Kind::unavailable, "PGRST002", "no catalog yet"), false, 503,
       R"({"code":"PGRST002","details":null,"hint":null,"message":"no catalog yet"})"},
      {error(Kind::internal, "XX000", "oops"), false, 500,
       R"({"code":"XX000","details":null,"hint":null,"message":"oops"})"},
      {error(Kind::timeout, "57014", "canceling statement"), false, 500,
       R"({"code":"57014","details":null,"hint":null,"message":"canceling statement"})"},
      {error(Kind::not_found, "42883", "operator does not exist: integer ~~ unknown"), false, 400,
       R"({"code":"42883","details":null,"hint":null,"message":"operator does not exist: integer ~~ unknown"})"},
      {error(Kind::not_found, "42883", "function f() does not exist"), false, 404,
       R"({"code":"42883","details":null,"hint":null,"message":"function f() does not exist"})"},
      {error(Kind::not_allowed, "25006", "read-only"), false, 405,
       R"({"code":"25006","details":null,"hint":null,"message":"read-only"})"},
      {errors::not_single(2), false, 406,
       R"({"code":"PGRST116","details":"The result contains 2 rows","hint":null,"message":"Cannot coerce the result to a single JSON object"})"},
  };
  for (const WireCase& each : cases) {
    SCOPED_TRACE(each.error.code);
    const http::Response response = errors::to_response(each.error, each.anonymous);
    EXPECT_EQ(response.status, each.status);
    EXPECT_EQ(response.body.bytes(), each.body);
    EXPECT_EQ(response.headers.find("WWW-Authenticate").has_value(), each.status == 401);
  }
}

TEST(Respond, WhatSqlSetsMustBeAHeader) {
  Request asked;
  const auto plan = plan_of(request_of(Method::get, "/tags"));
  ASSERT_TRUE(plan);
  const auto headers = [&](const char* setting) {
    Outcome outcome;
    outcome.headers = setting;
    return respond(asked, *plan, std::move(outcome));
  };
  const auto two = headers(R"([{"Set-Cookie":"a"},{"Set-Cookie":"b"},{"Vary":"X"}])");
  ASSERT_TRUE(two);
  EXPECT_EQ(two->headers.joined("Set-Cookie"), "a, b");
  EXPECT_EQ(two->headers.value_or("Vary", ""), "X");
  for (const char* bad :
       {"x", "{}", R"([1])", R"([{"a":1}])", R"([{"a":"b","c":"d"}])", R"([{"a b":"c"}])",
        R"([{"":"c"}])", R"([{"A":"b\r\nC: d"}])", R"([{"A\nB":"c"}])",
        R"([{"Content-Length":"0"}])", R"([{"transfer-encoding":"chunked"}])"}) {
    const auto refused = headers(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, "PGRST111");
  }
  Outcome outcome;
  outcome.status = "99";
  EXPECT_EQ(respond(asked, *plan, std::move(outcome)).error().code, "PGRST112");
}

TEST(Errors, MinimalOnesHaveCodeAndMessageOnly) {
  const auto response =
      errors::to_response(errors::not_single(2), false, errors::Verbosity::minimal);
  EXPECT_EQ(response.body.bytes(),
            R"({"code":"PGRST116","message":"Cannot coerce the result to a single JSON object"})");
}

TEST(Root, IsTheDocumentOrAFunctionOrNothing) {
  EXPECT_TRUE(parse(request_of(Method::get, "/"), "/rest/v1", one_schema)->is_root);
  const auto off = parse(request_of(Method::get, "/"), "/rest/v1",
                         Dialect{.schemas = public_only, .openapi = false});
  ASSERT_FALSE(off);
  EXPECT_EQ(off.error().code, "PGRST126");
  const auto function = parse(request_of(Method::get, "/"), "/rest/v1",
                              Dialect{.schemas = public_only, .root_function = "shop.welcome"});
  ASSERT_TRUE(function);
  EXPECT_TRUE(function->is_call);
  EXPECT_EQ(function->schema + " " + function->resource, "shop welcome");
  EXPECT_EQ(parse(request_of(Method::del, "/"), "/rest/v1", one_schema).error().code, "PGRST117");
}

TEST(LegacyNames, AreRefusedWhenTheSettingSaysSo) {
  const Dialect modern{.schemas = public_only, .legacy_target_names = false};
  const auto refused =
      parse(request_of(Method::get, "/orders?select=c:customers(*)&customers.id=eq.1"), "/rest/v1",
            modern);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "not_embedded");
  const Dialect legacy{.schemas = public_only};
  for (const char* rest :
       {"order=customers(name)", "customers=is.null", "or=(customers.is.null,id.eq.1)"}) {
    const std::string url = text::cat("/orders?select=id,c:customers(*)&", rest);
    const auto obeyed = plan_of(request_of(Method::get, url), legacy);
    ASSERT_TRUE(obeyed) << rest << obeyed.error().message;
    const auto not_obeyed = plan_of(request_of(Method::get, url), modern);
    ASSERT_FALSE(not_obeyed) << rest;
    EXPECT_EQ(not_obeyed.error().code, rest[0] == 'o' && rest[2] == 'd' ? "not_embedded" : "42703")
        << rest << not_obeyed.error().code;
  }
  const auto warned =
      parse(request_of(Method::get, "/orders?select=c:customers(*)&order=customers(name)"),
            "/rest/v1", legacy);
  ASSERT_TRUE(warned);
  EXPECT_EQ(warned->query.legacy_names.size(), 1U);
}

TEST(Respond, TellsWhetherTheCallerHasItAlready) {
  const auto plan = plan_of(request_of(Method::get, "/tags"));
  const auto ask = [&](std::string body, std::string none_match) {
    Request asked;
    asked.if_none_match = std::move(none_match);
    return respond(asked, *plan, Outcome{.body = std::move(body)});
  };
  const auto first = ask("[1]", "");
  const std::string tag(first->headers.value_or("ETag", ""));
  EXPECT_TRUE(tag.starts_with("W/\"")) << tag;
  EXPECT_EQ(first->status, 200U);
  for (const std::string& list : {tag, std::string("*"), "\"x\", " + tag, tag.substr(2)}) {
    const auto again = ask("[1]", list);
    EXPECT_EQ(again->status, 304U) << list;
    EXPECT_EQ(again->body.bytes(), "");
    EXPECT_EQ(again->headers.value_or("ETag", ""), tag);
  }
  EXPECT_EQ(ask("[2]", tag)->status, 200U);
  EXPECT_EQ(ask("[1,2,3,4,5]", tag)->status, 200U);
}

TEST(Respond, ReadsThePlannersGuess) {
  EXPECT_EQ(planned_rows(R"([{"Plan":{"Node Type":"Seq Scan","Plan Rows":1270,"Plan Width":4}}])"),
            1270U);
  EXPECT_EQ(planned_rows("[]"), std::nullopt);
  EXPECT_EQ(planned_rows("[1]"), std::nullopt);
  EXPECT_EQ(planned_rows(R"([{"Plan":{}}])"), std::nullopt);
}

}  // namespace
}  // namespace flash::rest
