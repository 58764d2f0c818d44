// Who is present in one topic: keys with their metas, and what changed since the last diff.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace flash::realtime {

// A channel of a socket of a core: what holds at most one meta in a topic.
struct ChannelKey {
  unsigned core = 0;
  std::uint64_t socket = 0;
  std::uint32_t channel = 0;
  auto operator<=>(const ChannelKey&) const = default;
};

class Presence {
 public:
  explicit Presence(std::size_t members_max = 10'000) : members_max_(members_max) {}

  // A second track of the same member is an update: a leave and a join of the key. The same meta
  // again changes nothing. False: the topic is full.
  bool track(const ChannelKey& member, std::string key, std::string meta);
  void untrack(const ChannelKey& member);

  // {"key":{"metas":[{"phx_ref":"..",...}]}}
  [[nodiscard]] std::string state() const;
  [[nodiscard]] bool changed() const { return !joins_.empty() || !leaves_.empty(); }
  // {"joins":{...},"leaves":{...}} since the last call. Who came and went in between is in neither.
  std::string take_diff();
  [[nodiscard]] bool empty() const { return members_.empty(); }

 private:
  struct Meta {
    std::string key;
    std::string ref;       // unique in the process
    std::string meta;      // JSON object as the client sent it
    std::string previous;  // phx_ref of the meta that this one replaced
  };
  using Metas = std::vector<Meta>;

  static std::string metas_json(const std::vector<const Meta*>& metas);
  static void append_meta(std::string& out, const Meta& meta);
  void leave(Meta meta);

  std::size_t members_max_;
  std::map<ChannelKey, Meta> members_;
  Metas joins_, leaves_;
};

}  // namespace flash::realtime
