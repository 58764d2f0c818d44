#include "auth/token_cache.h"

#include "base/check.h"

namespace flash::auth {

Known* TokenCache::find(std::string_view token, std::int64_t now) {
  const auto place = places_.find(token);
  if (place == places_.end()) return nullptr;
  const auto item = place->second;
  if (now >= item->second.dies_at) {
    drop(item);
    return nullptr;
  }
  order_.splice(order_.begin(), order_, item);
  return &item->second;
}

Known& TokenCache::add(std::string_view token, Known known) {
  CHECK(tokens_max_ > 0);
  if (const auto place = places_.find(token); place != places_.end()) drop(place->second);
  while (order_.size() >= tokens_max_) drop(std::prev(order_.end()));
  order_.emplace_front(std::string(token), std::move(known));
  places_.emplace(order_.front().first, order_.begin());
  return order_.front().second;
}

void TokenCache::drop(Order::iterator item) {
  places_.erase(item->first);
  order_.erase(item);
}

}  // namespace flash::auth
