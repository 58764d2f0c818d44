// The prepared statements of one connection: (role, text) to a server-side name, forgetting the
// least used.
#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace flash::db {

// A name belongs to one role: PostgreSQL plans again whenever a name is used under another role,
// which costs more than half of the throughput (measured: 15.7k against 40.2k a second).
class Prepared {
 public:
  explicit Prepared(std::size_t names_max = 1000) : names_max_(names_max) {}

  struct Use {
    std::string name;
    bool fresh = false;                  // send PREPARE first
    std::optional<std::string> evicted;  // send DEALLOCATE of this one
  };
  Use use(const std::string& key);
  void forget(const std::string& key);  // the PREPARE failed, or the server lost it
  void clear();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  static std::string key(std::string_view role, std::string_view text);

 private:
  struct Entry {
    std::string name;
    std::list<std::string>::iterator place;
  };
  std::size_t names_max_;
  std::uint64_t next_ = 0;
  std::list<std::string> order_;  // most recently used first
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace flash::db
