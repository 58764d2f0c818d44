#include "db/protocol.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "db/rows.h"

namespace flash::db::protocol {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string message(char type, std::string_view body) {
  const std::size_t length = body.size() + 4;
  std::string out(1, type);
  for (unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(length >> shift & 0xFFU);
  return out.append(body);
}

void feed(Reader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::span<char> space = reader.space();
    const std::size_t part = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), part);
    reader.filled(part);
    bytes.remove_prefix(part);
  }
}

TEST(Protocol, messages_are_the_bytes_of_the_manual) {
  std::string out;
  parse(out, "s1", "select $1");
  EXPECT_EQ(out, "P\0\0\0\x13s1\0select $1\0\0\0"s);
  out.clear();
  describe(out, "s1");
  EXPECT_EQ(out, "D\0\0\0\x08Ss1\0"s);
  out.clear();
  forget(out, "s1");
  EXPECT_EQ(out, "C\0\0\0\x08Ss1\0"s);
  out.clear();
  Bind bind(out, "s1", 2);
  bind.value(
      "4\0"
      "1"sv);
  bind.null();
  bind.end();
  EXPECT_EQ(out,
            "B\0\0\0\x19\0s1\0\0\0\0\2\0\0\0\3"
            "4\0"
            "1\xff\xff\xff\xff\0\0"s);
  out.clear();
  execute(out);
  sync(out);
  EXPECT_EQ(out, "E\0\0\0\x09\0\0\0\0\0S\0\0\0\4"s);
}

TEST(Protocol, a_message_may_come_in_pieces_of_any_size) {
  const std::string all = message('D', "first") + message('C', "") + message('Z', "I");
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    Reader reader;
    std::string seen;
    for (const auto& piece : {all.substr(0, cut), all.substr(cut)}) {
      feed(reader, piece);
      while (const auto got = reader.next()) seen += got->type + std::string(got->body) + ";";
    }
    EXPECT_EQ(seen, "Dfirst;C;ZI;") << cut;
  }
}

TEST(Protocol, a_large_message_is_held_whole_and_its_memory_given_back) {
  Reader reader;
  const std::string large(3 * Reader::usual_bytes, 'x');
  const std::string bytes = message('C', "a") + message('D', large) + message('Z', "I");
  std::vector<std::size_t> sizes;
  for (std::string_view rest = bytes; !rest.empty();) {
    const std::span<char> space = reader.space();
    const std::size_t part = std::min({space.size(), rest.size(), std::size_t{10'000}});
    std::memcpy(space.data(), rest.data(), part);
    reader.filled(part);
    rest.remove_prefix(part);
    while (const auto got = reader.next()) {
      sizes.push_back(got->body.size());
      if (got->type == 'D') EXPECT_EQ(got->body, large);
    }
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{1, large.size(), 1}));
  EXPECT_EQ(reader.space().size(), Reader::usual_bytes);
}

TEST(Protocol, a_length_that_cannot_be_breaks_the_stream) {
  for (const auto& bytes : {"D\0\0\0\3"s, "D\x7f\xff\xff\xff"s, "D\xff\xff\xff\xff"s}) {
    Reader reader;
    feed(reader, bytes);
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.is_broken());
  }
}

TEST(Protocol, an_error_report_becomes_our_error) {
  const Report report =
      report_of("SFEHLER\0VERROR\0C23505\0Mduplicate key\0DKey (a)=(1) exists.\0Htry 2\0\0"sv);
  EXPECT_EQ(report.error.code, "23505");
  EXPECT_EQ(report.error.kind, Kind::conflict);
  EXPECT_EQ(report.error.message, "duplicate key");
  EXPECT_EQ(report.error.details, "Key (a)=(1) exists.");
  EXPECT_EQ(report.error.hint, "try 2");
  EXPECT_FALSE(report.is_fatal);
  EXPECT_TRUE(report_of("VFATAL\0C57P01\0Mgoing\0\0"sv).is_fatal);
  EXPECT_EQ(report_of("Cunfinished"sv).error.code, "unfinished");
  EXPECT_EQ(report_of("").error.code, "XX000");
}

std::string description(const std::vector<std::string>& names) {
  std::string out{'\0', static_cast<char>(names.size())};
  for (const std::string& name : names) out += name + '\0' + std::string(18, '\0');
  return out;
}

TEST(Protocol, rows_are_views_into_one_piece_of_memory) {
  RowsReader reader(names_of(description({"a", "b", "c"})));
  EXPECT_TRUE(reader.add("\0\3\0\0\0\2xy\xff\xff\xff\xff\0\0\0\0"sv));
  EXPECT_TRUE(reader.add("\0\3\0\0\0\0\0\0\0\1z\0\0\0\1w"sv));
  const Rows rows = reader.finish("SELECT 2\0"sv);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.affected(), 2U);
  EXPECT_EQ(rows.column("c"), 2U);
  EXPECT_EQ(rows.at(0, 0), "xy");
  EXPECT_FALSE(rows.at(0, 1));
  EXPECT_EQ(rows.at(0, 2), "");
  EXPECT_EQ(rows.text(1, 2), "w");
  EXPECT_FALSE(rows.at(2, 0));
  EXPECT_FALSE(rows.at(0, 3));
}

TEST(Protocol, a_row_that_is_not_of_its_columns_is_refused) {
  const auto names = names_of(description({"a", "b"}));
  for (const auto row : {"\0\1\0\0\0\0"sv, "\0\2\0\0\0\1x"sv, "\0\2\0\0\0\x09xy\0\0\0\0"sv,
                         "\0\2\xff\xff\xff\xfe\0\0\0\0"sv, "\0"sv, ""sv}) {
    RowsReader reader(names);
    EXPECT_FALSE(reader.add(row));
  }
  EXPECT_FALSE(RowsReader(nullptr).add("\0\1\0\0\0\0"sv));
  EXPECT_EQ(names_of("\0\2a\0"sv), nullptr);
}

}  // namespace
}  // namespace flash::db::protocol
