#include "wal/decoder.h"

#include <gtest/gtest.h>

#include "wal/assembler.h"

namespace flash::wal {
namespace {

// Messages as the documentation lays them out, byte by byte.
class Bytes {
 public:
  Bytes& u8(unsigned v) { return number(v, 1); }
  Bytes& u16(unsigned v) { return number(v, 2); }
  Bytes& u32(std::uint64_t v) { return number(v, 4); }
  Bytes& u64(std::uint64_t v) { return number(v, 8); }
  Bytes& mark(char c) { return raw(std::string(1, c)); }
  Bytes& text(std::string_view v) { return raw(std::string(v) + '\0'); }
  Bytes& null() { return mark('n'); }
  Bytes& unchanged() { return mark('u'); }
  Bytes& value(std::string_view v) { return mark('t').u32(v.size()).raw(std::string(v)); }
  Bytes& raw(std::string v) {
    out_ += v;
    return *this;
  }
  operator std::string() const { return out_; }  // NOLINT: reads as bytes

 private:
  Bytes& number(std::uint64_t v, int size) {
    for (int i = size - 1; i >= 0; --i) out_ += static_cast<char>((v >> (8 * i)) & 0xFF);
    return *this;
  }
  std::string out_;
};

std::string begin(unsigned xid = 7) { return Bytes().mark('B').u64(0x100).u64(0).u32(xid); }
std::string commit() { return Bytes().mark('C').u8(0).u64(0x100).u64(0x140).u64(1'000'000); }
// public.t(id int4, body text); identity `identity`.
std::string relation(char identity) {
  const unsigned body_key = identity == 'f' ? 1 : 0;
  return Bytes()
      .mark('R')
      .u32(42)
      .text("public")
      .text("t")
      .mark(identity)
      .u16(2)
      .u8(1)
      .text("id")
      .u32(23)
      .u32(0xFFFFFFFF)
      .u8(body_key)
      .text("body")
      .u32(25)
      .u32(0xFFFFFFFF);
}

Transaction only_transaction(const std::vector<std::string>& messages) {
  Assembler assembler(1 << 20);
  std::optional<Transaction> out;
  for (const std::string& message : messages) {
    auto fed = assembler.feed(message);
    EXPECT_TRUE(fed.has_value()) << fed.error().message;
    if (fed && *fed) out = **std::move(fed);
  }
  EXPECT_TRUE(out.has_value());
  return out ? *std::move(out) : Transaction{};
}

TEST(Decoder, ReadsBeginAndCommit) {
  const auto b = decode(begin(9));
  ASSERT_TRUE(b.has_value());
  EXPECT_EQ(std::get<Begin>(*b).xid, 9U);
  const auto c = decode(commit());
  ASSERT_TRUE(c.has_value());
  EXPECT_EQ(std::get<Commit>(*c).end, 0x140U);
  EXPECT_EQ(to_rfc3339(std::get<Commit>(*c).at), "2000-01-01T00:00:01.000Z");
}

TEST(Decoder, ReadsRelation) {
  const auto m = decode(relation('f'));
  ASSERT_TRUE(m.has_value());
  const auto& table = std::get<Relation>(*m);
  EXPECT_EQ(table.schema, "public");
  EXPECT_EQ(table.name, "t");
  EXPECT_EQ(table.identity, ReplicaIdentity::full);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[1].name, "body");
  EXPECT_EQ(table.columns[1].type, 25U);
  EXPECT_TRUE(table.columns[1].key);
}

TEST(Decoder, RefusesEveryTruncation) {
  const std::string insert =
      Bytes().mark('I').u32(42).mark('N').u16(2).value("1").value("text of some length");
  const std::string update = Bytes()
                                 .mark('U')
                                 .u32(42)
                                 .mark('K')
                                 .u16(2)
                                 .value("1")
                                 .null()
                                 .mark('N')
                                 .u16(2)
                                 .value("2")
                                 .unchanged();
  const std::string message = Bytes().mark('M').u8(1).u64(5).text("flash.ddl").u32(2).raw("{}");
  const std::string truncate = Bytes().mark('T').u32(2).u8(0).u32(42).u32(43);
  for (const std::string& whole :
       {begin(), commit(), relation('d'), insert, update, message, truncate}) {
    ASSERT_TRUE(decode(whole).has_value());
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto cut = decode(whole.substr(0, size));
      ASSERT_FALSE(cut.has_value()) << whole[0] << " cut at " << size;
      EXPECT_EQ(cut.error().code, "wal_malformed");
    }
    EXPECT_FALSE(decode(whole + "x").has_value()) << whole[0] << " with a byte too many";
  }
}

