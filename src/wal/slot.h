// The replication slot: made when it is missing, remade when the server gave it up.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.h"
#include "loop/core.h"
#include "wal/connection.h"
#include "wal/position.h"

namespace flash::wal {

enum class SlotLife : std::uint8_t {
  automatic,  // permanent where the server bounds what a slot may hold back, temporary elsewhere
  permanent,  // outlives the connection: a reconnection continues without a gap
  temporary,  // ends with the connection: never fills a disk, but every reconnection has a gap
};

struct SlotOptions {
  std::string name = "flash_cdc";  // [a-z0-9_], at most 63; one a node that reads the same database
  std::string publication = "supabase_realtime";  // [a-z0-9_]
  SlotLife life = SlotLife::automatic;
};

struct Opened {
  std::string slot;  // its name in the end
  bool gap = false;  // changes between `resume_at` and now are lost
  bool temporary = false;
};

// Starts the stream on a fresh connection. `resume_at`: where an earlier connection of this process
// stopped; 0 is the first start, which begins with what commits from now on.
// Errors: unavailable "55006" while another reader has the slot; "42704" without the publication.
loop::Task<Result<Opened>> open_slot(Connection& connection, SlotOptions options, Lsn resume_at);

// Why the options cannot be used: names go into replication commands, which have no parameters.
Result<void> check(const SlotOptions& options);

}  // namespace flash::wal
