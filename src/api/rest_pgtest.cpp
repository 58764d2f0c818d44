// tests/conformance/*.http on a real PostgreSQL without the server, and writes one by one.
#include <gtest/gtest.h>

#include <string>

#include "api/rest_rig.h"
#include "kit/scenario.h"

namespace flash::rest_rig {
namespace {

class Conformance : public testing::TestWithParam<const char*> {};

TEST_P(Conformance, EveryAnswerIsTheExpectedOne) {
  const std::string file = kit::source_file(text::cat("tests/conformance/", GetParam(), ".http"));
  for (const kit::Scenario& scenario : kit::scenarios(file)) {
    SCOPED_TRACE(scenario.request.target + " " + scenario.request.body);
    ASSERT_TRUE(shop().run(sql::statement("begin")));
    shop().holds_promises = true;
    const http::Response response = shop().ask(scenario.request);
    shop().holds_promises = false;
    ASSERT_TRUE(shop().run(sql::statement("rollback")));
    EXPECT_EQ(response.status, scenario.status) << response.body.bytes();
    for (const auto& [name, value] : scenario.headers)
      EXPECT_EQ(response.headers.value_or(name, "(absent)"), value) << name;
    if (scenario.request.method != Method::head) expect_body(response.body.bytes(), scenario.body);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Conformance,
                         testing::Values("aggregates", "bodies", "calls", "columns", "computed",
                                         "embeds", "errors", "filters", "media", "order", "pages",
                                         "prefer"),
                         [](const auto& name) { return std::string(name.param); });

TEST(Pages, APlannedCountIsThePlanners) {
  http::Request request = get("/orders?select=id");
  request.headers.add("Prefer", "count=planned");
  const http::Response response = shop().ask(request);
  const std::string range(response.headers.value_or("Content-Range", ""));
  ASSERT_TRUE(range.starts_with("0-2/")) << range;
  EXPECT_TRUE(text::parse_int<int>(std::string_view(range).substr(4))) << range;
  EXPECT_EQ(response.headers.value_or("Preference-Applied", ""), "count=planned");
}

// Each test of a write undoes it, so that the others find the shop as it was made.
class Writes : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(shop().run(sql::statement("begin"))); }
  void TearDown() override { EXPECT_TRUE(shop().run(sql::statement("rollback"))); }
};

TEST_F(Writes, InsertGivesBackWhatItMade) {
  const auto response =
      shop().ask(send(Method::post, "/orders?select=id,total,status,customers(name)",
                      R"({"customer_id":3,"total":12.5})"));
  EXPECT_EQ(response.status, 201U);
  expect_same_json(response.body.bytes(),
                   R"([{"id":100,"total":12.5,"status":"open","customers":{"name":"Cy"}}])");
  EXPECT_EQ(response.headers.value_or("Content-Range", ""), "*/*");
}

TEST_F(Writes, InsertOfSeveralRowsInOneStatement) {
  const auto response = shop().ask(send(
      Method::post, "/tags?columns=%22id%22,%22label%22&select=id",
      R"([{"id":10,"label":"a"},{"label":"b","id":11}])", "return=representation, count=exact"));
  EXPECT_EQ(response.status, 201U);
  expect_same_json(response.body.bytes(), R"([{"id":10},{"id":11}])");
  EXPECT_EQ(response.headers.value_or("Content-Range", ""), "*/2");
}

TEST_F(Writes, InsertWithoutRepresentationHasNoBody) {
  const auto minimal = shop().ask(send(Method::post, "/tags", R"({"id":10,"label":"a"})", ""));
  EXPECT_EQ(minimal.status, 201U);
  EXPECT_EQ(minimal.body.bytes(), "");
  const auto located = shop().ask(send(
      Method::post, "/lines", R"({"order_id":3,"line":1,"product":"a b"})", "return=headers-only"));
  EXPECT_EQ(located.status, 201U);
  EXPECT_EQ(located.headers.value_or("Location", ""), "/lines?order_id=eq.3&line=eq.1");
  EXPECT_EQ(located.headers.value_or("Preference-Applied", ""), "return=headers-only");
}

TEST_F(Writes, InsertOfNothing) {
  const auto none = shop().ask(send(Method::post, "/tags", "[]"));
  EXPECT_EQ(none.status, 201U);
  expect_same_json(none.body.bytes(), "[]");
}

TEST_F(Writes, AnAbsentColumnIsNullUnlessItsDefaultIsAskedFor) {
  const char* body = R"([{"customer_id":3}])";
  const auto as_null =
      shop().ask(send(Method::post, "/orders?columns=customer_id,note,total", body));
  EXPECT_EQ(as_null.status, 400U);  // total may not be null
  EXPECT_TRUE(as_null.body.bytes().contains("23502")) << as_null.body.bytes();
  ASSERT_TRUE(shop().run(sql::statement("rollback")));
  ASSERT_TRUE(shop().run(sql::statement("begin")));
  const auto as_default =
      shop().ask(send(Method::post, "/orders?columns=customer_id,note,total&select=total", body,
                      "return=representation, missing=default"));
  EXPECT_EQ(as_default.status, 201U) << as_default.body.bytes();
  expect_same_json(as_default.body.bytes(), R"([{"total":0.00}])");
}

TEST_F(Writes, UpsertMergesAndTellsWhetherItInserted) {
  const auto merged = shop().ask(send(Method::post, "/tags", R"([{"id":1,"label":"now"}])",
                                      "resolution=merge-duplicates, return=representation"));
  EXPECT_EQ(merged.status, 200U) << merged.body.bytes();
  expect_same_json(merged.body.bytes(), R"([{"id":1,"label":"now"}])");
  EXPECT_EQ(merged.headers.value_or("Preference-Applied", ""),
            "resolution=merge-duplicates, return=representation");
}

TEST_F(Writes, UpsertOfSomethingNewIsCreated) {
  const auto mixed =
      shop().ask(send(Method::post, "/tags", R"([{"id":1,"label":"now"},{"id":50,"label":"new"}])",
                      "resolution=merge-duplicates, return=representation"));
  EXPECT_EQ(mixed.status, 201U) << mixed.body.bytes();
  const auto by_key = shop().ask(send(Method::post, "/customers?on_conflict=email&select=id,name",
                                      R"({"id":1,"email":"ada@example.test","name":"Ada L"})",
                                      "resolution=merge-duplicates, return=representation"));
  expect_same_json(by_key.body.bytes(), R"([{"id":1,"name":"Ada L"}])");
}

TEST_F(Writes, UpsertThatIgnoresLeavesTheRow) {
  const auto ignored = shop().ask(send(Method::post, "/tags", R"([{"id":1,"label":"now"}])",
                                       "resolution=ignore-duplicates, return=representation"));
  EXPECT_EQ(ignored.status, 201U);
  expect_same_json(ignored.body.bytes(), "[]");
  EXPECT_EQ(shop().one(sql::statement("select label from tags where id = 1")), "urgent");
}

TEST_F(Writes, UpdateChangesWhatTheFilterChose) {
  const auto response = shop().ask(
      send(Method::patch,
           "/orders?customer_id=eq.1&select=id,note,lines(product)&order=id&lines.order=line",
           R"({"note":"changed"})"));
  EXPECT_EQ(response.status, 200U) << response.body.bytes();
  expect_same_json(response.body.bytes(),
                   R"([{"id":1,"note":"changed","lines":[{"product":"chair"}]},
    {"id":2,"note":"changed","lines":[{"product":"table"},{"product":"lamp"}]}])");
  EXPECT_EQ(response.headers.value_or("Content-Range", ""), "0-1/*");
  EXPECT_EQ(shop().one(sql::statement("select count(*) from orders where note = 'changed'")), "2");
}

