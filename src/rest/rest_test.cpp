#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "http/url.h"
#include "kit/golden.h"
#include "plan/limits.h"
#include "rest/errors.h"
#include "rest/query.h"
#include "rest/rest_rig.h"
#include "rest/to_plan.h"

namespace flash::rest {
namespace {

// Requests of the dialect and the plans that they are. A line a case: METHOD target [body]
// [prefer].
TEST(Plans, AreWhatTheRequestsSay) {
  const std::vector<http::Request> requests{
      request_of(Method::get, "/orders"),
      request_of(Method::get,
                 "/orders?select=id,buyer:customers!inner(name,city)&buyer.city=eq.Kingston&order="
                 "placed_at.desc.nullslast,id&limit=20&offset=40",
                 {}, "count=exact"),
      request_of(Method::get,
                 "/orders?select=*,...customers(name),lines(*)&lines.order=line.desc&lines.limit=5&"
                 "or=(status.eq.open,and(total.gt.10,note.is.null))"),
      request_of(Method::get,
                 "/customers?select=id,tier:profile-%3E%3Etier,profile-%3Etags-%3E0,joined::text&"
                 "profile-%3E%3Etier=in.(gold,silver)&nicknames=cs.{a}"),
      request_of(Method::get,
                 "/customers?select=id,orders()&orders=is.null&not.or=(name.like.A*,name.ilike(any)"
                 ".{b*,c*})"),
      request_of(Method::get,
                 "/orders?note=wfts(english).red%20chairs&search=fts.chair&status=not.in.(open,%"
                 "22a,b%22)&note=isdistinct.x"),
      request_of(Method::head, "/tags", {}, "count=estimated"),
      request_of(Method::post, "/orders?select=id,customers(name)",
                 R"({"customer_id":1,"note":"x"})", "return=representation"),
      request_of(Method::post, "/tags?columns=%22id%22,%22label%22",
                 R"([{"id":1,"label":"a"},{"id":2,"label":"b"}])", "return=minimal"),
      request_of(Method::post, "/customers?on_conflict=email", R"({"id":1,"name":"A","email":"a"})",
                 "resolution=merge-duplicates"),
      request_of(Method::post, "/tags", R"({"id":1,"label":"a"})",
                 "resolution=ignore-duplicates, return=headers-only"),
      request_of(Method::patch, "/orders?id=eq.1", R"({"note":null})",
                 "return=representation, handling=strict, max-affected=3"),
      request_of(Method::del, "/orders?id=in.(1,2)"),
      request_of(Method::put, "/tags?id=eq.1", R"({"id":1,"label":"a"})"),
      request_of(Method::get, "/rpc/add?a=1&b=2"),
      request_of(Method::get,
                 "/rpc/orders_of?customer=1&total=gt.5&select=id,lines(product)&order=id&limit=3"),
      request_of(Method::post, "/rpc/stats", R"({"p_city":"Kingston"})"),
      request_of(Method::post, "/rpc/whole", R"([1])"),
      request_of(Method::get, "/rpc/longest?words=a&words=b"),
  };
  std::string actual;
  for (const http::Request& request : requests) {
    actual += std::string(http::to_text(request.method)) + " " + request.target + "\n";
    if (!request.body.empty()) actual += "body " + request.body + "\n";
    if (const auto prefer = request.headers.find("Prefer"))
      actual += "prefer " + std::string(*prefer) + "\n";
    const auto plan = plan_of(request);
    actual += plan ? plan::dump(*plan) : plan.error().code + " " + plan.error().message + "\n";
    actual += "\n";
  }
  kit::expect_golden("src/rest/goldens/plans.txt", actual);
}

struct FaultCase {
  const char* target;
  const char* message;
};

TEST(Parse, TellsWhereItStopped) {
  const std::vector<FaultCase> cases{
      {"/t?select=id,,name",
       R"~("failed to parse select parameter (id,,name)" (line 1, column 4))~"},
      {"/t?select=a(b", R"~("failed to parse select parameter (a(b)" (line 1, column 4))~"},
      {"/t?select=a:", R"~("failed to parse select parameter (a:)" (line 1, column 3))~"},
      {"/t?select=a::", R"~("failed to parse select parameter (a::)" (line 1, column 4))~"},
      {"/t?select=a-%3E", R"~("failed to parse select parameter (a->)" (line 1, column 4))~"},
      {"/t?a=noop.0", R"~("failed to parse filter (noop.0)" (line 1, column 1))~"},
      {"/t?a=eq", R"~("failed to parse filter (eq)" (line 1, column 1))~"},
      {"/t?a=is.maybe", R"~("failed to parse filter (is.maybe)" (line 1, column 4))~"},
      {"/t?a=in.1,2", R"~("failed to parse filter (in.1,2)" (line 1, column 4))~"},
      {"/t?a=neq(any).{1}", R"~("failed to parse filter (neq(any).{1})" (line 1, column 8))~"},
      {"/t?or=()", R"~("failed to parse logic tree (())" (line 1, column 2))~"},
      {"/t?or=(a.eq.1", R"~("failed to parse logic tree ((a.eq.1)" (line 1, column 8))~"},
      {"/t?or=(xor(a.eq.1,b.eq.2))",
       R"~("failed to parse logic tree ((xor(a.eq.1,b.eq.2)))" (line 1, column 5))~"},
      {"/t?order=id.ac", R"~("failed to parse order (id.ac)" (line 1, column 3))~"},
      {"/t?order=id.asc.nullslasttt",
       R"~("failed to parse order (id.asc.nullslasttt)" (line 1, column 17))~"},
  };
  for (const FaultCase& each : cases) {
    SCOPED_TRACE(each.target);
    const auto parsed = parse(request_of(Method::get, each.target), "/rest/v1", one_schema);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, "PGRST100");
    EXPECT_EQ(parsed.error().message, each.message);
  }
}

TEST(Parse, BoundsWhatItReads) {
  const auto refuses = [](std::string target) {
    const auto parsed = parse(request_of(Method::get, std::move(target)), "/rest/v1", one_schema);
    return !parsed;
  };
  EXPECT_TRUE(refuses("/t?select=" + std::string(10'000, '(')));
  std::string nested = "a";
  for (std::size_t i = 0; i < 10'000; ++i) nested += "(a";
  EXPECT_TRUE(refuses("/t?select=" + nested));
  std::string logic;
  for (std::size_t i = 0; i < 10'000; ++i) logic += "and(";
  EXPECT_TRUE(refuses("/t?or=(" + logic));
  std::string columns = "a";
  for (std::size_t i = 0; i <= plan::outputs_max; ++i) columns += ",a";
  EXPECT_TRUE(refuses("/t?select=" + columns));
  std::string list = "1";
  for (std::size_t i = 0; i < plan::list_items_max; ++i) list += ",1";
  EXPECT_TRUE(refuses("/t?a=in.(" + list + ")"));
  EXPECT_TRUE(refuses("/t?a=eq.%00"));
  EXPECT_TRUE(refuses("/t?a=eq.%ff"));
  EXPECT_TRUE(refuses("/t?a=eq.%zz"));
}

TEST(Parse, TakesNamesOfEveryKind) {
  plan::AskedRead read;
  ASSERT_TRUE(parse_select(
      R"("a,b",with-dash,spaced name,data->>-1,data->"k.e-y",rel!hint!inner(x))", read));
  ASSERT_EQ(read.outputs.size(), 5U);
  EXPECT_EQ(read.outputs[0].field.name, "a,b");
  EXPECT_EQ(read.outputs[1].field.name, "with-dash");
  EXPECT_EQ(read.outputs[2].field.name, "spaced name");
  EXPECT_TRUE(read.outputs[3].field.path[0].is_index);
  EXPECT_EQ(read.outputs[3].field.path[0].key, "-1");
  EXPECT_EQ(read.outputs[4].field.path[0].key, "k.e-y");
  ASSERT_EQ(read.embeds.size(), 1U);
  EXPECT_EQ(read.embeds[0].hint, "hint");
  EXPECT_TRUE(read.embeds[0].inner);
}

struct PreferCase {
  Method method;
  const char* target;
  const char* header;
  const char* applied;
};

TEST(Prefer, AppliesWhatItKnowsInOneOrder) {
  const Dialect choosing{.schemas = public_only, .chooses_end = true};
  const std::vector<PreferCase> cases{
      {Method::get, "/tags", "", ""},
      {Method::post, "/tags", "return=minimal", "return=minimal"},
      {Method::post, "/tags", "count=exact,return=representation",
       "return=representation, count=exact"},
      {Method::post, "/tags", "wait=10, return=minimal", "return=minimal"},
      {Method::post, "/tags", "return=everything", ""},
      {Method::post, "/tags", "return=minimal, return=representation", "return=minimal"},
      {Method::post, "/tags",
       "max-affected=1, timezone=UTC, handling=strict, tx=rollback, count=planned, "
       "return=headers-only, missing=null, resolution=ignore-duplicates",
       "resolution=ignore-duplicates, missing=null, return=headers-only, count=planned, "
       "tx=rollback, handling=strict, timezone=UTC"},
      {Method::patch, "/tags", "max-affected=1, handling=strict, resolution=merge-duplicates",
       "handling=strict, max-affected=1"},
      {Method::patch, "/tags", "max-affected=1", ""},
      {Method::get, "/tags", "return=representation, missing=default, tx=commit", "tx=commit"},
      {Method::post, "/rpc/stats", "max-affected=1, handling=strict, return=minimal",
       "handling=strict, max-affected=1"},
      {Method::get, "/tags", "timezone=America/Jamaica", "timezone=America/Jamaica"},
  };
  for (const PreferCase& each : cases) {
    SCOPED_TRACE(each.header);
    const auto parsed =
        parse(request_of(each.method, each.target, "{}", each.header), "/rest/v1", choosing);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(applied_preferences(*parsed), each.applied);
  }
  EXPECT_EQ(parse_prefer("handling=strict, wait=10", true).error().details,
            "Invalid preferences: wait=10");
  EXPECT_EQ(parse_prefer("handling=strict, max-affected=x", true).error().code, "PGRST122");
  EXPECT_EQ(parse_prefer("tx=rollback", false)->end, End::unsaid);
}

TEST(Prefer, AnOffsetFromUtcIsSpelledOutForPostgresql) {
  EXPECT_EQ(timezone_setting("America/Jamaica"), "America/Jamaica");
  EXPECT_EQ(timezone_setting("+05:30"), "<+05:30>-05:30");
  EXPECT_EQ(timezone_setting("-03:00"), "<-03:00>+03:00");
  EXPECT_EQ(timezone_setting("+2"), "<+2>-2");
  EXPECT_EQ(timezone_setting("+05:3"), "+05:3");
  EXPECT_EQ(timezone_setting("+99"), "+99");
}

struct AcceptCase {
  const char* target;
  const char* accept;
  const char* type;  // Content-Type of the answer, or the error's code
};

TEST(Accept, ChoosesTheBestThatCanBeMade) {
  constexpr const char* json = "application/json; charset=utf-8";
  constexpr const char* object = "application/vnd.pgrst.object+json; charset=utf-8";
  const std::vector<AcceptCase> cases{
      {"/orders", "*/*", json},
      {"/orders", "application/json", json},
      {"/orders", "application/vnd.pgrst.array+json", json},
      {"/orders", "application/vnd.pgrst.object+json", object},
      {"/orders", "text/html, application/vnd.pgrst.object+json;q=0.9, */*;q=0.1", object},
      {"/orders", "application/json;q=0.2, application/vnd.pgrst.object;q=0.9", object},
      {"/orders", "text/html,application/xhtml+xml,*/*;q=0.8", json},
      {"/orders", "text/csv", "text/csv; charset=utf-8"},
      {"/orders", "application/vnd.pgrst.object+json;nulls=stripped",
       "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8"},
      {"/orders", "application/vnd.pgrst.array+json; nulls=stripped",
       "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8"},
      {"/orders", "application/json;q=0", "PGRST107"},
      {"/orders", "text/plain", "PGRST107"},
      {"/orders", "text/plain, application/json;q=0.5", json},
      {"/rpc/longest?words=a", "text/plain", "text/plain; charset=utf-8"},
      {"/rpc/longest?words=a", "application/octet-stream", "application/octet-stream"},
      {"/rpc/longest?words=a", "text/xml", "text/xml; charset=utf-8"},
      {"/rpc/orders_of?customer=1", "text/plain", "PGRST107"},
      {"/orders", "application/vnd.pgrst.plan+json",
       "application/vnd.pgrst.plan+json; for=\"application/json\"; charset=utf-8"},
      {"/orders",
       "application/vnd.pgrst.plan; for=\"text/csv\"; options=analyze|wal|nonsense|verbose",
       "application/vnd.pgrst.plan+text; for=\"text/csv\"; options=analyze|verbose|wal; "
       "charset=utf-8"},
  };
  const Dialect with_plans{.schemas = public_only, .plans = true};
  for (const AcceptCase& each : cases) {
    SCOPED_TRACE(std::string(each.target) + " " + each.accept);
    http::Request request = request_of(Method::get, each.target);
    request.headers.add("Accept", each.accept);
    auto asked = parse(request, "/rest/v1", with_plans);
    ASSERT_TRUE(asked);
    const auto plan = to_plan(shop(), *asked, with_plans);
    if (!plan) {
      EXPECT_EQ(plan.error().code, each.type);
      continue;
    }
    EXPECT_EQ(asked->chosen ? content_type(*asked->chosen) : json, each.type);
  }
}

TEST(Aggregates, AreRefusedUnlessTheSettingAllowsThem) {
  const auto refused = plan_of(request_of(Method::get, "/orders?select=total.sum()"));
  ASSERT_FALSE(refused);
  const http::Response response = errors::to_response(refused.error(), false);
  EXPECT_EQ(response.status, 400U);
  EXPECT_EQ(
      response.body.bytes(),
      R"({"code":"PGRST123","details":null,"hint":null,"message":"Use of aggregate functions is not allowed"})");
  EXPECT_EQ(plan_of(request_of(Method::get, "/customers?select=orders(count())")).error().code,
            "aggregates_refused");
}

TEST(Accept, APlanIsToldOnlyWhereItMayBe) {
  http::Request request = request_of(Method::get, "/orders");
  request.headers.add("Accept", "application/vnd.pgrst.plan");
  EXPECT_EQ(plan_of(request).error().code, "PGRST107");
}

TEST(Schemas, ComeFromTheProfileHeader) {
  const std::vector<std::string> names{"public", "private data"};
  const Dialect two{.schemas = names};
  http::Request request = request_of(Method::get, "/orders");
  EXPECT_EQ(parse(request, "/rest/v1", two)->schema, "public");
  request.headers.add("Accept-Profile", "private data");
  EXPECT_EQ(parse(request, "/rest/v1", two)->schema, "private data");
  request.headers.set("Accept-Profile", "auth");
  const auto refused = parse(request, "/rest/v1", two);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().hint, "Only the following schemas are exposed: public, private data");
}

TEST(Options, NameTheMethodsThatCanWork) {
  const auto allow = [](std::string target) {
    auto asked = parse(request_of(Method::options, std::move(target)), "/rest/v1", one_schema);
    return asked ? allowed_methods(shop(), *asked).value_or("none") : "unparsed";
  };
  EXPECT_EQ(allow("/orders"), "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
  // Its key is the one of the table behind it, so a row of the view can be put.
  EXPECT_EQ(allow("/open_orders"), "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
  EXPECT_EQ(allow("/rpc/add"), "OPTIONS,GET,HEAD,POST");
  EXPECT_EQ(allow("/rpc/pay"), "OPTIONS,POST");
  EXPECT_EQ(allow("/rpc/nothing"), "none");
}

TEST(ReadOnly, IsEverythingThatPromisesNotToWrite) {
  const auto read_only = [](Method method, std::string target, std::string body = {}) {
    auto asked =
        parse(request_of(method, std::move(target), std::move(body)), "/rest/v1", one_schema);
    const auto plan = to_plan(shop(), *asked, one_schema);
    return is_read_only(*asked, *plan);
  };
  EXPECT_TRUE(read_only(Method::get, "/orders"));
  EXPECT_FALSE(read_only(Method::del, "/orders"));
  EXPECT_TRUE(read_only(Method::post, "/rpc/stats", "{}"));
  EXPECT_FALSE(read_only(Method::post, "/rpc/pay", R"({"p_id":1})"));
  EXPECT_TRUE(read_only(Method::get, "/rpc/pay?p_id=1"));
}

}  // namespace
}  // namespace flash::rest
