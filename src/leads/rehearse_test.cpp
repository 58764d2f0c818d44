#include "leads/rehearse.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "json/read.h"
#include "leads/assign.h"
#include "leads/test_places.h"

namespace flash::leads {
namespace {

constexpr int kingston = 5;

// What the database tells of one decided lead.
json::Object decided(const char* trade) {
  Rep busy, free;
  busy.id = "a";
  busy.name = "Ann";
  busy.nodes = free.nodes = {2};
  busy.load = 19;
  free.id = "b";
  free.name = "Bob";
  Question question;
  question.territory = kingston;
  question.business_type = trade;
  question.facts["business_type"] = trade;
  const Case from = case_of(question, {busy, free}, test_places());
  const Assignment made = decide(from);
  return json::parse_object(
             text::cat(R"({"id":"l","reference":"FL-1","business_name":"Shop","created_at":"now",)",
                       R"("decided_at":"now","owner_id":")", made.owner, R"(","rule_priority":)",
                       std::to_string(made.priority), R"(,"inputs":)", inputs_json(from),
                       R"(,"rules":)", rules_json(from), R"(,"candidates":)", candidates_json(made),
                       "}"))
      .value();
}

Rules draft(const char* text) { return draft_of(json::parse(text)->as_array()).value(); }

TEST(Replay, SaysWhatWasAndWhatWouldBeNow) {
  const auto same = json::parse_object(*replay_json(decided("retail"), test_places()));
  EXPECT_TRUE(json::bool_or(*same, "same"));
  EXPECT_FALSE(json::bool_or(*same, "changed"));
  EXPECT_EQ(json::text_or(json::object_or_empty(*same, "replayed"), "name"), "Bob");

  auto other = decided("retail");
  other["owner_id"] = "a";
  EXPECT_FALSE(json::bool_or(*json::parse_object(*replay_json(other, test_places())), "same"))
      << "somebody has changed the row";
  // A rule that the decision knew and that is gone today.
  auto& rules = other.at("rules").as_array();
  rules.insert(rules.begin(), json::Object{{"priority", 1}, {"kind", "queue"}, {"name", "Wait"}});
  other["owner_id"] = nullptr;
  other["rule_priority"] = 1;
  const auto then = json::parse_object(*replay_json(other, test_places()));
  EXPECT_TRUE(json::bool_or(*then, "same"));
  EXPECT_TRUE(json::bool_or(*then, "changed"));
  EXPECT_EQ(json::text_or(json::object_or_empty(*then, "now"), "owner_id"), "b");

  other["inputs"] = nullptr;
  EXPECT_EQ(replay_json(other, test_places()).error().code, "no_inputs");
}

TEST(DryRun, CountsWhoWouldGetWhat) {
  json::Array cases{decided("retail"), decided("restaurant"), decided("retail"), json::Object{}};
  const auto told = json::parse_object(dry_run_json(
      cases, test_places(), kingston, draft(R"([{"priority":5,"kind":"queue","name":"Shops wait",
               "condition":{"==":[{"var":"business_type"},"retail"]}}])")));
  const auto& totals = json::object_or_empty(*told, "totals");
  EXPECT_EQ(json::int_or(totals, "leads"), 3);
  EXPECT_EQ(json::int_or(totals, "changed"), 2);
  EXPECT_EQ(json::int_or(totals, "without_inputs"), 1);
  EXPECT_EQ(json::int_or(totals, "queued_before"), 0);
  EXPECT_EQ(json::int_or(totals, "queued_after"), 2);
  const auto& people = json::array_or_empty(*told, "people");
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(json::int_or(people[0].get_object(), "before"), 3);
  EXPECT_EQ(json::int_or(people[0].get_object(), "after"), 1);
  const auto& leads = json::array_or_empty(*told, "leads");
  EXPECT_TRUE(json::bool_or(leads[0].get_object(), "changed"));
  EXPECT_FALSE(json::bool_or(leads[1].get_object(), "changed"));
}

TEST(DryRun, ADraftOfAnotherPlaceChangesNothing) {
  const json::Array cases{decided("retail")};
  for (const int scope : {12, 7}) {
    const auto told = json::parse_object(dry_run_json(
        cases, test_places(), scope, draft(R"([{"priority":5,"kind":"queue","name":"Wait"}])")));
    EXPECT_EQ(json::int_or(json::object_or_empty(*told, "totals"), "changed"), 0);
  }
  const auto everywhere = json::parse_object(dry_run_json(cases, test_places(), 0, {}));
  EXPECT_EQ(json::int_or(json::object_or_empty(*everywhere, "totals"), "queued_after"), 1)
      << "without any rule nobody gets a lead";
}

}  // namespace
}  // namespace flash::leads
