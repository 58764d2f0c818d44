// Sessions of this process that are over while tokens of theirs still have time to live. All cores
// read it.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

namespace flash::auth {

class Revocations {
 public:
  explicit Revocations(std::size_t sessions_max) : sessions_max_(sessions_max) {}

  // `until`: when the last token of the session dies, in epoch seconds. When it is full the oldest
  // is forgotten; the next use of such a token is found dead by the database again.
  void add(std::string_view session_id, std::int64_t until, std::int64_t now);
  [[nodiscard]] bool contains(std::string_view session_id) const;
  // Grows with every add. As long as it stands still, an answer of contains() stays true.
  [[nodiscard]] std::uint64_t generation() const {
    return generation_.load(std::memory_order_acquire);
  }

 private:
  struct Item {
    std::string session_id;
    std::int64_t until;
  };
  std::size_t sessions_max_;
  mutable std::mutex mutex_;  // held for a look-up; taken on a change and once a token after it
  std::deque<Item> order_;
  std::unordered_set<std::string> ids_;
  std::atomic<std::uint64_t> generation_{1};
};

}  // namespace flash::auth
