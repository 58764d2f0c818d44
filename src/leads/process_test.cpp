#include "leads/process.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "json/read.h"
#include "leads/duplicates.h"
#include "leads/test_places.h"

namespace flash::leads {
namespace {

Arrival arrival(std::size_t number, std::string email) {
  Arrival out;
  out.number = number;
  out.id = "lead-" + std::to_string(number);
  out.lead.business_name = "Blue Mountain Grill " + std::to_string(number);
  out.lead.owner_name = "Marcia";
  out.lead.email = std::move(email);
  out.lead.country = "JM";
  out.lead.sub_area = "JM-01";
  out.lead.business_type = "other";
  out.lead.interest = 7;
  return out;
}

Desk desk(std::string_view more = "") {
  const std::string text = R"({"now_us": 1000000, "this_year": 2026,
    "reps":[{"id":"kemar","name":"Kemar","nodes":[2],"capacity":20,"languages":["en"]},
            {"id":"rochelle","name":"Rochelle","nodes":[2],"capacity":20,"languages":["en"]}],
    "managers":[{"id":"shanice","nodes":[2]},{"id":"root","admin":true,"nodes":[1]}])" +
                           std::string(more) + "}";
  auto parsed = Desk::parse(*json::parse_object(text));
  EXPECT_TRUE(parsed);
  return *std::move(parsed);
}

Batch batch(Desk on) {
  return Batch(test_places(), std::move(on),
               [n = 0]() mutable { return "id-" + std::to_string(++n); });
}

std::vector<std::string> told(const Batch& batch) {
  std::vector<std::string> out;
  for (const auto& notice : batch.notices())
    out.push_back(notice.user + " " + std::string(notice.type) + " " +
                  std::to_string(notice.count));
  std::ranges::sort(out);
  return out;
}

TEST(Process, ANewLeadIsScoredRoutedAndAssigned) {
  auto b = batch(desk());
  const auto out = b.decide(arrival(0, "a@x.example"));
  ASSERT_TRUE(out);
  EXPECT_EQ(out->status, "new");
  EXPECT_EQ(out->location.territory, 5);
  EXPECT_EQ(out->owner, "kemar");
  EXPECT_EQ(out->score->score, 14);
  EXPECT_EQ(out->basic_score, 64);
  EXPECT_TRUE(out->new_contact);
  EXPECT_TRUE(out->new_organization);
  EXPECT_TRUE(out->confirm);
  EXPECT_FALSE(out->deal);
  EXPECT_EQ(told(b), std::vector<std::string>{"kemar lead_assigned 1"});
}

TEST(Process, ABatchIsDecidedAsIfOneByOne) {
  auto b = batch(desk());
  for (std::size_t i = 0; i < 40; ++i)
    ASSERT_FALSE(b.decide(arrival(i, std::to_string(i) + "@x.example"))->owner.empty());
  EXPECT_EQ(b.desk().reps[0].load, 20);
  EXPECT_EQ(b.desk().reps[1].load, 20);
  const auto last = b.decide(arrival(40, "last@x.example"));
  EXPECT_TRUE(last->owner.empty()) << "both are full";
  EXPECT_EQ(last->assignment->priority, 99);
}

TEST(Process, UnassignedLeadsAlarmTheManagersOnce) {
  auto on = desk();
  on.reps.clear();
  auto b = batch(std::move(on));
  for (std::size_t i = 0; i < 3; ++i)
    ASSERT_TRUE(b.decide(arrival(i, std::to_string(i) + "@x.example")));
  EXPECT_EQ(told(b), std::vector<std::string>{"shanice lead_unassigned 3"});
}

TEST(Process, SpamIsStoredAndGoesNowhere) {
  auto b = batch(desk());
  auto spam = arrival(0, "a@x.example");
  spam.lead.spam = true;
  const auto out = b.decide(spam);
  EXPECT_EQ(out->status, "disqualified");
  EXPECT_EQ(out->status_reason, "spam");
  EXPECT_FALSE(out->score);
  EXPECT_FALSE(out->assignment);
  EXPECT_FALSE(out->confirm);
  EXPECT_TRUE(out->contact.empty());
  EXPECT_TRUE(b.notices().empty());
  EXPECT_EQ(b.decide(arrival(1, "a@x.example"))->status, "new") << "spam makes nobody a duplicate";
}

TEST(Process, AnOpenSubmissionMakesADuplicate) {
  auto b = batch(desk(R"(,"items":[{"n":0,"business_key":"k","contact_id":"c","matches":[
      {"by":"name","id":"n","open":true},
      {"by":"phone","id":"p","open":true,"owner_id":"rochelle","facts":{"owner_name":"Marcia","interest_level":3}},
      {"by":"email","id":"e","open":false,"owner_id":"kemar"}]}])"));
  const auto out = b.decide(arrival(0, "a@x.example"));
  EXPECT_EQ(out->status, "archived");
  EXPECT_EQ(out->status_reason, "duplicate");
  EXPECT_EQ(out->duplicate_of, "p");
  EXPECT_FALSE(out->assignment) << "no second assignment";
  EXPECT_EQ(out->contact, "c");
  EXPECT_FALSE(out->new_contact);
  EXPECT_EQ(told(b), std::vector<std::string>{"rochelle contacted_again 1"});
  const auto proposed = *json::parse_object(out->proposed);
  EXPECT_EQ(json::int_or(proposed, "interest_level"), 7);
  EXPECT_EQ(json::find(proposed, "owner_name"), nullptr) << "the same as before";
}

