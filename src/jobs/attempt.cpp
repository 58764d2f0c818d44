#include "jobs/attempt.h"

#include <algorithm>

#include "base/text.h"

namespace flash::jobs {

Attempt::Attempt(std::string i, std::string k, std::string y, std::string p, int a)
    : id(std::move(i)), kind(std::move(k)), key(std::move(y)), payload(std::move(p)), number(a) {}

void Attempt::progress(int percent, std::string_view words) {
  const std::scoped_lock lock(mutex_);
  progress_.percent = std::clamp(percent, 0, 100);
  progress_.words = text::clip_utf8(words, 200);
}

Attempt::Progress Attempt::progress() const {
  const std::scoped_lock lock(mutex_);
  return progress_;
}

}  // namespace flash::jobs
