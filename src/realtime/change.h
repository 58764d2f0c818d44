// What a caller is told of a change: which event, with which values, as JSON.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "realtime/access.h"
#include "realtime/binding.h"
#include "realtime/filter.h"
#include "wal/transaction.h"

namespace flash::realtime {

// Whether the policies let the caller see the row as it was, and as it is. What is unknown is no.
struct Sight {
  bool before = false;
  bool after = false;
};

// nullopt: the caller is told nothing. An update that takes the row out of sight is told as a
// deletion, so that it leaves the screen.
std::optional<Events> event_for(wal::ChangeKind kind, Sight sight);

// The values by which a binding chooses: of the new row, of the old one for a deletion.
const wal::Tuple& chosen_by(const wal::Change& change, Events event);
// A column that the caller may not read, or that the log does not tell, fails the filter.
bool passes(const Filter& filter, const TableAccess& access, const wal::Relation& relation,
            const wal::Tuple& row);

struct Telling {
  Events event = insert_event;
  bool old_row = false;             // the caller saw the row before, so its old values may be told
  std::vector<std::string> select;  // sorted; empty: every readable column. The key is always told.
};

// The `data` object of protocol/realtime: schema, table, commit_timestamp, type, columns, record,
// old_record, errors. A record of more than 1 MiB is told without its values over 64 bytes.
std::string data_json(const wal::Change& change, const TableAccess& access, const Telling& telling,
                      Instant committed);

}  // namespace flash::realtime
