// The prepared statements of one connection: (role, text) to a server-side name, forgetting the
// least used.
#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/rows.h"

namespace flash::db {

// A prepared statement as its users hold it.
struct Known {
  std::string name;                    // on the server
  std::shared_ptr<const Names> names;  // set by the answer to its description; null: no rows
};

// A name belongs to one role: PostgreSQL plans again whenever a name is used under another role,
// which costs more than half of the throughput (measured: 15.7k against 40.2k a second).
class Prepared {
 public:
  explicit Prepared(std::size_t names_max = 1000) : names_max_(names_max) {}

  struct Use {
    std::shared_ptr<Known> known;
    bool fresh = false;                  // it has to be prepared first
    std::optional<std::string> evicted;  // the name of one to close
  };
  Use use(std::string_view role, std::string_view text);
  // The preparation failed, or the server lost it.
  void forget(std::string_view role, std::string_view text);
  void clear();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string role, text;
    std::shared_ptr<Known> known;
  };
  struct Key {  // views into the entry's own texts
    std::string_view role, text;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>{}(key.text) * 31 + std::hash<std::string_view>{}(key.role);
    }
  };
  std::size_t names_max_;
  std::uint64_t next_ = 0;
  std::list<Entry> order_;  // most recently used first
  std::unordered_map<Key, std::list<Entry>::iterator, Hash> entries_;
};

}  // namespace flash::db