TEST(Decoder, RefusesUnknownKindsAndBinaryCells) {
  EXPECT_FALSE(decode("Z").has_value());
  EXPECT_FALSE(decode("S....").has_value());  // streamed transactions were not asked for
  const std::string binary = Bytes().mark('I').u32(1).mark('N').u16(1).mark('b').u32(0);
  EXPECT_FALSE(decode(binary).has_value());
}

TEST(Decoder, OpensEnvelopes) {
  const std::string data_bytes = Bytes().mark('w').u64(1).u64(2).u64(3).raw("payload");
  const auto data = open_envelope(data_bytes);
  ASSERT_TRUE(data.has_value());
  EXPECT_EQ(data->payload, "payload");
  EXPECT_EQ(data->end, 2U);
  const std::string alive_bytes = Bytes().mark('k').u64(5).u64(0).u8(1);
  const auto alive = open_envelope(alive_bytes);
  ASSERT_TRUE(alive.has_value());
  EXPECT_EQ(alive->kind, Envelope::Kind::keepalive);
  EXPECT_TRUE(alive->reply_wanted);
  EXPECT_FALSE(open_envelope("k").has_value());
  EXPECT_FALSE(open_envelope("").has_value());
}

TEST(Decoder, StatusHas34Bytes) {
  const std::string status = status_update(3, 2, Instant(Duration(946'684'800'000'001)), true);
  EXPECT_EQ(status, std::string(Bytes().mark('r').u64(3).u64(2).u64(2).u64(1).u8(1)));
  EXPECT_EQ(status.size(), 34U);
}

TEST(Assembler, HandsATransactionOverAtItsCommit) {
  Assembler assembler(1 << 20);
  const std::string insert = Bytes().mark('I').u32(42).mark('N').u16(2).value("1").null();
  for (const std::string& message : {begin(), relation('d'), insert}) {
    const auto fed = assembler.feed(message);
    ASSERT_TRUE(fed.has_value());
    EXPECT_FALSE(fed->has_value());
    EXPECT_TRUE(assembler.in_transaction());
  }
  const auto fed = assembler.feed(commit());
  ASSERT_TRUE(fed.has_value() && fed->has_value());
  EXPECT_FALSE(assembler.in_transaction());
  const Transaction& transaction = **fed;
  EXPECT_EQ(transaction.xid, 7U);
  EXPECT_EQ(transaction.end, 0x140U);
  ASSERT_EQ(transaction.changes.size(), 1U);
  EXPECT_EQ(transaction.changes[0].after[0].text, "1");
  EXPECT_EQ(transaction.changes[0].after[1].kind, CellKind::null);
}

TEST(Assembler, FillsUnchangedToastFromAFullOldRow) {
  const Transaction transaction = only_transaction({begin(), relation('f'),
                                                    Bytes()
                                                        .mark('U')
                                                        .u32(42)
                                                        .mark('O')
                                                        .u16(2)
                                                        .value("1")
                                                        .value("long text")
                                                        .mark('N')
                                                        .u16(2)
                                                        .value("2")
                                                        .unchanged(),
                                                    commit()});
  ASSERT_EQ(transaction.changes.size(), 1U);
  EXPECT_EQ(transaction.changes[0].after[1].text, "long text");
  EXPECT_EQ(transaction.changes[0].before[0].text, "1");
}

TEST(Assembler, LeavesUnchangedToastUnknownWithoutAnOldRow) {
  const Transaction transaction = only_transaction(
      {begin(), relation('d'), Bytes().mark('U').u32(42).mark('N').u16(2).value("1").unchanged(),
       commit()});
  const Change& change = transaction.changes.at(0);
  EXPECT_EQ(change.after[1].kind, CellKind::absent);
  // The key did not change, so the old key is the new one; the rest of the old row is unknown.
  EXPECT_EQ(change.before[0].text, "1");
  EXPECT_EQ(change.before[1].kind, CellKind::absent);
}

TEST(Assembler, NullsOutsideTheKeyOfAKeyRowAreUnknown) {
  const Transaction transaction =
      only_transaction({begin(), relation('d'),
                        Bytes().mark('D').u32(42).mark('K').u16(2).value("1").null(), commit()});
  const Change& change = transaction.changes.at(0);
  EXPECT_EQ(change.kind, ChangeKind::remove);
  EXPECT_EQ(change.before[0].text, "1");
  EXPECT_EQ(change.before[1].kind, CellKind::absent);
}

