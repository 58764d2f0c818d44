#include "auth/revocations.h"

namespace flash::auth {

void Revocations::add(std::string_view session_id, std::int64_t until, std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  while (!order_.empty() && (order_.front().until <= now || order_.size() >= sessions_max_)) {
    ids_.erase(order_.front().session_id);
    order_.pop_front();
  }
  if (ids_.emplace(session_id).second) order_.push_back({std::string(session_id), until});
  generation_.fetch_add(1, std::memory_order_release);
}

bool Revocations::contains(std::string_view session_id) const {
  const std::scoped_lock lock(mutex_);
  return ids_.contains(std::string(session_id));
}

}  // namespace flash::auth
