// Who listens to row changes: channels with equal claims, topic and bindings are one audience.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/work.h"
#include "realtime/filter.h"
#include "realtime/hub.h"
#include "wal/transaction.h"

namespace flash::realtime {

// Callers that the policies cannot tell apart: one decision serves them all. The whole claims
// count, so two sign-ins of one person are two classes; policies may read any claim.
struct CallerClass {
  std::string key;
  std::string role;
  db::Identity identity;
};

struct Bound {
  Binding binding;  // `select` is sorted
  Filter filter;
  bool refused = false;  // the subscriber was told why; nothing comes of it
};

struct Audience {
  AudienceId id = 0;
  Version version = Version::v2;
  std::string topic;  // as on the wire
  std::shared_ptr<const CallerClass> caller;
  std::vector<Bound> bindings;
  std::map<unsigned, std::size_t> cores;             // channels a core; empty: nobody is left
  std::chrono::steady_clock::time_point fault_told;  // that its policies failed
};

class Audiences {
 public:
  // Adds the channel; the audience is new when it is its first.
  std::shared_ptr<Audience> add(const Subscription& subscription);
  void remove(unsigned core, AudienceId id);

  // Those with a binding for that table, in order of their making.
  [[nodiscard]] std::vector<std::shared_ptr<Audience>> of(const wal::Relation& relation) const;
  [[nodiscard]] std::vector<std::shared_ptr<Audience>> all() const;
  [[nodiscard]] std::size_t size() const { return by_id_.size(); }

 private:
  struct Entry {
    std::shared_ptr<Audience> audience;
    std::string key;
  };

  struct ClassEntry {
    std::shared_ptr<const CallerClass> caller;
    std::size_t audiences = 0;
  };

  std::shared_ptr<const CallerClass> use_class(const Caller& caller);
  void drop_class(const std::string& key);
  void index(const Audience& audience, bool add);

  AudienceId last_id_ = 0;
  std::map<AudienceId, Entry> by_id_;
  std::unordered_map<std::string, AudienceId> by_key_;
  std::unordered_map<std::string, ClassEntry> classes_;
  std::unordered_map<std::string, std::set<AudienceId>>
      by_table_;  // "schema.table", "schema.*", "*"
};

}  // namespace flash::realtime
