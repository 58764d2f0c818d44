#include "db/prepared.h"

#include "base/text.h"

namespace flash::db {

std::string Prepared::key(std::string_view role, std::string_view text) {
  return text::cat(role, '\n', text);
}

Prepared::Use Prepared::use(const std::string& key) {
  if (const auto found = entries_.find(key); found != entries_.end()) {
    order_.splice(order_.begin(), order_, found->second.place);
    return Use{found->second.name, false, std::nullopt};
  }
  Use out;
  if (entries_.size() >= names_max_) {
    const auto oldest = entries_.find(order_.back());
    out.evicted = oldest->second.name;
    entries_.erase(oldest);
    order_.pop_back();
  }
  order_.push_front(key);
  out.name = text::cat("s", std::to_string(next_++));
  out.fresh = true;
  entries_.emplace(key, Entry{out.name, order_.begin()});
  return out;
}

void Prepared::forget(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  order_.erase(found->second.place);
  entries_.erase(found);
}

void Prepared::clear() {
  entries_.clear();
  order_.clear();
}

}  // namespace flash::db
