#include "leads/assign.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "leads/test_places.h"

namespace flash::leads {
namespace {

constexpr int surrey = 3, kingston = 5, saint_andrew = 6, saint_ann = 7, jamaica = 2, curacao = 12,
              willemstad = 13;

Rep rep(std::string id, std::vector<int> nodes) {
  Rep out;
  out.name = "Rep " + id;
  out.id = std::move(id);
  out.nodes = std::move(nodes);
  out.languages = {"en"};
  return out;
}

Question lead_in(int territory) {
  Question out;
  out.territory = territory;
  out.business_type = "retail";
  return out;
}

Assignment ask(const Question& question, const std::vector<Rep>& reps) {
  return assign(question, reps, test_places());
}

TEST(Assign, TheLowerLoadBucketComesFirst) {
  auto a = rep("a", {jamaica});
  auto b = rep("b", {jamaica});
  a.load = 16;
  b.load = 12;
  auto result = ask(lead_in(kingston), {a, b});
  EXPECT_EQ(result.owner, "b");
  EXPECT_EQ(result.priority, 40);
  EXPECT_DOUBLE_EQ(result.confidence, 0.8);
}

TEST(Assign, TheReasonNamesWhatDecided) {
  auto a = rep("a", {jamaica});
  auto b = rep("b", {jamaica});
  a.load = 16;
  b.load = 11;
  EXPECT_EQ(ask(lead_in(kingston), {a, b}).reason,
            "Rule 40 Territory (least loaded): Rep b 11/20, Rep a 16/20. Rep b is in the lower "
            "load bucket.");
  b.load = 16;
  b.won = 5;
  b.closed = 6;
  EXPECT_EQ(ask(lead_in(kingston), {a, b}).reason,
            "Rule 40 Territory (least loaded): Rep b 16/20, Rep a 16/20. Rep b closes the larger "
            "share of deals.");
  b.won = b.closed = 0;
  a.last_assigned = 5;
  EXPECT_EQ(ask(lead_in(kingston), {a, b}).reason,
            "Rule 40 Territory (least loaded): Rep b 16/20, Rep a 16/20. Rep b was assigned a lead "
            "longest ago.");
  EXPECT_EQ(
      ask(lead_in(kingston), {a}).reason,
      "Rule 40 Territory (least loaded): Rep a 16/20. Rep a is the only one who can take it.");
}

TEST(Assign, NobodyFullOrAbsentIsChosen) {
  auto full = rep("a", {jamaica});
  full.load = full.capacity;
  auto absent = rep("b", {jamaica});
  absent.absent = true;
  const auto result = ask(lead_in(kingston), {full, absent});
  EXPECT_EQ(result.owner, "");
  EXPECT_EQ(result.kind, RuleKind::queue);
  EXPECT_EQ(result.priority, 99);
  EXPECT_EQ(result.reason,
            "Rule 99 Queue: nobody can take it: Rep a 20/20 is full, Rep b 0/20 is out of office.");
}

TEST(Assign, AReturningCustomerGoesToHisOwner) {
  auto busy = rep("a", {jamaica});
  busy.load = 19;
  auto question = lead_in(kingston);
  question.previous_owner = "a";
  EXPECT_EQ(ask(question, {busy, rep("b", {jamaica})}).priority, 10);
  EXPECT_EQ(ask(question, {busy, rep("b", {jamaica})}).owner, "a");
  busy.load = 20;
  EXPECT_EQ(ask(question, {busy, rep("b", {jamaica})}).owner, "b");
}

TEST(Assign, HighValueGoesToTheBestCloser) {
  auto closer = rep("a", {jamaica});
  closer.won = 6;
  closer.closed = 12;
  closer.load = 15;
  auto lucky = rep("b", {jamaica});
  lucky.won = 3;
  lucky.closed = 3;  // too few to tell
  auto question = lead_in(kingston);
  question.value_usd = 50'000;
  EXPECT_EQ(ask(question, {closer, lucky}).owner, "a");
  EXPECT_EQ(ask(question, {closer, lucky}).priority, 20);
  question.value_usd = 49'999.99;
  EXPECT_EQ(ask(question, {closer, lucky}).priority, 40);
  question.value_usd.reset();
  EXPECT_EQ(ask(question, {closer, lucky}).priority, 40);
  closer.won = 1;  // 1 of 12 is below 0.15
  question.value_usd = 80'000;
  EXPECT_EQ(ask(question, {closer, lucky}).priority, 40);
}

TEST(Assign, SpecialistsWhereTheTerritoryAsksForThem) {
  auto specialist = rep("b", {jamaica});
  specialist.specialities = {"healthcare"};
  specialist.load = 10;
  auto question = lead_in(kingston);
  question.business_type = "healthcare";
  EXPECT_EQ(ask(question, {rep("a", {jamaica}), specialist}).owner, "b");
  EXPECT_EQ(ask(question, {rep("a", {jamaica}), specialist}).priority, 30);
  question.territory = saint_ann;  // not marked there
  EXPECT_EQ(ask(question, {rep("a", {jamaica}), specialist}).owner, "a");
}

TEST(Assign, NeighboursThenRegionThenCountry) {
  const auto andrew = rep("a", {saint_andrew});
  const auto ann = rep("b", {saint_ann});
  EXPECT_EQ(ask(lead_in(kingston), {andrew, ann}).priority, 50);
  EXPECT_EQ(ask(lead_in(kingston), {andrew, ann}).owner, "a");
  EXPECT_EQ(ask(lead_in(kingston), {ann}).priority, 60);
  EXPECT_EQ(ask(lead_in(kingston), {ann}).owner, "b");
  EXPECT_DOUBLE_EQ(ask(lead_in(kingston), {ann}).confidence, 0.5);
  EXPECT_EQ(ask(lead_in(jamaica), {ann}).priority, 60)
      << "a country node is covered by nobody below it";
  EXPECT_EQ(ask(lead_in(curacao), {ann}).priority, 99) << "another country is never asked";
  EXPECT_EQ(ask(lead_in(surrey), {andrew}).priority, 60);
}

TEST(Assign, RoundRobinGoesByTheTurnInTheTerritory) {
  auto a = rep("a", {curacao});
  auto b = rep("b", {curacao});
  a.turns[willemstad] = 10;
  b.turns[willemstad] = 20;
  b.load = 0;
  a.load = 15;
  EXPECT_EQ(ask(lead_in(willemstad), {a, b}).owner, "a") << "load does not matter";
  a.turns[willemstad] = 30;
  EXPECT_EQ(ask(lead_in(willemstad), {a, b}).owner, "b");
  EXPECT_EQ(ask(lead_in(curacao), {a, b}).owner, "a") << "turns of another territory do not count";
}

TEST(Assign, SpeakersOfTheLanguageFormTheFirstGroup) {
  auto dutch = rep("b", {curacao});
  dutch.languages = {"nl", "pap"};
  dutch.turns[willemstad] = 99;
  auto question = lead_in(willemstad);
  question.language = "pap";
  EXPECT_EQ(ask(question, {rep("a", {curacao}), dutch}).owner, "b");
  question.language = "fr";
  EXPECT_EQ(ask(question, {rep("a", {curacao}), dutch}).owner, "a")
      << "nobody speaks it: all are asked";
}

TEST(Assign, HeldOutsideWorkingHours) {
  auto question = lead_in(kingston);
  question.held = true;
  const auto result = ask(question, {rep("a", {jamaica})});
  EXPECT_EQ(result.owner, "");
  EXPECT_EQ(result.candidates.size(), 1U) << "who could have taken it is still told";
}

TEST(Assign, ConfidenceGrowsWithExperience) {
  auto a = rep("a", {jamaica});
  a.handled["retail"] = 5;
  EXPECT_DOUBLE_EQ(ask(lead_in(kingston), {a}).confidence, 0.9);
  a.handled["retail"] = 50;
  EXPECT_DOUBLE_EQ(ask(lead_in(kingston), {a}).confidence, 1.0);
}

Candidate any_candidate(std::mt19937& random) {
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  Candidate out;
  out.id = std::string(1, static_cast<char>('a' + below(4)));
  out.capacity = 1 + below(4) * 10;
  out.load = below(out.capacity);
  out.closed = below(4) * 5;
  out.won = below(out.closed + 1);
  if (below(3) > 0) out.last_assigned = below(3);
  if (below(3) > 0) out.turn = below(3);
  return out;
}

TEST(Assign, TheOrdersAreStrictAndWeak) {
  std::mt19937 random(1);
  for (auto* order : {&less_loaded, &earlier_turn, &higher_conversion}) {
    for (int i = 0; i < 50'000; ++i) {
      const auto a = any_candidate(random), b = any_candidate(random), c = any_candidate(random);
      ASSERT_FALSE(order(a, a));
      ASSERT_FALSE(order(a, b) && order(b, a));
      if (order(a, b) && order(b, c)) ASSERT_TRUE(order(a, c));
      const auto tied = [&](const Candidate& x, const Candidate& y) {
        return !order(x, y) && !order(y, x);
      };
      if (tied(a, b) && tied(b, c)) ASSERT_TRUE(tied(a, c));
    }
  }
}

// What was stored explains the choice: replayed, it gives the same owner.
TEST(Assign, ReplayGivesTheSameAnswer) {
  std::mt19937 random(2);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  const std::vector<int> nodes{1, 2, 3, 4, 5, 6, 7, 12, 13};
  int queued = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::vector<Rep> reps;
    for (int r = 0; r < 6; ++r) {
      auto one = rep(std::string(1, static_cast<char>('a' + r)),
                     {nodes[static_cast<std::size_t>(below(9))]});
      one.capacity = 5 + below(20);
      one.load = below(one.capacity + 2);
      one.closed = below(30);
      one.won = below(one.closed + 1);
      one.absent = below(6) == 0;
      if (below(2) == 0) one.languages = {"nl"};
      if (below(2) == 0) one.specialities = {"healthcare"};
      if (below(2) == 0) one.last_assigned = below(5);
      if (below(2) == 0) one.turns[willemstad] = below(5);
      reps.push_back(std::move(one));
    }
    auto question = lead_in(nodes[static_cast<std::size_t>(below(9))]);
    if (below(3) == 0) question.language = "nl";
    if (below(3) == 0) question.business_type = "healthcare";
    if (below(3) == 0) question.value_usd = 60'000;
    if (below(4) == 0) question.previous_owner = "a";
    const auto result = ask(question, reps);
    const auto again = replay(candidates_json(result), result.priority, to_text(result.kind),
                              to_text(result.strategy));
    ASSERT_TRUE(again);
    ASSERT_EQ(*again, result.owner) << result.reason;
    if (result.owner.empty()) ++queued;
    ASSERT_LE(result.reason.size(), 1000U);
    ASSERT_EQ(ask(question, reps).owner, result.owner);
  }
  EXPECT_GT(queued, 0);
  EXPECT_LT(queued, 2'000);
}

TEST(Assign, AThousandLeadsSpreadEvenlyAmongEqualReps) {
  for (const int territory : {kingston, willemstad}) {
    std::vector<Rep> reps;
    for (char id = 'a'; id < 'h'; ++id) {
      reps.push_back(rep(std::string(1, id), {territory}));
      reps.back().capacity = 1000;
    }
    for (int i = 0; i < 1'000; ++i) {
      const auto result = ask(lead_in(territory), reps);
      ASSERT_FALSE(result.owner.empty());
      auto& owner = *std::ranges::find(reps, result.owner, &Rep::id);
      ++owner.load;
      owner.last_assigned = owner.turns[territory] = i;
    }
    const auto [least, most] = std::ranges::minmax(reps, {}, &Rep::load);
    EXPECT_LE(most.load - least.load, 1);
  }
}

TEST(Replay, RefusesWhatItDidNotWrite) {
  EXPECT_FALSE(replay("{", 40, "territory", "least_loaded"));
  EXPECT_FALSE(replay("{}", 40, "territory", "least_loaded"));
  EXPECT_FALSE(replay("[1]", 40, "territory", "least_loaded"));
  EXPECT_FALSE(replay("[]", 40, "coin", "least_loaded"));
}

}  // namespace
}  // namespace flash::leads
