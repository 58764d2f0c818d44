#include "api/plan_cache.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "http/url.h"
#include "kit/golden.h"
#include "rest/to_plan.h"

namespace flash::api {
namespace {

std::shared_ptr<const catalog::Catalog> shop() {
  auto parsed = catalog::parse(kit::source_file("tests/fixtures/catalog/shop.json"));
  return parsed ? *parsed : std::make_shared<const catalog::Catalog>();
}

const std::vector<std::string> schemas{"public"};
const rest::Dialect dialect{.schemas = schemas, .rows_max = 100, .aggregates = true};

http::Request get(std::string target, http::Headers headers = {}) {
  http::Request out;
  out.target = "/rest/v1" + std::move(target);
  out.headers = std::move(headers);
  return out;
}

class PlanCacheTest : public testing::Test {
 protected:
  Job job(PlanCache& cache, const http::Request& request) {
    auto made = cache.job_of(catalog_, request, dialect);
    EXPECT_TRUE(made) << request.target << ": " << (made ? "" : made.error().message);
    return made ? *std::move(made) : Job{};
  }
  // What a cache that knows nothing gives.
  Job fresh(const http::Request& request) {
    PlanCache empty;
    return job(empty, request);
  }
  static std::string query_of(const Job& job) {
    return job.canonical_query.value_or(job.prepared->asked.canonical_query);
  }
  std::shared_ptr<const catalog::Catalog> catalog_ = shop();
};

TEST_F(PlanCacheTest, a_read_that_came_twice_is_planned_no_more) {
  PlanCache cache;
  const auto request = get("/orders?select=id,note&id=eq.1");
  job(cache, request);
  EXPECT_EQ(cache.size(), 0U);
  job(cache, request);
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(job(cache, request).prepared,
            job(cache, get("/orders?select=id,note&id=eq.2")).prepared);
}

TEST_F(PlanCacheTest, any_value_gives_the_statement_that_planning_anew_gives) {
  const std::vector<std::string> values{"1",
                                        "",
                                        "null",
                                        "a,b",
                                        "(1)",
                                        "{1,2}",
                                        "*",
                                        "%",
                                        "\"q\"",
                                        "it's",
                                        "$1",
                                        "eq.1",
                                        "not.eq.1",
                                        "true",
                                        "\xC3\xA9",
                                        std::string(1024, 'x'),
                                        std::string(1025, 'x')};
  for (const std::string shape :
       {"/orders?id=eq.", "/orders?select=*&note=neq.", "/orders?id=gt.1&id=lte.",
        "/orders?order=id&limit=3&note=eq.x&note=gte."}) {
    PlanCache cache;
    job(cache, get(shape + "7"));
    job(cache, get(shape + "7"));
    ASSERT_EQ(cache.size(), 1U) << shape;
    for (const std::string& value : values) {
      SCOPED_TRACE(shape + value);
      const auto request = get(shape + http::percent_encode(value));
      const Job warm = job(cache, request), cold = fresh(request);
      EXPECT_EQ(warm.statements.main.text, cold.statements.main.text);
      EXPECT_EQ(warm.statements.main.params, cold.statements.main.params);
      EXPECT_EQ(query_of(warm), query_of(cold));
    }
  }
}

TEST_F(PlanCacheTest, what_steers_an_answer_keeps_two_reads_apart) {
  PlanCache cache;
  const std::vector<http::Request> requests{
      get("/orders?id=eq.1"),
      get("/orders?id=eq.1", {{"accept", "application/vnd.pgrst.object+json"}}),
      get("/orders?id=eq.1", {{"Prefer", "count=exact"}}),
      get("/orders?id=eq.1", {{"Range", "0-1"}}),
      get("/orders?id=neq.1"),
      get("/orders?id=eq.1&limit=1"),
  };
  for (int round = 0; round < 3; ++round)
    for (const auto& request : requests) {
      const Job warm = job(cache, request), cold = fresh(request);
      EXPECT_EQ(warm.statements.main.text, cold.statements.main.text);
      EXPECT_EQ(warm.statements.main.params, cold.statements.main.params);
      EXPECT_EQ(warm.prepared->plan.form, cold.prepared->plan.form);
      EXPECT_EQ(warm.prepared->plan.count, cold.prepared->plan.count);
    }
  EXPECT_EQ(cache.size(), requests.size());
}

TEST_F(PlanCacheTest, another_catalog_and_other_methods_find_nothing) {
  PlanCache cache;
  const auto request = get("/orders?id=eq.1");
  const auto first = (job(cache, request), job(cache, request), job(cache, request).prepared);
  catalog_ = shop();
  EXPECT_NE(job(cache, request).prepared, first);
  auto removal = request;
  removal.method = http::Method::del;
  EXPECT_FALSE(job(cache, removal).prepared->asked.is_read());
}

TEST_F(PlanCacheTest, holds_a_bounded_number_of_plans) {
  PlanCache cache;
  for (int i = 0; i < 1500; ++i)
    for (int twice = 0; twice < 2; ++twice) job(cache, get("/orders?limit=" + std::to_string(i)));
  EXPECT_LE(cache.size(), 1024U);
  EXPECT_GT(cache.size(), 0U);
}

}  // namespace
}  // namespace flash::api