TEST(Process, AClosedSubmissionMakesAReturningCustomer) {
  auto b = batch(desk(R"(,"items":[{"n":0,"business_key":"k","matches":[
      {"by":"phone","id":"p","open":false,"owner_id":"kemar"},
      {"by":"email","id":"e","open":false,"won":true,"owner_id":"rochelle"}]}])"));
  const auto out = b.decide(arrival(0, "a@x.example"));
  EXPECT_EQ(out->status, "new");
  EXPECT_EQ(out->previous_id, "e") << "the e-mail is the stronger sign";
  EXPECT_TRUE(out->previous_customer);
  EXPECT_EQ(out->owner, "rochelle");
  EXPECT_EQ(out->assignment->priority, 10);
}

TEST(Process, ASimilarNameIsAFlag) {
  auto b = batch(desk(
      R"(,"items":[{"n":0,"business_key":"k","matches":[{"by":"name","id":"n","open":true}]}])"));
  const auto out = b.decide(arrival(0, "a@x.example"));
  EXPECT_EQ(out->status, "new");
  EXPECT_EQ(out->flags, std::vector<std::string>{"possible_duplicate"});
}

TEST(Process, TwoOfOneBatchKnowEachOther) {
  auto b = batch(desk(
      R"(,"items":[{"n":0,"business_key":"k"},{"n":1,"business_key":"k"},{"n":2,"business_key":"k"}])"));
  const auto first = b.decide(arrival(0, "a@x.example"));
  const auto again = b.decide(arrival(1, "A@x.example"));
  EXPECT_EQ(again->duplicate_of, "lead-0");
  EXPECT_EQ(again->contact, first->contact);
  const auto other = b.decide(arrival(2, "b@x.example"));
  EXPECT_EQ(other->status, "new");
  EXPECT_EQ(other->organization, first->organization);
  EXPECT_FALSE(other->new_organization);
  EXPECT_EQ(other->flags, std::vector<std::string>{"possible_duplicate"});
}

Arrival hot_arrival(std::size_t number) {
  auto out = arrival(number, "hot@x.example");
  out.lead.revenue_band = "250k+";
  out.lead.employee_band = "100+";
  out.lead.interest = 10;
  out.lead.monthly_transactions = 5000;
  out.lead.pain_points = {"high_fees", "slow_processing", "poor_support"};
  out.lead.stated_value = 10'000'000;  // J$ 100,000.00
  return out;
}

TEST(Process, AHotLeadOpensADealAndTellsTheManager) {
  auto b = batch(desk());
  const auto out = b.decide(hot_arrival(0));
  EXPECT_EQ(out->score->score, 79);
  ASSERT_TRUE(out->deal);
  EXPECT_EQ(out->deal->value, 10'000'000);
  EXPECT_EQ(out->assignment->priority, 40) << "J$ 100,000 is far below US$ 50,000";
  EXPECT_EQ(told(b), std::vector<std::string>{"kemar lead_assigned 1"});
  auto hotter = hot_arrival(1);
  hotter.lead.email = "hotter@x.example";
  hotter.lead.package_seen = true;
  auto c = batch(desk());
  ASSERT_EQ(c.decide(hotter)->score->band, score::Band::hot);
  EXPECT_EQ(told(c), (std::vector<std::string>{"kemar hot_lead 1", "kemar lead_assigned 1",
                                               "shanice hot_lead 1"}));
}

