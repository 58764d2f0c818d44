#include "leads/validate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "json/read.h"
#include "leads/email.h"
#include "leads/phone.h"
#include "leads/test_places.h"

namespace flash::leads {
namespace {

constexpr int this_year = 2026;

std::set<std::string> faults_of(const Checked& checked) {
  std::set<std::string> out;
  for (const auto& fault : checked.faults) out.insert(text::cat(fault.field, " ", fault.rule));
  return out;
}

// The shared cases: src of truth for this room and for the web form.
TEST(Validate, AgreesWithTheSharedFixtures) {
  std::size_t cases = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(FLASH_SOURCE_DIR "/tests/fixtures/submissions")) {
    if (file.path().extension() != ".json") continue;
    std::ostringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const auto list = json::parse(text.str());
    ASSERT_TRUE(list) << file.path() << list.error().message;
    for (const auto& item : list->as_array()) {
      const auto& one = item.as_object();
      SCOPED_TRACE(text::cat(file.path().stem().string(), ": ", json::text_or(one, "name")));
      const auto checked =
          validate(one.at("input").as_object(), test_places(), Sender::anonymous, this_year);
      std::set<std::string> wanted;
      for (const auto& fault : json::array_or_empty(one, "faults"))
        wanted.insert(text::cat(json::text_or(fault.as_object(), "field"), " ",
                                json::text_or(fault.as_object(), "rule")));
      EXPECT_EQ(faults_of(checked), wanted);
      EXPECT_EQ(checked.faults.empty(), json::bool_or(one, "valid"));
      EXPECT_EQ(checked.faults.size(), wanted.size()) << "a field has one fault at most";
      for (const auto& fault : checked.faults) {
        EXPECT_FALSE(fault.message.empty());
        EXPECT_EQ(fault.message.find("{}"), std::string::npos) << fault.message;
      }
      ++cases;
    }
  }
  EXPECT_GE(cases, 250U);
}

json::Object form(std::string_view changes = "{}") {
  auto input = *json::parse_object(
      R"({"business_name":"Blue Mountain Grill","owner_name":"Marcia Brown","email":"m@Example.COM","country":"JM",
          "business_type":"restaurant","interest_level":7,"consent_contact":true})");
  for (const auto& [key, value] : *json::parse_object(changes)) input[key] = value;
  return input;
}

Lead lead_of(std::string_view changes, Sender sender = Sender::anonymous) {
  auto checked = validate(form(changes), test_places(), sender, this_year);
  EXPECT_TRUE(checked.faults.empty()) << (checked.faults.empty() ? "" : checked.faults[0].field);
  return std::move(checked.lead);
}

TEST(Validate, StoresTheTidyForm) {
  const Lead lead =
      lead_of(R"({"business_name":"  Blue  ","email":" Marcia@EXAMPLE.com ","average_ticket":12.35,
      "decision_makers":["", " A "],"pain_points":["high_fees","high_fees"]})");
  EXPECT_EQ(lead.business_name, "Blue");
  EXPECT_EQ(lead.email, "Marcia@example.com");
  EXPECT_EQ(lead.average_ticket, 1235);
  EXPECT_EQ(lead.decision_makers, std::vector<std::string>{"A"});
  EXPECT_EQ(lead.pain_points, std::vector<std::string>{"high_fees"});
}

TEST(Validate, ThePrimaryPhoneComesFirst) {
  const Lead lead = lead_of(R"({"phones":[{"number":"876-922-1234"},
      {"number":"658 555 1234","label":"whatsapp","primary":true},{"number":"+1 876 922 1234"}]})");
  ASSERT_EQ(lead.phones.size(), 2U);
  EXPECT_EQ(lead.phones[0].number, "+16585551234");
  EXPECT_EQ(lead.phones[0].label, "whatsapp");
  EXPECT_TRUE(lead.phones[0].primary);
  EXPECT_FALSE(lead.phones[1].primary);
}

TEST(Validate, APersonMaySayMoreAndNeedNotConsent) {
  const std::string_view extra =
      R"({"consent_contact":false,"signed_up":true,"stated_value":60000,"elapsed_ms":1,"website":"x"})";
  const Lead by_rep = lead_of(extra, Sender::person);
  EXPECT_TRUE(by_rep.signed_up);
  EXPECT_EQ(by_rep.stated_value, 6'000'000);
  EXPECT_FALSE(by_rep.spam);
  const Lead by_public = lead_of(R"({"signed_up":true,"stated_value":60000})");
  EXPECT_FALSE(by_public.signed_up);
  EXPECT_EQ(by_public.stated_value, std::nullopt);
}

TEST(Validate, SpamIsNoFault) {
  EXPECT_TRUE(lead_of(R"({"website":"http://x.example"})").spam);
  EXPECT_TRUE(lead_of(R"({"elapsed_ms":1999})").spam);
  EXPECT_FALSE(lead_of(R"({"elapsed_ms":2000})").spam);
  EXPECT_FALSE(lead_of("{}").spam) << "a caller without a form has no such time";
}

TEST(Validate, OddForeignNumbersWarn) {
  EXPECT_EQ(lead_of(R"({"form_data":{"tax_registration_number":"123-456-789"}})").flags,
            std::vector<std::string>{});
  EXPECT_EQ(lead_of(R"({"form_data":{"tax_registration_number":"12"}})").flags,
            std::vector<std::string>{"odd_tax_registration_number"});
}

TEST(Validate, SpeaksTheFormsLanguage) {
  auto input = form(R"({"preferred_language":"nl"})");
  input.erase("owner_name");
  const auto checked = validate(input, test_places(), Sender::anonymous, this_year);
  ASSERT_EQ(checked.faults.size(), 1U);
  EXPECT_EQ(checked.faults[0].message, "Vul dit in.");
}

// Lead-pipeline section 8: the phones that must pass, and what must not.
TEST(Phone, ReadsTheExamplesOfTheSpecification) {
  struct Case {
    const char *typed, *country, *e164, *rule;
  };
  const Case cases[] = {{"876-555-1234", "JM", "+18765551234", ""},
                        {"658 555 1234", "JM", "+16585551234", ""},
                        {"(876) 922-1234", "JM", "+18769221234", ""},
                        {"922-1234", "JM", "", "phone_needs_area_code"},
                        {"345 949 1234", "KY", "+13459491234", ""},
                        {"1 868 622 1234", "JM", "+18686221234", ""},
                        {"9 518 1234", "CW", "+59995181234", ""},
                        {"518 1234", "CW", "+59995181234", ""},
                        {"+599 318 1234", "CW", "+5993181234", ""},
                        {"", "JM", "", "invalid"},
                        {"+", "JM", "", "invalid"},
                        {"++18769221234", "JM", "", "invalid"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.typed);
    const auto reading =
        read_phone(c.typed, c.country, test_places().country(c.country)->phone_prefixes);
    EXPECT_EQ(reading.e164, c.e164);
    EXPECT_EQ(reading.rule, c.rule);
  }
}

TEST(Phone, OffersBothJamaicanAreaCodes) {
  const auto reading = read_phone("922-1234", "JM", test_places().country("JM")->phone_prefixes);
  EXPECT_EQ(reading.suggestions, (std::vector<std::string>{"+18769221234", "+16589221234"}));
}

TEST(Email, KeepsTheLocalPartAsWritten) {
  EXPECT_EQ(tidy_email("Marcia.Brown@Example.COM"), "Marcia.Brown@example.com");
  EXPECT_EQ(tidy_email("a@b"), "");
}

}  // namespace
}  // namespace flash::leads
