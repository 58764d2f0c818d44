#include "csv/reader.h"

#include <gtest/gtest.h>

#include "csv/encoding.h"
#include "csv/writer.h"

namespace flash::csv {
namespace {

// Rows as "line:a|b", with ! for what was too large and ? for an open quote; fed `size` bytes at
// once.
std::string read(std::string_view text, char separator = ',', std::size_t size = 1000) {
  std::string out;
  Reader reader(separator, [&](const Row& row) {
    out += (out.empty() ? "" : "\n") + std::to_string(row.line) + ":";
    for (std::size_t i = 0; i < row.cells.size(); ++i) out += (i == 0 ? "" : "|") + row.cells[i];
    out += std::string(row.too_large ? "!" : "") + (row.open_quote ? "?" : "");
  });
  for (std::size_t i = 0; i < text.size(); i += size) reader.feed(text.substr(i, size));
  reader.finish();
  return out;
}

TEST(CsvReader, RowsHoweverTheyAreWrittenAndWhereverTheyAreCut) {
  struct Case {
    std::string_view in, out;
  };
  for (const auto& each : std::vector<Case>{
           {"", ""},
           {"a", "1:a"},
           {"a,b\r\nc,d\r\n", "1:a|b\n2:c|d"},
           {"a,b\nc,d", "1:a|b\n2:c|d"},
           {"a\rb\r", "1:a\n2:b"},
           {"a,\n,b\n", "1:a|\n2:|b"},
           {"\n\na\n", "3:a"},
           {"\"a,b\",c", "1:a,b|c"},
           {"\"a\nb\",c\nd", "1:a\nb|c\n3:d"},
           {"\"a\r\nb\"\r\nd", "1:a\r\nb\n3:d"},
           {"\"a\"\"b\"", "1:a\"b"},
           {"\"\",x", "1:|x"},
           {"\"a\"b,c", "1:ab|c"},
           {"a\"b,c", "1:a\"b|c"},
           {"\"a,b", "1:a,b?"},
           {"=1+1,<script>", "1:=1+1|<script>"},
       }) {
    for (const std::size_t size : {1U, 2U, 3U, 1000U}) {
      SCOPED_TRACE(std::string(each.in) + " by " + std::to_string(size));
      EXPECT_EQ(read(each.in, ',', size), each.out);
    }
  }
}

TEST(CsvReader, ARowMayHaveSoMuchAndNoMore) {
  const std::string cells(cells_max - 1, ',');
  EXPECT_EQ(read(cells), "1:" + std::string(cells_max - 1, '|'));
  EXPECT_EQ(read(cells + ",x\ny"), "1:" + std::string(cells_max - 1, '|') + "!\n2:y");
  EXPECT_EQ(read(std::string(row_bytes_max, 'x')).size(), row_bytes_max + 2);
  EXPECT_TRUE(read(std::string(row_bytes_max + 1, 'x') + "\ny").ends_with("!\n2:y"));
}

TEST(CsvReader, TheSeparatorIsWhatDividesTheLinesEvenly) {
  EXPECT_EQ(separator_of("a,b,c\n1,2,3\n"), ',');
  EXPECT_EQ(separator_of("a;b;c\n1,5;2,5;3,5\n"), ';');
  EXPECT_EQ(separator_of("a\tb\n\"x,y,z\"\t2\n"), '\t');
  EXPECT_EQ(separator_of("a|b\n1|2"), '|');
  EXPECT_EQ(separator_of("business\nGrill\n"), ',');
  EXPECT_EQ(separator_of(""), ',');
}

std::string decoded(std::string_view bytes, std::size_t size) {
  Decoder decoder(encoding_of(bytes));
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += size) decoder.feed(bytes.substr(i, size), out);
  decoder.finish(out);
  return out;
}

TEST(CsvEncoding, EveryUsualOneBecomesUtf8HoweverItIsCut) {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view in;
    Encoding encoding;
    std::string_view out;
  };
  for (const auto& each : std::vector<Case>{
           {"\xEF\xBB\xBF"
            "a\xC3\xA7",
            Encoding::utf8, "aç"},
           {"Cura\xC3\xA7"
            "ao",
            Encoding::utf8, "Curaçao"},
           {"Cura\xE7"
            "ao \x80",
            Encoding::windows1252, "Curaçao €"},
           {"\xFF\xFE"
            "a\0\xE7\0"sv,
            Encoding::utf16le, "aç"},
           {"\xFE\xFF\0a\0\xE7"sv, Encoding::utf16be, "aç"},
           {"a\0,\0b\0"sv, Encoding::utf16le, "a,b"},
           {"\xFF\xFE\x3D\xD8\x00\xDE"sv, Encoding::utf16le, "😀"},
           {"\xC3\xA7\xC3\xA7\xC3\xA9 \xE7"
            "a",
            Encoding::utf8, "ççé ça"},
           {"\xE2\x80\xAE"
            "abc",
            Encoding::utf8,
            "\u202e"
            "abc"},
       }) {
    SCOPED_TRACE(each.out);
    EXPECT_EQ(to_text(encoding_of(each.in)), to_text(each.encoding));
    for (const std::size_t size : {1U, 2U, 3U, 1000U}) EXPECT_EQ(decoded(each.in, size), each.out);
  }
}

TEST(CsvReader, WhatTheWriterWroteComesBack) {
  const std::vector<std::string> cells{"a,b", "=1", "x\r\ny", "\"", " ", "", "'t Hoekje", "+1876"};
  std::string text;
  Writer writer(text);
  for (const auto& cell : cells) writer.cell(cell);
  writer.end_row();
  std::vector<std::string> back;
  Reader reader(',', [&](const Row& row) {
    for (const auto& cell : row.cells) back.emplace_back(unguarded(cell));
  });
  reader.feed(text);
  reader.finish();
  EXPECT_EQ(back, cells);
}

}  // namespace
}  // namespace flash::csv
