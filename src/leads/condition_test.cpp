#include "leads/condition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "json/read.h"

namespace flash::leads {
namespace {

json::Array fixture(const std::string& name) {
  std::ifstream file(FLASH_SOURCE_DIR "/tests/fixtures/routing/" + name);
  std::stringstream text;
  text << file.rdbuf();
  const auto parsed = json::parse(text.str(), {.depth_max = 64});
  EXPECT_TRUE(parsed && parsed->is_array()) << name;
  return parsed && parsed->is_array() ? parsed->get_array() : json::Array{};
}

TEST(Condition, TheFixturesSayWhatIsValidAndWhatHolds) {
  const auto list = fixture("conditions.json");
  ASSERT_GT(list.size(), 60U);
  for (const auto& item : list) {
    const auto& one = item.get_object();
    SCOPED_TRACE(json::text_or(one, "name"));
    const auto condition = Condition::parse(one.at("condition"));
    ASSERT_EQ(condition.has_value(), json::bool_or(one, "valid"));
    if (!condition) {
      const auto& fault = json::object_or_empty(one, "fault");
      EXPECT_EQ(condition.error().path, json::text_or(fault, "path"));
      EXPECT_EQ(condition.error().rule, json::text_or(fault, "rule"));
      continue;
    }
    for (const auto& sample : json::array_or_empty(one, "cases"))
      EXPECT_EQ(condition->holds(json::object_or_empty(sample.get_object(), "facts")),
                json::bool_or(sample.get_object(), "holds"))
          << json::serialize(sample);
  }
}

TEST(Condition, TheTableOfFactsIsTheOneThatTheWebKnows) {
  const auto list = fixture("facts.json");
  ASSERT_EQ(list.size(), fact_fields().size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& one = list[i].get_object();
    const auto& field = fact_fields()[i];
    EXPECT_EQ(json::text_or(one, "name"), field.name);
    EXPECT_EQ(json::text_or(one, "type"), to_text(field.type));
    const auto words = json::strings_or_empty(one, "words");
    EXPECT_TRUE(std::ranges::equal(words, field.words)) << field.name;
  }
}

TEST(Condition, ADefaultOneNeverHolds) { EXPECT_FALSE(Condition{}.holds({})); }

}  // namespace
}  // namespace flash::leads
