#include "leads/territory.h"

#include <gtest/gtest.h>

#include "leads/test_places.h"

namespace flash::leads {
namespace {

struct Case {
  const char *name, *country, *sub_area, *postcode, *phone, *address;
  const char *code, *source;
  double confidence;
  std::vector<std::string> flags;
};

TEST(Territory, TakesTheFirstDecisiveSignal) {
  const Case cases[] = {
      {"stated country and area", "JM", "JM-06", "", "", "", "JM-06", "stated", 1.0, {}},
      {"stated country only", "JM", "", "", "", "", "JM", "stated", 0.9, {}},
      {"area of another country",
       "JM",
       "KY-GT",
       "",
       "",
       "",
       "JM",
       "stated",
       0.9,
       {"sub_area_dropped"}},
      {"area nobody knows", "JM", "JM-99", "", "", "", "JM", "stated", 0.9, {"sub_area_dropped"}},
      {"stated area beats the postcode",
       "KY",
       "KY-SI",
       "KY1-1001",
       "",
       "",
       "KY-SI",
       "stated",
       1.0,
       {}},
      {"postcode finds Grand Cayman",
       "KY",
       "",
       "KY1-1001",
       "",
       "",
       "KY-GC",
       "postal_code",
       0.9,
       {}},
      {"postcode finds Cayman Brac", "KY", "", "KY2-2001", "", "", "KY-SI", "postal_code", 0.9, {}},
      {"postcode finds Little Cayman",
       "KY",
       "",
       "KY3-2501",
       "",
       "",
       "KY-SI",
       "postal_code",
       0.9,
       {}},
      {"words go deeper than the postcode",
       "KY",
       "",
       "KY1-1001",
       "",
       "George Town",
       "KY-GT",
       "address",
       0.7,
       {}},
      {"words never contradict the postcode",
       "KY",
       "",
       "KY2-1001",
       "",
       "George Town",
       "KY-SI",
       "postal_code",
       0.9,
       {}},
      {"St Ann", "JM", "", "", "", "12 Main St, St Ann", "JM-06", "address", 0.7, {}},
      {"St. Ann's", "JM", "", "", "", "St. Ann's, Jamaica", "JM-06", "address", 0.7, {}},
      {"Saint Ann", "JM", "", "", "", "SAINT ANN", "JM-06", "address", 0.7, {}},
      {"whole words only", "JM", "", "", "", "Kingstonia Road", "JM", "stated", 0.9, {}},
      {"words of another country do not count",
       "JM",
       "",
       "",
       "",
       "George Town",
       "JM",
       "stated",
       0.9,
       {}},
      {"KSA means two parishes",
       "JM",
       "",
       "",
       "",
       "KSA",
       "JM",
       "stated",
       0.9,
       {"sub_area_ambiguous"}},
      {"accents off", "CW", "", "", "", "Pundá, Curaçao", "CW-WIL", "address", 0.7, {}},
      {"a foreign phone is a flag",
       "JM",
       "",
       "",
       "+18686221234",
       "",
       "JM",
       "stated",
       0.9,
       {"phone_region_differs"}},
      {"Bonaire is not Curaçao",
       "CW",
       "",
       "",
       "+5993181234",
       "",
       "CW",
       "stated",
       0.9,
       {"phone_region_differs"}},
      {"a phone of the country is none", "CW", "", "", "+59995181234", "", "CW", "stated", 0.9, {}},
      {"no country, a postcode", "FR", "", "KY1-1001", "", "", "KY-GC", "postal_code", 0.9, {}},
      {"no country, 658 is Jamaica", "FR", "", "", "+16585551234", "", "JM", "phone", 0.8, {}},
      {"never by +1 alone", "FR", "", "", "+12125551234", "", "CARIB", "none", 0, {}},
      {"+599 9 is Curaçao", "FR", "", "", "+59995181234", "", "CW", "phone", 0.8, {}},
      {"+599 3 is Bonaire", "FR", "", "", "+5993181234", "", "BQ", "phone", 0.8, {}},
      {"no country, words", "FR", "", "", "", "Ocho Rios", "JM-06", "address", 0.7, {}},
      {"nothing", "FR", "", "", "", "", "CARIB", "none", 0, {}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Lead lead;
    lead.country = c.country;
    lead.sub_area = c.sub_area;
    lead.postal_code = c.postcode;
    lead.address = c.address;
    if (*c.phone != '\0') lead.phones = {{c.phone, "mobile", true}};
    const auto location = locate(lead, test_places());
    EXPECT_EQ(test_places().find(location.territory)->code, c.code);
    EXPECT_EQ(location.source, c.source);
    EXPECT_DOUBLE_EQ(location.confidence, c.confidence);
    EXPECT_EQ(location.flags, c.flags);
  }
}

TEST(Places, CoverTheirSubtree) {
  const Places& places = test_places();
  EXPECT_TRUE(places.covers(1, 7));
  EXPECT_TRUE(places.covers(7, 7));
  EXPECT_FALSE(places.covers(7, 2));
  EXPECT_FALSE(places.covers(8, 7));
  EXPECT_FALSE(places.covers(1, 999));
  EXPECT_EQ(places.country_of(7).code, "JM");
  EXPECT_EQ(places.country_of(1).code, "CARIB");
}

}  // namespace
}  // namespace flash::leads