TEST(Process, NobodyIsToldOfHisOwnAct) {
  auto b = batch(desk(R"(,"caller":{"role":"rep","territory_ids":[5]})"));
  auto own = arrival(0, "a@x.example");
  own.caller = "kemar";
  EXPECT_EQ(b.decide(own)->owner, "kemar");
  EXPECT_TRUE(b.notices().empty());
}

TEST(Process, APersonEntersLeadsOnlyWhereHeWorks) {
  auto own = arrival(0, "a@x.example");
  own.caller = "kemar";
  struct Case {
    const char* caller;
    bool allowed;
  };
  const Case cases[] = {{R"({"role":"rep","territory_ids":[5]})", true},
                        {R"({"role":"rep","territory_ids":[6]})", false},
                        {R"({"role":"viewer","territory_ids":[5]})", false},
                        {R"({"role":"admin","territory_ids":[]})", true},
                        {"{}", false}};
  for (const auto& c : cases) {
    auto b = batch(desk(std::string(",\"caller\":") + c.caller));
    const auto out = b.decide(own);
    EXPECT_EQ(out.has_value(), c.allowed) << c.caller;
    if (!out) EXPECT_EQ(out.error().code, "territory_not_held");
  }
}

TEST(Process, ALateRowKeepsTheOwnerAndTheNodeItsDoorGaveIt) {
  auto b = batch(desk());
  auto late = arrival(0, "a@x.example");
  late.late = true;
  late.owner = "rochelle";
  late.lead.sub_area.clear();
  late.territory = 6;
  const auto out = b.decide(late);
  EXPECT_EQ(out->owner, "rochelle");
  EXPECT_EQ(out->location.territory, 6);
  late.number = 1;
  late.id = "lead-1";
  late.lead.email = "b@x.example";
  late.lead.sub_area = "JM-01";
  late.territory = 2;
  EXPECT_EQ(b.decide(late)->location.territory, 5) << "deeper than the country it lay on";
}

TEST(Process, HeldLeadsAlarmNobody) {
  auto b = batch(desk(R"(,"closed":[5,7])"));
  auto held = arrival(0, "a@x.example");
  held.lead.sub_area = "JM-06";
  EXPECT_TRUE(b.decide(held)->assignment->held);
  EXPECT_TRUE(b.notices().empty());
  const auto other = b.decide(arrival(1, "b@x.example"));
  EXPECT_FALSE(other->assignment->held) << "closed as well, but it assigns at any hour";
}

TEST(Process, TheFactsThatConditionsMayAskForAreKept) {
  auto b = batch(desk(R"(,"closed":[5])"));
  auto one = arrival(0, "a@x.example");
  one.lead.pain_points = {"high_fees"};
  const auto inputs = json::parse_object(b.decide(one)->inputs);
  ASSERT_TRUE(inputs);
  const auto& facts = json::object_or_empty(*inputs, "facts");
  EXPECT_EQ(json::text_or(facts, "territory"), "JM-01");
  EXPECT_EQ(json::text_or(facts, "country"), "JM");
  EXPECT_FALSE(json::bool_or(facts, "working_hours", true));
  EXPECT_TRUE(json::bool_or(facts, "has_email"));
  EXPECT_GT(json::int_or(facts, "lead_score"), 0);
  EXPECT_EQ(json::strings_or_empty(facts, "pain_points"), std::vector<std::string>{"high_fees"});
  for (const auto& [name, value] : facts)
    EXPECT_NE(fact_field(name), nullptr) << std::string_view(name);
}

TEST(Process, TimesRiseWithinABatch) {
  auto b = batch(desk());
  const auto first = b.decide(arrival(0, "a@x.example"))->at;
  EXPECT_GT(b.decide(arrival(1, "b@x.example"))->at, first);
}

}  // namespace
}  // namespace flash::leads
