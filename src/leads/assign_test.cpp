#include "leads/assign.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "json/value.h"
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
  return decide(case_of(question, reps, test_places()));
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
    question.facts["business_type"] = question.business_type;
    if (!question.language.empty()) question.facts["preferred_language"] = question.language;
    if (question.value_usd) question.facts["value_usd"] = *question.value_usd;
    if (below(4) == 0) question.previous_owner = "a";
    const auto from = case_of(question, reps, test_places());
    const auto result = decide(from);
    const auto again = Case::parse(*json::parse(inputs_json(from)), *json::parse(rules_json(from)),
                                   *json::parse(candidates_json(result)));
    ASSERT_TRUE(again) << again.error().message;
    const auto replayed = decide(*again);
    ASSERT_EQ(replayed.owner, result.owner) << result.reason;
    ASSERT_EQ(replayed.reason, result.reason);
    ASSERT_EQ(candidates_json(replayed), candidates_json(result));
    ASSERT_EQ(inputs_json(*again), inputs_json(from));
    ASSERT_EQ(rules_json(*again), rules_json(from));
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
  const auto code = [](const char* inputs, const char* rules,
                       const char* candidates) -> std::string {
    const auto from =
        Case::parse(*json::parse(inputs), *json::parse(rules), *json::parse(candidates));
    return from ? "" : from.error().code;
  };
  EXPECT_EQ(code("null", "null", "[]"), "no_inputs");
  EXPECT_EQ(code("[]", "[]", "[]"), "case_malformed");
  EXPECT_EQ(code("{}", "[]", "{}"), "case_malformed");
  EXPECT_EQ(code("{}", "[]", "[1]"), "case_malformed");
  EXPECT_EQ(code("{}", "null", "[]"), "case_malformed");
  EXPECT_EQ(code("{}", "[1]", "[]"), "case_malformed");
  EXPECT_EQ(code("{}", R"([{"priority":1,"kind":"coin","name":"x"}])", "[]"), "case_malformed");
  EXPECT_EQ(code("{}", "[]", "[]"), "");
}

// A territory with one rule written as JSON, beside the reps that are given.
Assignment with_rules(const char* rules, const Question& question, const std::vector<Rep>& reps,
                      int scope = 0) {
  const auto draft = draft_of(json::parse(rules)->as_array());
  EXPECT_TRUE(draft) << draft.error().path << draft.error().message;
  Case from = case_of(question, reps, test_places());
  from.rules = test_places().rules_at(question.territory, scope, *draft);
  return decide(from);
}

TEST(Rules, ApplyWhereTheirConditionHolds) {
  const std::vector<Rep> reps{rep("a", {jamaica}), rep("b", {jamaica})};
  const char* rules = R"([{"priority":5,"kind":"reps","name":"Hot ones","id":77,
    "condition":{">=":[{"var":"lead_score"},80]},
    "params":{"reps":["b","018f0000-0000-7000-8000-000000000001"]}},
    {"priority":40,"kind":"territory","name":"Territory"}])";
  auto question = lead_in(kingston);
  EXPECT_FALSE(draft_of(json::parse(rules)->as_array())) << "a person is a UUID";
  std::string fixed = rules;
  fixed.replace(fixed.find("\"b\""), 3, "\"018f0000-0000-7000-8000-00000000000b\"");
  auto people = reps;
  people[1].id = "018f0000-0000-7000-8000-00000000000b";
  people[1].load = 19;
  question.facts["lead_score"] = 80;
  const auto hot = with_rules(fixed.c_str(), question, people);
  EXPECT_EQ(hot.owner, people[1].id);
  EXPECT_EQ(hot.rule_id, 77);
  EXPECT_EQ(hot.priority, 5);
  question.facts["lead_score"] = 79;
  EXPECT_EQ(with_rules(fixed.c_str(), question, people).owner, "a");
  question.facts.erase("lead_score");
  EXPECT_EQ(with_rules(fixed.c_str(), question, people).priority, 40);
}

TEST(Rules, AskOnlyForWhoHasWhatTheyName) {
  auto a = rep("a", {jamaica}), b = rep("b", {jamaica}), c = rep("c", {jamaica});
  b.languages = {"nl"};
  b.load = c.load = 10;
  c.specialities = {"hospitality"};
  EXPECT_EQ(with_rules(R"([{"priority":1,"kind":"territory","name":"x",
    "params":{"languages":["nl","pap"]}}])",
                       lead_in(kingston), {a, b, c})
                .owner,
            "b");
  EXPECT_EQ(with_rules(R"([{"priority":1,"kind":"territory","name":"x",
    "params":{"specialities":["hospitality"]}}])",
                       lead_in(kingston), {a, b, c})
                .owner,
            "c");
  a.at_work = false;
  c.load = 15;
  EXPECT_EQ(with_rules(R"([{"priority":1,"kind":"territory","name":"x",
    "params":{"at_work":true}}])",
                       lead_in(kingston), {a, b, c})
                .owner,
            "b");
  auto night = lead_in(kingston);
  night.working_hours = false;
  EXPECT_EQ(with_rules(R"([{"priority":1,"kind":"territory","name":"x",
    "params":{"at_work":true}}])",
                       night, {b, c})
                .owner,
            "")
      << "the territory's hours count";
}

