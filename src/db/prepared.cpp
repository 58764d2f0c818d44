#include "db/prepared.h"

#include "base/text.h"

namespace flash::db {

Prepared::Use Prepared::use(std::string_view role, std::string_view text) {
  if (const auto found = entries_.find({role, text}); found != entries_.end()) {
    order_.splice(order_.begin(), order_, found->second);
    return Use{found->second->known, false, std::nullopt};
  }
  Use out;
  if (entries_.size() >= names_max_) {
    const Entry& oldest = order_.back();
    out.evicted = oldest.known->name;
    entries_.erase({oldest.role, oldest.text});
    order_.pop_back();
  }
  out.known = std::make_shared<Known>(text::cat("s", std::to_string(next_++)), nullptr);
  out.fresh = true;
  order_.push_front({std::string(role), std::string(text), out.known});
  entries_.emplace(Key{order_.front().role, order_.front().text}, order_.begin());
  return out;
}

void Prepared::forget(std::string_view role, std::string_view text) {
  const auto found = entries_.find({role, text});
  if (found == entries_.end()) return;
  const auto place = found->second;
  entries_.erase(found);
  order_.erase(place);
}

void Prepared::clear() {
  entries_.clear();
  order_.clear();
}

}  // namespace flash::db
