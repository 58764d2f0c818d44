// A committed transaction as the change stream tells it: whole, in order, with old and new rows.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "wal/position.h"

namespace flash::wal {

// Which columns of an old row the log holds (PostgreSQL's REPLICA IDENTITY).
enum class ReplicaIdentity : char { primary_key = 'd', nothing = 'n', full = 'f', index = 'i' };

struct Column {
  std::string name;
  std::uint32_t type = 0;  // pg_type.oid
  bool key = false;        // part of the replica identity; every column under `full`
};

// A table as it was at this place of the stream. A new value arrives after any DDL, grant or policy
// change that touches the table, so `generation` tells caches when to forget.
struct Relation {
  std::uint32_t id = 0;  // pg_class.oid
  std::string schema;
  std::string name;
  ReplicaIdentity identity = ReplicaIdentity::primary_key;
  std::vector<Column> columns;
  std::uint64_t generation = 0;
};

enum class CellKind : std::uint8_t {
  absent,  // the log does not say: outside the replica identity, or unchanged TOAST without an old
           // row
  null,
  text,  // PostgreSQL's text output, DateStyle ISO, UTC
};

struct Cell {
  CellKind kind = CellKind::absent;
  std::string_view text;
};

using Tuple = std::vector<Cell>;  // as many as the relation's columns, or none

enum class ChangeKind : std::uint8_t { insert, update, remove, truncate, message };

struct Change {
  ChangeKind kind = ChangeKind::insert;
  std::shared_ptr<const Relation> relation;  // null for `message`
  Tuple before;                              // update, remove
  Tuple after;                               // insert, update
  std::string_view prefix, content;          // message: pg_logical_emit_message's arguments
  std::unique_ptr<const std::string> bytes;  // what the views above point into
};

struct Transaction {
  std::uint32_t xid = 0;
  Lsn commit = 0;
  Lsn end = 0;  // to acknowledge once the transaction was dealt with
  Instant at;   // commit time
  std::vector<Change> changes;
  std::size_t bytes = 0;  // of the changes on the wire
  bool oversized =
      false;  // larger than the limit: its changes were dropped, readers must start over
};

}  // namespace flash::wal
