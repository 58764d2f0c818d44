#include "leads/patch.h"

#include <gtest/gtest.h>

#include "json/read.h"
#include "leads/test_places.h"

namespace flash::leads {
namespace {

// A row as SQL may have written it: its name would not pass the form, which is nobody's fault now.
constexpr const char* row =
    R"({"business_name":"!!","owner_name":"Marcia","email":"m@x.example","phone":"+18769221234","country":"JM",
        "business_type":"retail","interest_level":5,"pain_points":[],"form_data":{},"average_ticket":10.5})";

Patch patch(std::string_view changes) {
  return read_patch(*json::parse_object(row), *json::parse_object(changes), test_places(), 2026);
}

std::string faults(const Patch& patch) {
  std::string out;
  for (const auto& fault : patch.faults) out += fault.field + " " + std::string(fault.rule) + ";";
  return out;
}

TEST(Patch, TakesTheFieldsThatChange) {
  const auto out = patch(
      R"({"version":3,"monthly_revenue_band":"250k+","email":" M@X.Example ","average_ticket":12.05,
                             "pain_points":["high_fees"],"address":null})");
  EXPECT_EQ(faults(out), "");
  EXPECT_EQ(out.version, 3);
  EXPECT_TRUE(out.rescore);
  EXPECT_EQ(
      out.facts,
      R"({"monthly_revenue_band":"250k+","email":"M@x.example","average_ticket":12.05,"pain_points":["high_fees"],"address":null})");
}

TEST(Patch, KnowsWhatTheScoreIsMadeOf) {
  EXPECT_FALSE(patch(R"({"version":3,"specific_needs":"more"})").rescore);
  EXPECT_TRUE(patch(R"({"version":3,"interest_level":9})").rescore);
}

TEST(Patch, ObeysTheRulesOfTheForm) {
  EXPECT_EQ(faults(patch(R"({"version":3,"interest_level":11,"business_name":"B"})")),
            "interest_level out_of_range;business_name too_short;");
  EXPECT_EQ(faults(patch(R"({"version":3,"owner_name":null})")), "owner_name required;");
  EXPECT_EQ(faults(patch(R"({"version":3,"decision_makers":["a",3]})")),
            "decision_makers.1 invalid;");
  EXPECT_EQ(faults(patch(R"({"version":3,"email":null})")), "") << "there is a phone";
}

TEST(Patch, RefusesWhatIsNotChangedHere) {
  EXPECT_EQ(
      faults(patch(R"({"version":3,"status":"converted","lead_score":100,"territory_id":9})")),
      "status not_allowed;lead_score not_allowed;territory_id not_allowed;");
}

TEST(Patch, WantsTheVersion) {
  EXPECT_EQ(faults(patch(R"({"interest_level":9})")), "version required;");
  EXPECT_EQ(faults(patch(R"({"version":"3"})")), "version invalid;");
}

}  // namespace
}  // namespace flash::leads
