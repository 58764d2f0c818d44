#include "wal/decoder.h"

#include <string>

#include "base/text.h"

namespace flash::wal {
namespace {

// PostgreSQL counts microseconds since 2000-01-01.
constexpr std::int64_t postgres_epoch_us = 946'684'800'000'000;

// Reads big-endian numbers and strings; once anything was missing, `good` stays false and reads
// give zero.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool done() const { return good_ && rest_.empty(); }

  template <class Int>
  Int number() {
    const std::string_view raw = take(sizeof(Int));
    std::uint64_t value = 0;
    for (char c : raw) value = (value << 8U) | static_cast<unsigned char>(c);
    return static_cast<Int>(value);
  }
  char character() { return static_cast<char>(number<std::uint8_t>()); }
  Instant instant() {
    const auto micros = number<std::int64_t>();
    // Added as unsigned, so that an absurd value wraps instead of being undefined.
    return Instant(Duration(static_cast<std::int64_t>(static_cast<std::uint64_t>(micros) +
                                                      std::uint64_t{postgres_epoch_us})));
  }
  std::string_view take(std::size_t size) {
    if (!good_ || rest_.size() < size) {
      good_ = false;
      return {};
    }
    const std::string_view piece = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return piece;
  }
  std::string_view text() {  // up to a NUL
    const auto end = rest_.find('\0');
    if (!good_ || end == std::string_view::npos) {
      good_ = false;
      return {};
    }
    const std::string_view piece = take(end);
    take(1);
    return piece;
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

bool read_tuple(Reader& in, Tuple& tuple) {
  const auto count = in.number<std::uint16_t>();
  for (unsigned i = 0; i < count && in.good(); ++i) {
    Cell cell;
    switch (in.character()) {
      case 'n': cell.kind = CellKind::null; break;
      case 'u': cell.kind = CellKind::absent; break;
      case 't':
        cell.kind = CellKind::text;
        cell.text = in.take(in.number<std::uint32_t>());
        break;
      default: return false;  // 'b' too: binary was not asked for
    }
    tuple.push_back(cell);
  }
  return in.good();
}

bool read_relation(Reader& in, Relation& relation) {
  relation.id = in.number<std::uint32_t>();
  relation.schema = in.text();
  relation.name = in.text();
  const char identity = in.character();
  if (std::string_view("dnfi").find(identity) == std::string_view::npos) return false;
  relation.identity = static_cast<ReplicaIdentity>(identity);
  // PostgreSQL leaves the schema pg_catalog out.
  if (relation.schema.empty()) relation.schema = "pg_catalog";
  const auto count = in.number<std::uint16_t>();
  for (unsigned i = 0; i < count && in.good(); ++i) {
    Column column;
    column.key = (in.number<std::uint8_t>() & 1U) != 0;
    column.name = in.text();
    column.type = in.number<std::uint32_t>();
    in.number<std::uint32_t>();  // type modifier
    relation.columns.push_back(std::move(column));
  }
  return in.good();
}

// The old row that a 'K' or 'O' announces.
bool read_old_row(Reader& in, char mark, RowChange& change) {
  change.old_row = mark == 'O' ? OldRow::full : OldRow::key;
  return read_tuple(in, change.before);
}

bool read_row_change(Reader& in, char kind, RowChange& change) {
  change.relation = in.number<std::uint32_t>();
  char mark = in.character();
  if (kind == 'I') {
    change.kind = ChangeKind::insert;
    return mark == 'N' && read_tuple(in, change.after);
  }
  if (kind == 'D') {
    change.kind = ChangeKind::remove;
    return (mark == 'K' || mark == 'O') && read_old_row(in, mark, change);
  }
  change.kind = ChangeKind::update;
  if (mark == 'K' || mark == 'O') {
    if (!read_old_row(in, mark, change)) return false;
    mark = in.character();
  }
  return mark == 'N' && read_tuple(in, change.after);
}

bool read_truncate(Reader& in, Truncate& truncate) {
  const auto count = in.number<std::uint32_t>();
  in.number<std::uint8_t>();  // cascade, restart identity
  for (std::uint32_t i = 0; i < count && in.good(); ++i)
    truncate.relations.push_back(in.number<std::uint32_t>());
  return in.good();
}

Begin read_begin(Reader& in) {
  Begin begin;
  begin.commit = in.number<Lsn>();
  begin.at = in.instant();
  begin.xid = in.number<std::uint32_t>();
  return begin;
}

Commit read_commit(Reader& in) {
  Commit commit;
  in.number<std::uint8_t>();  // flags, unused
  commit.commit = in.number<Lsn>();
  commit.end = in.number<Lsn>();
  commit.at = in.instant();
  return commit;
}

LogicalMessage read_message(Reader& in) {
  LogicalMessage message;
  message.transactional = (in.number<std::uint8_t>() & 1U) != 0;
  in.number<Lsn>();
  message.prefix = in.text();
  message.content = in.take(in.number<std::uint32_t>());
  return message;
}

// False: the body of that kind is broken.
bool read_body(Reader& in, char kind, Message& out) {
  switch (kind) {
    case 'B': out = read_begin(in); return in.done();
    case 'C': out = read_commit(in); return in.done();
    case 'R': return read_relation(in, out.emplace<Relation>()) && in.done();
    case 'I':
    case 'U':
    case 'D': return read_row_change(in, kind, out.emplace<RowChange>()) && in.done();
    case 'T': return read_truncate(in, out.emplace<Truncate>()) && in.done();
    case 'M': out = read_message(in); return in.done();
    case 'O':
    case 'Y': out = Passed{}; return true;
    default: return false;
  }
}

}  // namespace

Result<Message> decode(std::string_view bytes) {
  Reader in(bytes);
  const char kind = in.character();
  Message out;
  if (read_body(in, kind, out)) return out;
  const std::string name(kind >= ' ' && kind <= '~' ? 1 : 0, kind);
  return fail(Kind::invalid, "wal_malformed",
              text::cat("a replication message of kind '", name, "' is malformed"));
}

Result<Envelope> open_envelope(std::string_view bytes) {
  Reader in(bytes);
  Envelope envelope;
  const char kind = in.character();
  if (kind == 'w') {
    in.number<Lsn>();
    envelope.end = in.number<Lsn>();
    in.number<std::int64_t>();
    constexpr std::size_t head_bytes = 25;
    if (in.good()) envelope.payload = bytes.substr(head_bytes);
  } else if (kind == 'k') {
    envelope.kind = Envelope::Kind::keepalive;
    envelope.end = in.number<Lsn>();
    in.number<std::int64_t>();
    envelope.reply_wanted = in.number<std::uint8_t>() != 0;
  }
  if (!in.good() || (kind != 'w' && kind != 'k'))
    return fail(Kind::invalid, "wal_malformed", "a replication envelope is malformed");
  return envelope;
}

namespace {

void append_number(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU);
}

}  // namespace

std::string status_update(Lsn received, Lsn done, Instant now, bool reply_wanted) {
  std::string out = "r";
  append_number(out, received);
  append_number(out, done);  // flushed
  append_number(out, done);  // applied
  append_number(out,
                static_cast<std::uint64_t>(now.time_since_epoch().count() - postgres_epoch_us));
  out += reply_wanted ? '\1' : '\0';
  return out;
}

}  // namespace flash::wal
