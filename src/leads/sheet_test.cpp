#include "leads/sheet.h"

#include "leads/test_places.h"

namespace flash::leads {
namespace {

SheetRow row(std::vector<std::string> header, const std::vector<std::string>& cells) {
  auto mapping = guess_mapping(header);
  mapping.defaults["country"] = "JM";
  return read_row(cells, mapping, test_places(), 2026);
}

TEST(Sheet, HeadingsAreUnderstoodOnceEach) {
  const auto mapping =
      guess_mapping({"Company Name", "E-mail", "Tel.", "Bedrijf", "Omzet", "Colour", "Reference"});
  EXPECT_EQ(mapping.columns, (std::vector<std::string>{"business_name", "email", "phone", "",
                                                       "monthly_revenue_band", "", "reference"}));
  EXPECT_EQ(read_mapping(json::parse_object(to_json(mapping)).value()).columns, mapping.columns);
}

TEST(Sheet, CellsAreReadAsPeopleWriteThem) {
  const auto read = row({"Business", "Contact", "Phone", "Country", "Parish", "Transactions",
                         "Value", "Revenue", "Tags", "Wants news"},
                        {" Harbour Grill ", "Ann Lee", "876 555 1234", "jamaica", "Saint Ann",
                         "1,200", "J$ 1.200,50", "10k–50k", "expo; vip", "Ja"});
  EXPECT_EQ(read.reason, "");
  for (const std::string_view part :
       {R"("business_name":"Harbour Grill")", R"("phone":"+18765551234")", R"("country":"JM")",
        R"("sub_area":"JM-06")", R"("monthly_transactions":1200)", R"("stated_value":"1200.50")",
        R"("monthly_revenue_band":"10k-50k")", R"("tags":["expo","vip"])",
        R"("consent_marketing":true)", R"("business_type":"other")"})
    EXPECT_NE(read.facts.find(part), std::string::npos) << part << " in " << read.facts;
}

TEST(Sheet, WhatCannotBeTakenSaysWhichCellAndWhy) {
  EXPECT_EQ(row({"Business", "Contact", "E-mail"}, {"Grill", "Ann", "nowhere"}).reason.substr(0, 8),
            "E-mail: ");
  EXPECT_EQ(
      row({"Business", "Contact", "E-mail", "Interest"}, {"Grill", "Ann", "a@x.example", "high"})
          .reason.substr(0, 22),
      "Interest: not a number");
  const auto turned = row({"Business", "Contact", "E-mail"}, {"Gr\u202eill", "Ann", "a@x.example"});
  EXPECT_EQ(turned.reason.substr(0, 10), "Business: ") << turned.reason;
  const auto script =
      row({"Business", "Contact", "E-mail"}, {"<script>alert(1)</script>", "Ann", "a@x.example"});
  EXPECT_EQ(script.reason, "") << "text is text";
}

TEST(Sheet, ARowWithAReferenceSaysOnlyWhatItSays) {
  const auto read = row({"Reference", "Interest", "Business"}, {"FL-ABC123", "9", ""});
  EXPECT_EQ(read.reason, "");
  EXPECT_EQ(read.reference, "FL-ABC123");
  EXPECT_EQ(read.facts, R"({"interest_level":9})");
}

}  // namespace
}  // namespace flash::leads
