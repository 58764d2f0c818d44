// What a dashboard's question costs before PostgreSQL sees it: parsed, planned and rendered anew,
// and out of the plan cache. `./flash bench plan`.
#include <benchmark/benchmark.h>

#include "api/plan_cache.h"
#include "base/check.h"
#include "catalog/catalog.h"
#include "kit/golden.h"
#include "rest/dialect.h"
#include "rest/to_plan.h"

namespace flash::api {
namespace {

const std::vector<std::string> schemas{"public"};
const rest::Dialect dialect{.schemas = schemas, .rows_max = 1000};

std::shared_ptr<const catalog::Catalog> shop() {
  auto parsed = catalog::parse(kit::source_file("tests/fixtures/catalog/shop.json"));
  CHECK(parsed.has_value());
  return *parsed;
}

// A list with two filters, a related row and an order: `number` is its one changing value.
http::Request question(std::uint64_t number) {
  http::Request out;
  out.method = http::Method::get;
  out.target =
      "/rest/v1/orders?select=id,total,status,note,customer:customers!customer_id(id,name)"
      "&status=in.(open,paid)&total=gte." +
      std::to_string(number % 1000) + "&order=total.desc,id.desc&limit=20&offset=0";
  out.headers.add("Accept", "application/json");
  return out;
}

void cold(benchmark::State& state) {
  const auto catalog = shop();
  std::uint64_t number = 0;
  for (auto _ : state) {
    auto asked = rest::parse(question(++number), "/rest/v1", dialect);
    CHECK(asked.has_value());
    auto plan = rest::to_plan(*catalog, *asked, dialect);
    CHECK(plan.has_value());
    auto statements = render::render(*plan);
    benchmark::DoNotOptimize(statements);
  }
}
BENCHMARK(cold);

void warm(benchmark::State& state) {
  const auto catalog = shop();
  PlanCache cache;
  for (std::uint64_t i = 0; i < 3; ++i) CHECK(cache.job_of(catalog, question(i), dialect));
  std::uint64_t number = 0;
  for (auto _ : state) {
    auto job = cache.job_of(catalog, question(++number), dialect);
    CHECK(job.has_value());
    benchmark::DoNotOptimize(job);
  }
}
BENCHMARK(warm);

// What making the request itself costs, which both of the above hold.
void request_alone(benchmark::State& state) {
  std::uint64_t number = 0;
  for (auto _ : state) {
    auto request = question(++number);
    benchmark::DoNotOptimize(request);
  }
}
BENCHMARK(request_alone);

}  // namespace
}  // namespace flash::api

BENCHMARK_MAIN();
