#include "score/model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "json/value.h"
#include "score/beta.h"
#include "score/test_model.h"

namespace flash::score {
namespace {

json::Object features(std::string_view text) { return *json::parse_object(text); }

Model small() {
  auto out = Model::of(small_parts());
  EXPECT_TRUE(out) << out.error().message;
  return *std::move(out);
}

// Shapley values by their definition, over all subsets; unknown players count as in training.
double conditional(const Tree& tree, std::int32_t at, std::span<const float> x, unsigned known) {
  const TreeNode& node = tree[static_cast<std::size_t>(at)];
  if (node.left < 0) return static_cast<double>(node.value);
  if (((known >> node.column) & 1U) != 0) {
    const float value = x[node.column];
    const bool left = std::isnan(value) ? node.unknown_left : value < node.value;
    return conditional(tree, left ? node.left : node.right, x, known);
  }
  const auto cover = [&](std::int32_t child) {
    return static_cast<double>(tree[static_cast<std::size_t>(child)].cover / node.cover);
  };
  return cover(node.left) * conditional(tree, node.left, x, known) +
         cover(node.right) * conditional(tree, node.right, x, known);
}

double shapley(const Tree& tree, std::span<const float> x, unsigned player) {
  const auto players = static_cast<unsigned>(x.size());
  double sum = 0;
  for (unsigned subset = 0; subset < (1U << players); ++subset) {
    if (((subset >> player) & 1U) != 0) continue;
    const auto size = static_cast<double>(std::popcount(subset));
    const double weight =
        std::exp(std::lgamma(size + 1) + std::lgamma(players - size) - std::lgamma(players + 1.0));
    sum += weight *
           (conditional(tree, 0, x, subset | (1U << player)) - conditional(tree, 0, x, subset));
  }
  return sum;
}

TEST(Forest, SharesAreShapleyValuesByDefinition) {
  // Depth 4, with a column met twice and leaves at every level.
  const Tree deep{
      {1, 2, 0, false, 5, 40},     {3, 4, 1, true, 2, 22},       {-1, -1, 0, false, 0.9F, 18},
      {5, 6, 2, false, 1, 12},     {-1, -1, 0, false, -.4F, 10}, {7, 8, 0, true, 3, 7},
      {-1, -1, 0, false, 0.3F, 5}, {-1, -1, 0, false, -1, 4},    {-1, -1, 0, false, 0.2F, 3}};
  auto forest = Forest::of({deep, bent()}, 0.5F, 3);
  ASSERT_TRUE(forest) << forest.error().message;
  forest->prepare_shares();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const std::vector<float>& x : {std::vector<float>{2, 1, 0},
                                      {4, 1, 0},
                                      {4, 3, 2},
                                      {7, 0, 0},
                                      {10, nan, nan},
                                      {nan, 1, 0.5F},
                                      {nan, nan, nan}}) {
    std::vector<float> pairs(6);
    pair_up(x, pairs);
    std::vector<double> shares(3);
    forest->add_shares(pairs, 1, shares);
    double sum = forest->expected_margin();
    for (unsigned i = 0; i < 3; ++i) {
      EXPECT_NEAR(shares[i], shapley(deep, x, i) + shapley(bent(), x, i), 1e-6);
      sum += shares[i];
    }
    EXPECT_NEAR(sum, static_cast<double>(forest->margin(pairs)), 1e-6);
  }
}

TEST(Forest, RefusesWhatIsNoTree) {
  const auto refused = [](Tree tree) {
    const auto out = Forest::of({std::move(tree)}, 0, 2);
    return !out && out.error().code == "model_trees";
  };
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(refused({{0, 0, 0, false, 1, 1}}));                              // its own child
  EXPECT_TRUE(refused({{1, 1, 0, false, 1, 2}, {-1, -1, 0, false, 1, 1}}));    // one child twice
  EXPECT_TRUE(refused({{1, 5, 0, false, 1, 2}, {-1, -1, 0, false, 1, 1}}));    // beyond the end
  EXPECT_TRUE(refused({{-1, -1, 0, false, 1, 1}, {-1, -1, 0, false, 1, 1}}));  // nobody's child
  EXPECT_TRUE(refused({{-1, -1, 0, false, nan, 1}}));
  EXPECT_TRUE(refused({{-1, -1, 0, false, 1, 0}}));  // nothing came by
  EXPECT_TRUE(refused(stump(2, 1, 0, 1, false)));    // an unknown column
  Tree chain;
  for (std::int32_t level = 0; level < 5; ++level) {
    chain.push_back({2 * level + 1, 2 * level + 2, 0, false, 1, 9});
    chain.push_back({-1, -1, 0, false, 1, 1});
    std::swap(chain[chain.size() - 1], chain.back());
  }
  EXPECT_TRUE(refused(chain));
  EXPECT_FALSE(refused({{-1, -1, 0, false, 1, 1}}));
}

TEST(Model, FactorsAddUpToTheDistanceFromTheAverage) {
  const Model model = small();
  for (const char* text : {R"({"size":3,"source":"referral"})", R"({"size":9.5,"source":"cold"})",
                           R"({"source":"another"})", R"({})", R"({"size":"many","source":7})"}) {
    const auto x = columns_of(model.schema(), features(text));
    double effects = 0, margins = 0;
    for (const Share& share : model.shares(x)) {
      effects += share.effect_pp;
      margins += share.margin;
    }
    EXPECT_NEAR(effects, 100 * (model.probability(x) - model.average()), 1e-9) << text;
    EXPECT_NEAR(margins, model.margin(x) - margin_of(model.average()), 1e-5) << text;
  }
}

TEST(Model, TakesAnythingForAFact) {
  const Model model = small();
  const auto unknown = columns_of(model.schema(), features("{}"));
  EXPECT_TRUE(std::isnan(unknown[0]));
  EXPECT_EQ(unknown[1], 1);
  for (const char* text : {R"({"size":null})", R"({"size":"12"})", R"({"size":[1]})",
                           R"({"size":1e300})", R"({"source":{}})", R"({"source":""})"}) {
    const auto x = columns_of(model.schema(), features(text));
    EXPECT_EQ(model.probability(x), model.probability(unknown)) << text;
  }
  EXPECT_EQ(columns_of(model.schema(), features(R"({"size":true})"))[0], 1);
  for (const char* text : {R"({"size":-1e30})", R"({"size":1e30})"})
    EXPECT_TRUE(std::isfinite(model.probability(columns_of(model.schema(), features(text)))));
}

TEST(Model, ComparesWithTheNearestClosedLeads) {
  const Model model = small();
  const Similar high = model.similar(0.95), low = model.similar(0.1), middle = model.similar(0.61);
  EXPECT_EQ(high.count, 25U);
  EXPECT_EQ(high.won, 25U);
  EXPECT_EQ(low.won, 0U);
  EXPECT_GT(middle.won, 5U);
  EXPECT_LT(middle.won, 20U);
  EXPECT_FLOAT_EQ(high.cases.back().probability, 0.99F);
  EXPECT_FLOAT_EQ(low.cases.front().probability, 0.0F);
  EXPECT_LT(low.rate.low, 0.01);
  EXPECT_GT(high.rate.low, 0.9);
}

TEST(Model, ItsIntervalHoldsTheProbabilityAndTheBag) {
  const Model model = small();
  const auto x = columns_of(model.schema(), features(R"({"size":7,"source":"referral"})"));
  const double p = model.probability(x);
  const Interval interval = model.interval(x, p, model.similar(p));
  EXPECT_LT(interval.low, p);
  EXPECT_GT(interval.high, p);
  EXPECT_GE(interval.low, 0);
  EXPECT_LE(interval.high, 1);
  // Three members of the bag, 0.2 of log odds apart.
  EXPECT_GT(interval.high - interval.low, 2 * 0.03);
}

TEST(Model, BadgesSayOnlyWhatTheBoundsAllow) {
  const Model model = small();
  EXPECT_EQ(model.badge(0.2), Badge::unlikely);
  EXPECT_EQ(model.badge(0.5), Badge::undecided);
  EXPECT_EQ(model.badge(0.7), Badge::likely);
}

TEST(Model, RefusesPartsThatDoNotBelongTogether) {
  const auto refused = [](auto change) {
    Parts parts = small_parts();
    change(parts);
    const auto out = Model::of(std::move(parts));
    return !out && out.error().code == "model_parts";
  };
  EXPECT_TRUE(refused([](Parts& parts) { parts.members.clear(); }));
  EXPECT_TRUE(refused([](Parts& parts) { parts.members[0].weight = 0.5; }));
  EXPECT_TRUE(refused([](Parts& parts) { parts.members[0].weight = -1; }));
  EXPECT_TRUE(refused([](Parts& parts) { parts.slope = -1; }));
  EXPECT_TRUE(refused([](Parts& parts) { std::swap(parts.cases[0], parts.cases[9]); }));
  EXPECT_TRUE(refused([](Parts& parts) { parts.win_from = 2; }));
  EXPECT_TRUE(refused([](Parts& parts) { parts.hazard.emplace(); }));
}

TEST(Model, HazardsBecomeChancesThatGrowWithTime) {
  Parts parts = small_parts();
  Hazard hazard;
  hazard.ends_days = {10, 20, 40};
  const auto columns = static_cast<std::uint16_t>(parts.schema.columns);
  hazard.forest = *Forest::of({stump(columns, 1, 0.5F, -0.5F, false)}, -2, columns + 1U);
  hazard.times_are_good = true;
  parts.hazard = std::move(hazard);
  const Model model = *Model::of(std::move(parts));
  const auto x = columns_of(model.schema(), features("{}"));
  const double first = 1 / (1 + std::exp(1.5)), later = 1 / (1 + std::exp(2.5));
  EXPECT_NEAR(*model.won_within(x, 0, 10), first, 1e-6);
  EXPECT_NEAR(*model.won_within(x, 0, 5), first / 2, 1e-6);
  EXPECT_NEAR(*model.won_within(x, 0, 1000), 1 - (1 - first) * (1 - later) * (1 - later), 1e-6);
  EXPECT_NEAR(*model.won_within(x, 10, 10), later, 1e-6);
  EXPECT_EQ(*model.won_within(x, 500, 30), 0);
  const double median = *model.median_days(x, 0);
  EXPECT_NEAR(*model.won_within(x, 0, median), *model.won_within(x, 0, 40) / 2, 1e-6);
  EXPECT_FALSE(small().won_within(x, 0, 30));
}

TEST(Beta, HasTheKnownQuantiles) {
  EXPECT_NEAR(beta_below(2, 3, 0.4), 0.5248, 1e-9);        // 12 (x^2/2 - 2x^3/3 + x^4/4)
  EXPECT_NEAR(beta_below(0.5, 0.5, 0.25), 1.0 / 3, 1e-9);  // 2/pi asin(sqrt x)
  EXPECT_NEAR(beta_quantile(1, 1, 0.3), 0.3, 1e-8);
  for (const double p : {0.1, 0.5, 0.9})
    EXPECT_NEAR(beta_below(30.5, 120.5, beta_quantile(30.5, 120.5, p)), p, 1e-6);
  EXPECT_EQ(beta_below(2, 3, -1), 0);
  EXPECT_EQ(beta_below(2, 3, 2), 1);
}

}  // namespace
}  // namespace flash::score