TEST(Assembler, NullsOfAFullRowAreNulls) {
  const Transaction transaction =
      only_transaction({begin(), relation('f'),
                        Bytes().mark('D').u32(42).mark('O').u16(2).value("1").null(), commit()});
  EXPECT_EQ(transaction.changes.at(0).before[1].kind, CellKind::null);
}

TEST(Assembler, MessagesInsideAndOutsideTransactions) {
  const std::string inside = Bytes().mark('M').u8(1).u64(5).text("p").u32(1).raw("x");
  const std::string outside = Bytes().mark('M').u8(0).u64(5).text("p").u32(1).raw("y");
  const Transaction transaction = only_transaction({begin(), inside, commit()});
  EXPECT_EQ(transaction.changes.at(0).content, "x");
  const Transaction alone = only_transaction({outside});
  EXPECT_EQ(alone.changes.at(0).prefix, "p");
  EXPECT_EQ(alone.changes.at(0).content, "y");
  EXPECT_EQ(alone.end, 0U);
}

TEST(Assembler, TruncateNamesEveryTable) {
  const Transaction transaction =
      only_transaction({begin(), relation('d'), Bytes().mark('T').u32(1).u8(0).u32(42), commit()});
  EXPECT_EQ(transaction.changes.at(0).kind, ChangeKind::truncate);
  EXPECT_EQ(transaction.changes.at(0).relation->name, "t");
}

TEST(Assembler, ANewRelationHasANewGeneration) {
  const std::string insert = Bytes().mark('I').u32(42).mark('N').u16(2).value("1").null();
  const Transaction transaction =
      only_transaction({begin(), relation('d'), insert, relation('f'), insert, commit()});
  EXPECT_LT(transaction.changes.at(0).relation->generation,
            transaction.changes.at(1).relation->generation);
  EXPECT_EQ(transaction.changes.at(0).relation->identity, ReplicaIdentity::primary_key);
}

TEST(Assembler, ATransactionAtTheLimitIsKeptAndOneOverIsNot) {
  const std::string insert = Bytes().mark('I').u32(42).mark('N').u16(2).value("1").null();
  for (const bool over : {false, true}) {
    SCOPED_TRACE(over);
    Assembler assembler(2 * insert.size() - (over ? 1 : 0));
    for (const std::string& message : {begin(), relation('d'), insert, insert})
      ASSERT_TRUE(assembler.feed(message).has_value());
    const auto fed = assembler.feed(commit());
    ASSERT_TRUE(fed.has_value() && fed->has_value());
    EXPECT_EQ((*fed)->oversized, over);
    EXPECT_EQ((*fed)->changes.size(), over ? 0U : 2U);
  }
}

TEST(Assembler, RefusesContradictions) {
  const std::string insert = Bytes().mark('I').u32(42).mark('N').u16(2).value("1").null();
  const std::string narrow = Bytes().mark('I').u32(42).mark('N').u16(1).value("1");
  const std::vector<std::vector<std::string>> cases{{insert},
                                                    {commit()},
                                                    {begin(), begin()},
                                                    {begin(), insert},
                                                    {begin(), relation('d'), narrow}};
  for (const auto& messages : cases) {
    Assembler assembler(1 << 20);
    for (std::size_t i = 0; i < messages.size(); ++i)
      EXPECT_EQ(assembler.feed(messages[i]).has_value(), i + 1 < messages.size());
  }
}

TEST(Assembler, ARestartForgetsWhatWasOpen) {
  Assembler assembler(1 << 20);
  ASSERT_TRUE(assembler.feed(begin()).has_value());
  assembler.restart();
  EXPECT_FALSE(assembler.in_transaction());
  EXPECT_TRUE(assembler.feed(begin()).has_value());
}

TEST(Position, TextBothWays) {
  EXPECT_EQ(to_text(0x16B374D848), "16/B374D848");
  EXPECT_EQ(parse_lsn("16/B374D848"), 0x16B374D848U);
  EXPECT_EQ(parse_lsn("0/0"), 0U);
  for (const char* bad : {"", "/", "1", "1/", "/1", "g/1", "1/123456789", "1/2/3"})
    EXPECT_EQ(parse_lsn(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace flash::wal
