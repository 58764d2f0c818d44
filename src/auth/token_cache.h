// Tokens that this core has verified: a look-up instead of a signature check. The longest unused
// goes first.
#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "auth/identity.h"
#include "base/time.h"

namespace flash::auth {

// What is known of the session behind a token.
struct Liveness {
  std::string session_id;
  Instant confirmed_at{};        // the database said that it lives
  Instant unconfirmed_since{};   // first use without a fresh confirmation; zero: none
  std::uint64_t generation = 0;  // of Revocations, when it was last looked at
  bool asked = false;            // a question to the database is under way
  bool dead = false;
};

struct Known {
  Identity identity;
  std::int64_t dies_at = 0;            // epoch seconds, grace included
  std::shared_ptr<Liveness> liveness;  // null: the token belongs to no session
};

class TokenCache {
 public:
  explicit TokenCache(std::size_t tokens_max) : tokens_max_(tokens_max) {}

  // Null: unknown, or its time is over. Valid until the next call.
  Known* find(std::string_view token, std::int64_t now);
  Known& add(std::string_view token, Known known);
  [[nodiscard]] std::size_t size() const { return order_.size(); }

 private:
  using Order = std::list<std::pair<std::string, Known>>;
  void drop(Order::iterator item);

  std::size_t tokens_max_;
  Order order_;                                                   // last used first
  std::unordered_map<std::string_view, Order::iterator> places_;  // keys live in order_
};

}  // namespace flash::auth
