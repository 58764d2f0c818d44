#include "csv/writer.h"

#include <gtest/gtest.h>

#include <vector>

namespace flash::csv {
namespace {

TEST(CsvWriter, QuotesWhatWouldEndACellAndGuardsWhatWouldBeCalculated) {
  struct Case {
    std::optional<std::string_view> in;
    std::string_view out;
  };
  for (const auto& each : std::vector<Case>{
           {std::nullopt, ""},
           {"", ""},
           {"Harbour Grill", "Harbour Grill"},
           {"Curaçao \u202e", "Curaçao \u202e"},
           {"a,b", "\"a,b\""},
           {"a;b", "\"a;b\""},
           {"a\"b", "\"a\"\"b\""},
           {"a\r\nb", "\"a\r\nb\""},
           {" a", "\" a\""},
           {"=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""},
           {"+18765551234", "'+18765551234"},
           {"-2", "'-2"},
           {"@SUM(A1)", "'@SUM(A1)"},
           {"\t=1", "\"'\t=1\""},
           {"  =1", "\"'  =1\""},
           {"<script>", "<script>"},
       }) {
    SCOPED_TRACE(each.out);
    std::string got;
    Writer writer(got);
    writer.cell(each.in);
    EXPECT_EQ(got, each.out);
  }
}

TEST(CsvWriter, EndsRowsWithCrLfAndBeginsEachWithoutComma) {
  std::string got;
  Writer writer(got);
  writer.cell("a");
  writer.cell(std::nullopt);
  writer.end_row();
  writer.cell("b");
  writer.end_row();
  EXPECT_EQ(got, "a,\r\nb\r\n");
}

TEST(CsvWriter, TheGuardIsTakenOffAgainAndNothingElse) {
  EXPECT_EQ(unguarded("'+18765551234"), "+18765551234");
  EXPECT_EQ(unguarded("'t Hoekje"), "'t Hoekje");
  EXPECT_EQ(unguarded("=1"), "=1");
  EXPECT_EQ(unguarded("'"), "'");
}

}  // namespace
}  // namespace flash::csv