TEST_F(Writes, UpdateOfNothing) {
  const auto no_row = shop().ask(send(Method::patch, "/orders?id=eq.77", R"({"note":"x"})"));
  EXPECT_EQ(no_row.status, 200U);
  expect_same_json(no_row.body.bytes(), "[]");
  const auto no_column = shop().ask(send(Method::patch, "/orders?id=eq.1", "{}", ""));
  EXPECT_EQ(no_column.status, 204U);
  EXPECT_EQ(no_column.headers.value_or("Content-Range", ""), "*/*");
}

TEST_F(Writes, ASingleObjectOfAnUpdate) {
  http::Request one = send(Method::patch, "/orders?id=eq.1&select=id", R"({"note":"x"})");
  one.headers.add("Accept", "application/vnd.pgrst.object+json");
  const auto response = shop().ask(one);
  EXPECT_EQ(response.status, 200U);
  expect_same_json(response.body.bytes(), R"({"id":1})");
}

TEST_F(Writes, MoreThanTheOneObjectIsUndone) {
  http::Request many = send(Method::patch, "/orders?customer_id=eq.1", R"({"note":"x"})");
  many.headers.add("Accept", "application/vnd.pgrst.object+json");
  ASSERT_TRUE(shop().run(sql::statement("savepoint before")));
  const auto response = shop().ask(many);
  EXPECT_EQ(response.status, 406U);
  EXPECT_TRUE(response.body.bytes().contains("The result contains 2 rows"))
      << response.body.bytes();
  ASSERT_TRUE(
      shop().run(sql::statement("rollback to before")));  // fails unless the statement failed too
  EXPECT_EQ(shop().one(sql::statement("select count(*) from orders where note = 'x'")), "0");
}