TEST(Rules, MayTakeTurnsWhereTheTerritoryDoesNot) {
  auto a = rep("a", {jamaica}), b = rep("b", {jamaica});
  a.load = 15;
  b.turns[kingston] = 9;
  EXPECT_EQ(
      with_rules(R"([{"priority":1,"kind":"territory","name":"x"}])", lead_in(kingston), {a, b})
          .owner,
      "b");
  const auto turns = with_rules(R"([{"priority":1,"kind":"territory","name":"x",
    "params":{"strategy":"round_robin"}}])",
                                lead_in(kingston), {a, b});
  EXPECT_EQ(turns.owner, "a");
  EXPECT_EQ(turns.strategy, Strategy::round_robin);
}

TEST(Rules, MayKeepLeadsInTheQueueAndTellNobody) {
  auto question = lead_in(kingston);
  question.facts["flags"] = json::Array{"phone_region_differs"};
  const auto result = with_rules(R"([{"priority":7,"kind":"queue","name":"Look first",
    "condition":{"in":["phone_region_differs",{"var":"flags"}]},"params":{"alert":false}},
    {"priority":40,"kind":"territory","name":"Territory"}])",
                                 question, {rep("a", {jamaica})});
  EXPECT_EQ(result.owner, "");
  EXPECT_EQ(result.priority, 7);
  EXPECT_FALSE(result.alert);
  EXPECT_EQ(result.reason, "Rule 7 Look first: such leads wait in the queue.");
}

TEST(Rules, ANearerOneThatIsOffHidesTheOneFurtherUp) {
  const auto reps = std::vector{rep("a", {jamaica})};
  EXPECT_EQ(with_rules(R"([{"priority":40,"kind":"territory","name":"x","enabled":false}])",
                       lead_in(kingston), reps, kingston)
                .priority,
            50)
      << "the neighbours are asked next";
  EXPECT_EQ(
      with_rules(R"([{"priority":40,"kind":"queue","name":"x"}])", lead_in(kingston), reps, surrey)
          .kind,
      RuleKind::queue);
  EXPECT_EQ(with_rules("[]", lead_in(kingston), reps).reason,
            "Rule 99 Queue: nobody can take it: Rep a 0/20 is asked by no rule.");
}

TEST(Rules, SayWhereADraftIsWrong) {
  const auto fault = [](const char* rules) {
    const auto draft = draft_of(json::parse(rules)->as_array());
    return draft ? std::string("fine") : draft.error().path + " " + std::string(draft.error().rule);
  };
  EXPECT_EQ(fault("[]"), "fine");
  EXPECT_EQ(fault("[1]"), "/0 malformed");
  EXPECT_EQ(fault(R"([{"priority":0,"kind":"queue","name":"x"}])"), "/0/priority out_of_range");
  EXPECT_EQ(fault(R"([{"priority":1000,"kind":"queue","name":"x"}])"), "/0/priority out_of_range");
  EXPECT_EQ(fault(R"([{"priority":999,"kind":"queue","name":"x"}])"), "fine");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"dice","name":"x"}])"), "/0/kind not_allowed");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"queue","name":" "}])"), "/0/name required");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"queue","name":"x"},{"priority":1,"kind":"parent",
    "name":"y"}])"),
            "/1/priority twice");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"queue","name":"x","condition":{"==":[1,2]}}])"),
            "/0/condition/== needs_field");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"queue","name":"x","params":{"languages":["nl"]}}])"),
            "/0/params/languages unknown_field");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"parent","name":"x","params":{"languages":["xx"]}}])"),
            "/0/params/languages/0 not_allowed");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"reps","name":"x"}])"), "/0/params/reps required");
  EXPECT_EQ(fault(R"([{"priority":1,"kind":"high_value","name":"x",
    "params":{"min_conversion":1.5}}])"),
            "/0/params/min_conversion out_of_range");
  std::string many = "[";
  for (int i = 1; i <= 51; ++i)
    many += R"({"kind":"queue","name":"x","priority":)" + std::to_string(i) + (i < 51 ? "}," : "}");
  EXPECT_EQ(fault((many + "]").c_str()), " too_many");
}

}  // namespace
}  // namespace flash::leads
