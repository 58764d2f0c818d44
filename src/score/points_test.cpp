#include "score/points.h"

#include <gtest/gtest.h>

#include <random>

#include "json/read.h"
#include "json/value.h"
#include "score/report.h"

namespace flash::score {
namespace {

const std::vector<std::string> pain_keys{
    "high_fees",    "slow_processing",   "international_payments",
    "poor_support", "security_concerns", "reporting",
    "integration",  "equipment"};
const std::vector<std::string> revenues{"", "0-10k", "10k-50k", "50k-100k", "100k-250k", "250k+"};
const std::vector<std::string> staffs{"", "1-5", "6-20", "21-50", "51-100", "100+"};
const std::vector<std::string> types{"restaurant", "retail",     "hospitality",
                                     "healthcare", "automotive", "other"};

std::vector<std::string> first_pains(std::size_t count) {
  return {pain_keys.begin(), pain_keys.begin() + static_cast<std::ptrdiff_t>(count)};
}

Facts lead_a() {
  return {"50k-100k", "21-50", 8, 500, first_pains(3), true, false, true, 6, "other"};
}
Facts lead_d() {
  return {"250k+", "100+", 10, 5000, first_pains(5), true, true, true, 40, "other"};
}
Facts lead_f() {
  return {"10k-50k", "6-20", 7, 200, first_pains(2), true, false, true, 3, "other"};
}

// The vectors of lead-pipeline 4.3.
TEST(Points, AgreesWithTheSpecification) {
  struct Case {
    const char* name;
    Facts facts;
    int percent, score, adjustment;
  };
  Facts restaurant = lead_a();
  restaurant.business_type = "restaurant";
  const Case cases[] = {
      {"A", lead_a(), 100, 67, 0},
      {"A in a territory of 1.05", lead_a(), 105, 70, 3},
      {"A as a restaurant", restaurant, 100, 70, 3},
      {"B", {"0-10k", "1-5", 2, 20, {}, false, false, false, 0, "other"}, 100, 15, 0},
      {"C", {"", "", 10, std::nullopt, {}, false, false, false, std::nullopt, "other"}, 100, 20, 0},
      {"D", lead_d(), 100, 100, 0},
      {"D in a territory of 1.20", lead_d(), 120, 100, 0},
      {"E", {}, 100, 0, 0},
      {"F", lead_f(), 100, 51, 0},
      {"F in a territory of 0.80", lead_f(), 80, 41, -10},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Score score = points_v2(c.facts, c.percent);
    EXPECT_EQ(score.score, c.score);
    EXPECT_EQ(score.adjustment, c.adjustment);
  }
}

TEST(Points, BandsBeginWhereTheyShould) {
  const std::pair<int, Band> cases[] = {{0, Band::cold},  {39, Band::cold}, {40, Band::cool},
                                        {59, Band::cool}, {60, Band::warm}, {79, Band::warm},
                                        {80, Band::hot},  {100, Band::hot}};
  for (const auto& [score, band] : cases) EXPECT_EQ(band_of(score), band) << score;
}

// The vectors of lead-pipeline 4.2, before rounding, in tenths and clamped at 100.
TEST(SeedBasic, AgreesWithTheSpecification) {
  struct Case {
    const char *revenue, *staff;
    int interest, tenths;
  };
  const Case cases[] = {{"", "", 1, 520},           {"", "", 10, 700},
                        {"0-10k", "1-5", 1, 665},   {"0-10k", "1-5", 5, 745},
                        {"10k-50k", "1-5", 1, 865}, {"10k-50k", "6-20", 5, 1000},
                        {"250k+", "100+", 1, 1000}};
  for (const auto& c : cases) {
    Facts facts;
    facts.revenue_band = c.revenue;
    facts.employee_band = c.staff;
    facts.interest = c.interest;
    SCOPED_TRACE(std::string(c.revenue) + " " + c.staff);
    EXPECT_EQ(std::min(seed_basic_v1_tenths(facts), 1000), c.tenths);
    EXPECT_EQ(seed_basic_v1(facts), std::min((c.tenths + 5) / 10, 100));
  }
}

class AnyLead {
 public:
  explicit AnyLead(unsigned seed) : random_(seed) {}
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  template <class T>
  const T& any_of(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  Facts next() {
    Facts facts;
    facts.revenue_band = any_of(revenues);
    facts.employee_band = any_of(staffs);
    if (below(4) > 0) facts.interest = 1 + below(10);
    if (below(4) > 0) facts.monthly_transactions = below(1500);
    for (const auto& pain : pain_keys)
      if (below(3) == 0) facts.pain_points.push_back(pain);
    facts.package_seen = below(2) == 0;
    facts.signed_up = below(2) == 0;
    facts.processor_named = below(2) == 0;
    if (below(4) > 0) facts.business_age = below(30);
    facts.business_type = any_of(types);
    return facts;
  }

 private:
  std::mt19937 random_;
};

int sum_of(const Score& score) {
  int sum = 0;
  for (const auto& factor : score.factors) sum += factor.points;
  return sum;
}

TEST(Points, FactorsAndAdjustmentAddUpToTheScore) {
  AnyLead any(20261122);
  for (int i = 0; i < 100'000; ++i) {
    const Score score = points_v2(any.next(), 80 + any.below(41));
    ASSERT_EQ(sum_of(score) + score.adjustment, score.score);
    ASSERT_GE(score.score, 0);
    ASSERT_LE(score.score, 100);
    for (const auto& factor : score.factors) {
      ASSERT_GE(factor.points, 0) << factor.field;
      ASSERT_LE(factor.points, factor.max) << factor.field;
      ASSERT_TRUE(factor.known || factor.points == 0) << factor.field;
    }
  }
}

TEST(Points, TheMaximaAddUpToAHundred) {
  int sum = 0;
  for (const auto& factor : points_v2({}).factors) sum += factor.max;
  EXPECT_EQ(sum, 100);
}

// Whatever becomes known, the sum does not fall, and neither does what we know.
TEST(Points, AddingAFactNeverLowersTheSum) {
  AnyLead any(7);
  for (int i = 0; i < 20'000; ++i) {
    const Facts full = any.next();
    const Score all = points_v2(full);
    for (int removed = 0; removed < 9; ++removed) {
      Facts less = full;
      if (removed == 0) less.revenue_band.clear();
      if (removed == 1) less.employee_band.clear();
      if (removed == 2) less.interest.reset();
      if (removed == 3) less.monthly_transactions.reset();
      if (removed == 4 && !less.pain_points.empty()) less.pain_points.pop_back();
      if (removed == 5) less.package_seen = false;
      if (removed == 6) less.signed_up = false;
      if (removed == 7) less.processor_named = false;
      if (removed == 8) less.business_age.reset();
      const Score fewer = points_v2(less);
      ASSERT_LE(sum_of(fewer), sum_of(all)) << removed;
      ASSERT_LE(fewer.completeness, all.completeness) << removed;
    }
  }
}

TEST(Points, ConfidenceIsThatOfARule) {
  EXPECT_DOUBLE_EQ(points_v2(lead_d()).confidence, 0.65);
  EXPECT_DOUBLE_EQ(points_v2(lead_d()).completeness, 1.0);
  EXPECT_DOUBLE_EQ(points_v2({}).confidence, 0.0);
}

TEST(Report, SaysWhatItKnowsAndNothingElse) {
  const auto at = *parse_rfc3339("2026-11-22T10:00:00Z");
  const auto result = json::parse_object(result_json(points_v2(lead_a(), 105), at));
  ASSERT_TRUE(result);
  EXPECT_EQ(json::int_or(*result, "score"), 70);
  EXPECT_EQ(json::text_or(*result, "band"), "warm");
  EXPECT_EQ(json::text_or(*result, "model"), "points-v2");
  EXPECT_EQ(json::int_or(*result, "adjustment"), 3);
  EXPECT_TRUE(result->at("predictedOutcome").is_null());
  EXPECT_TRUE(result->at("historicalComparison").is_null());
  std::int64_t sum = json::int_or(*result, "adjustment");
  for (const auto& factor : json::array_or_empty(*result, "factors"))
    sum += json::int_or(factor.as_object(), "points");
  EXPECT_EQ(sum, 70);
  EXPECT_EQ(json::array_or_empty(*result, "factors").size(), factor_count);
}

}  // namespace
}  // namespace flash::score
