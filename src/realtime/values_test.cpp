#include "realtime/values.h"

#include <gtest/gtest.h>

namespace flash::realtime {
namespace {

TEST(Values, JsonAsPostgresWritesIt) {
  struct Case {
    std::uint32_t oid, element;
    const char* text;
    const char* json;
  };
  for (const Case& c : std::initializer_list<Case>{
           {25, 0, "say \"hi\"\n", R"("say \"hi\"\n")"},
           {16, 0, "t", "true"},
           {23, 0, "-5", "-5"},
           {1700, 0, "12.50", "12.50"},
           {1700, 0, "NaN", R"("NaN")"},
           {701, 0, "1e+20", "1e+20"},
           {701, 0, "-Infinity", R"("-Infinity")"},
           {3802, 0, R"({"a": [1]})", R"({"a": [1]})"},
           {1184, 0, "2026-11-22 10:00:00.5+00", R"("2026-11-22T10:00:00.5+00:00")"},
           {1184, 0, "infinity", R"("infinity")"},
           {1114, 0, "2026-11-22 10:00:00", R"("2026-11-22T10:00:00")"},
           {1114, 0, "0044-03-15 10:00:00 BC", R"("0044-03-15 10:00:00 BC")"},
           {1082, 0, "2026-11-22", R"("2026-11-22")"},
           {2950, 0, "00000000-0000-4000-8000-00000000000a",
            R"("00000000-0000-4000-8000-00000000000a")"},
           {17, 0, "\\x00ff", R"("\\x00ff")"},
           {1009, 25, R"({a,"b \"c\"",NULL,"NULL"})", R"(["a","b \"c\"",null,"NULL"])"},
           {1007, 23, "{}", "[]"},
           {1007, 23, "{{1,2},{3,4}}", "[[1,2],[3,4]]"},
           {1007, 23, "[0:1]={1,2}", R"("[0:1]={1,2}")"},
           {1000, 16, "{t,f,NULL}", "[true,false,null]"},
           {3807, 3802, R"({"{\"a\": 1}"})", R"([{"a": 1}])"},
           {1009, 25, "{\"broken", R"("{\"broken")"},
           {99999, 0, "anything", R"("anything")"},
       }) {
    std::string out;
    append_json(out, value_type(c.oid, c.element), c.text);
    EXPECT_EQ(out, c.json) << c.text;
  }
}

TEST(Values, ComparesExactly) {
  EXPECT_EQ(*compare(ValueKind::numeric, "0.10", "0.1"), std::strong_ordering::equal);
  EXPECT_EQ(*compare(ValueKind::numeric, "-0", "0.0"), std::strong_ordering::equal);
  EXPECT_EQ(*compare(ValueKind::integer, "9007199254740993", "9007199254740992"),
            std::strong_ordering::greater);
  EXPECT_EQ(*compare(ValueKind::numeric, "-10", "-9"), std::strong_ordering::less);
  EXPECT_FALSE(compare(ValueKind::numeric, "1", "one").has_value());
  EXPECT_FALSE(compare(ValueKind::date, "2026-01-01", "soon").has_value());
}

}  // namespace
}  // namespace flash::realtime