TEST_F(Writes, MaxAffectedIsALimitUnderStrictHandlingOnly) {
  const auto lenient = shop().ask(
      send(Method::patch, "/orders?customer_id=eq.1", R"({"note":"x"})", "max-affected=1"));
  EXPECT_EQ(lenient.status, 204U);
  const auto at_limit =
      shop().ask(send(Method::del, "/lines?order_id=eq.2", "", "handling=strict, max-affected=2"));
  EXPECT_EQ(at_limit.status, 204U) << at_limit.body.bytes();
  const auto over = shop().ask(send(Method::patch, "/orders?customer_id=eq.1", R"({"note":"x"})",
                                    "handling=strict, max-affected=1"));
  EXPECT_EQ(over.status, 400U);
  EXPECT_TRUE(over.body.bytes().contains("PGRST124")) << over.body.bytes();
}

TEST_F(Writes, DeleteGivesBackWhatItTook) {
  const auto response =
      shop().ask(send(Method::del, "/lines?order_id=eq.2&select=product&order=line", ""));
  EXPECT_EQ(response.status, 200U);
  expect_same_json(response.body.bytes(), R"([{"product":"table"},{"product":"lamp"}])");
  EXPECT_EQ(shop().one(sql::statement("select count(*) from lines")), "2");
}

TEST_F(Writes, PutReplacesOneRowByItsKey) {
  const auto made =
      shop().ask(send(Method::put, "/tags?id=eq.60", R"({"id":60,"label":"made"})", ""));
  EXPECT_EQ(made.status, 201U) << made.body.bytes();
  const auto changed =
      shop().ask(send(Method::put, "/tags?id=eq.1", R"({"id":1,"label":"changed"})"));
  EXPECT_EQ(changed.status, 200U);
  expect_same_json(changed.body.bytes(), R"([{"id":1,"label":"changed"}])");
}

TEST_F(Writes, AFunctionMayWrite) {
  const auto response =
      shop().ask(send(Method::post, "/rpc/pay?select=id,status", R"({"p_id":2})", ""));
  EXPECT_EQ(response.status, 200U);
  expect_same_json(response.body.bytes(), R"({"id":2,"status":"paid"})");
}

}  // namespace
}  // namespace flash::rest_rig
