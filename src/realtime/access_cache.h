// What roles may see of tables, read from the database once and again whenever that may have
// changed.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "db/pool.h"
#include "realtime/access.h"
#include "wal/transaction.h"

namespace flash::realtime {

// The stream describes a table anew after any change of its columns, policies or grants, in the
// very order of the commits, so an entry is good for one generation of its relation. Memberships of
// roles are not told by the stream: entries are read again after 30 seconds at most.
class AccessCache {
 public:
  AccessCache(db::Pool& pool, std::string publication)
      : pool_(pool), publication_(std::move(publication)) {}

  // For a change: what holds for that generation of the relation. Null: there is no such table or
  // role any more. Errors: of the database.
  loop::Task<Result<std::shared_ptr<const TableAccess>>> of(
      std::shared_ptr<const wal::Relation> relation, std::string role);
  // For a subscriber: what holds now, or did a moment ago.
  loop::Task<Result<std::shared_ptr<const TableAccess>>> look(std::string schema, std::string table,
                                                              std::string role);

 private:
  using Steady = std::chrono::steady_clock;
  struct Entry {
    std::shared_ptr<const TableAccess> access;
    std::uint64_t generation = 0;
    Steady::time_point read;
  };
  using Key = std::pair<std::string, std::string>;  // table, role

  loop::Task<Result<std::shared_ptr<const TableAccess>>> read(std::string schema, std::string table,
                                                              std::string role,
                                                              std::uint64_t generation);

  db::Pool& pool_;
  std::string publication_;
  std::map<Key, Entry> entries_;
  std::unordered_map<std::string, std::uint64_t> generations_;  // the last seen, a table
};

}  // namespace flash::realtime
