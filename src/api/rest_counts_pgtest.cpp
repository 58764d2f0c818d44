// What counts cost, and what they may tell of rows that the caller does not see.
#include <gtest/gtest.h>

#include "api/rest_rig.h"

namespace flash::rest_rig {
namespace {

// 1,000 rows of others, three of ours; whoever is no superuser sees ours alone.
Shop& guarded() {
  static Shop made(R"(
    create table public.hidden (id int primary key, owner text not null, tag_id int references tags);
    insert into public.hidden select n, 'them', 1 from generate_series(1, 1000) n;
    insert into public.hidden values (2001, 'us', 1), (2002, 'us', 1), (2003, 'us', null);
    alter table public.hidden enable row level security;
    create policy ours on public.hidden using (owner = 'us');
    create view public.shown with (security_invoker = true) as select * from public.hidden;
    grant select on public.hidden, public.shown, public.tags to pg_monitor;
    analyze public.hidden, public.tags;)");
  return made;
}

class Counts : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(guarded().run(sql::statement("begin")));
    ASSERT_TRUE(guarded().run(sql::statement("set local role pg_monitor")));
  }
  void TearDown() override { EXPECT_TRUE(guarded().run(sql::statement("rollback"))); }

  static http::Response ask(std::string target, std::string_view count, rest::Dialect spoken) {
    http::Request request = get(std::move(target));
    request.headers.add("Prefer", text::cat("count=", count));
    return guarded().ask(std::move(request), spoken);
  }
  static std::string range(std::string target, std::string_view count,
                           rest::Dialect spoken = dialect) {
    return std::string(
        ask(std::move(target), count, spoken).headers.value_or("Content-Range", "(none)"));
  }
};

TEST_F(Counts, EstimatesTellNothingOfRowsThatOthersHave) {
  for (const std::string table : {"/hidden", "/shown"})
    for (const char* count : {"planned", "estimated"}) {
      SCOPED_TRACE(table + " " + count);
      EXPECT_EQ(range(table + "?select=id", count), "0-2/3");
      EXPECT_EQ(range(table + "?select=id&owner=eq.them", count), "*/0") << "there are 1,000";
      EXPECT_EQ(range(table + "?select=id&id=lt.500", count), "*/0");
    }
}

// Rows of a table that hides none, but as many as another does that hides some.
TEST_F(Counts, EstimatesOfJoinsLookAtEveryTable) {
  EXPECT_EQ(range("/tags?select=id,hidden!inner(id)&hidden.owner=eq.them", "planned"), "*/0");
  EXPECT_EQ(range("/tags?select=id,hidden!inner(id)", "planned"), "0-0/1");
}

TEST_F(Counts, TheSettingGivesThePlannersGuessAsPostgrestDoes) {
  rest::Dialect trusting = dialect;
  trusting.planner_counts = true;
  const std::string all = range("/hidden?select=id&owner=eq.them", "planned", trusting);
  EXPECT_NE(all, "*/0") << "this is the leak";
  EXPECT_TRUE(range("/tags?select=id", "planned").starts_with("0-2/")) << "hides nothing";
}

TEST_F(Counts, AnExactCountOfTooManyRowsIsRefused) {
  rest::Dialect bounded = dialect;
  bounded.count_rows_max = 3;
  EXPECT_EQ(range("/hidden?select=id", "exact", bounded), "0-2/3") << "at the limit";
  EXPECT_EQ(range("/tags?select=id", "exact", bounded), "0-2/3");
  bounded.count_rows_max = 2;
  const http::Response refused = ask("/hidden?select=id", "exact", bounded);
  EXPECT_EQ(refused.status, 400U);
  expect_error(refused.body.bytes(), "FLASH001 Too many rows to be counted exactly");
  EXPECT_EQ(ask("/hidden?select=id&limit=1", "none", bounded).status, 200U) << "no count, no cost";
  EXPECT_EQ(range("/hidden?select=id&id=eq.2001", "exact", bounded), "0-0/1");
  bounded.count_rows_max = 0;
  EXPECT_EQ(range("/hidden?select=id", "exact", bounded), "0-2/3") << "no limit";
}

TEST_F(Counts, AnEstimateOfTooManyRowsStopsThere) {
  rest::Dialect bounded = dialect;
  bounded.rows_max = 1;
  bounded.count_rows_max = 1;
  EXPECT_EQ(range("/hidden?select=id", "estimated", bounded), "0-0/2") << "more than one";
  EXPECT_EQ(range("/hidden?select=id", "planned", bounded), "0-0/2");
}

}  // namespace
}  // namespace flash::rest_rig
