// pgoutput messages: bytes to values (PostgreSQL 15 documentation, section 55.9, protocol version
// 1).
#pragma once
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "wal/transaction.h"

namespace flash::wal {

struct Begin {
  Lsn commit = 0;
  Instant at;
  std::uint32_t xid = 0;
};

struct Commit {
  Lsn commit = 0;
  Lsn end = 0;
  Instant at;
};

enum class OldRow : std::uint8_t {
  none,  // an update that left the key alone
  key,   // only the columns of the replica identity are filled
  full,
};

// Views point into the decoded bytes.
struct RowChange {
  ChangeKind kind = ChangeKind::insert;
  std::uint32_t relation = 0;
  OldRow old_row = OldRow::none;
  Tuple before;
  Tuple after;
};

struct Truncate {
  std::vector<std::uint32_t> relations;
};

struct LogicalMessage {
  bool transactional = false;
  std::string_view prefix;
  std::string_view content;
};

struct Passed {};  // origin and type messages: nothing that a reader of rows needs

using Message = std::variant<Passed, Begin, Commit, Relation, RowChange, Truncate, LogicalMessage>;

// One message. Error: invalid "wal_malformed", with the kind of message; nothing is read past the
// end.
Result<Message> decode(std::string_view bytes);

// What surrounds a message on a replication connection.
struct Envelope {
  enum class Kind : std::uint8_t { data, keepalive } kind = Kind::data;
  Lsn end = 0;                // the server's end of the log, or of what it sent
  bool reply_wanted = false;  // keepalive: the server waits for a status
  std::string_view payload;   // data: a pgoutput message
};

Result<Envelope> open_envelope(std::string_view bytes);

// The client's answer: everything before `done` was dealt with and need not be kept.
std::string status_update(Lsn received, Lsn done, Instant now, bool reply_wanted);

}  // namespace flash::wal
