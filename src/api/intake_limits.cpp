#include "api/intake_limits.h"

namespace flash::api {
namespace {

auth::Rate rate(unsigned count, std::chrono::milliseconds window) {
  return {count, window / static_cast<int>(count)};
}

}  // namespace

std::optional<std::chrono::seconds> IntakeLimits::take_public(const config::Settings& settings,
                                                              std::string_view address,
                                                              Instant now) {
  const std::string network = auth::network_of(address);
  const std::lock_guard hold(mutex_);
  const auto minute_key = meters_.key("intake-minute", network);
  if (settings.intake_per_minute > 0)
    if (auto wait = meters_.take(minute_key,
                                 rate(settings.intake_per_minute, std::chrono::minutes(1)), now))
      return wait;
  if (settings.intake_per_hour == 0) return std::nullopt;
  auto wait = meters_.take(meters_.key("intake-hour", network),
                           rate(settings.intake_per_hour, std::chrono::hours(1)), now);
  if (wait && settings.intake_per_minute > 0)
    meters_.give_back(minute_key, rate(settings.intake_per_minute, std::chrono::minutes(1)));
  return wait;
}

std::optional<std::chrono::seconds> IntakeLimits::take_person(const config::Settings& settings,
                                                              std::string_view person,
                                                              Instant now) {
  if (settings.rep_intake_per_minute == 0) return std::nullopt;
  const std::lock_guard hold(mutex_);
  return meters_.take(meters_.key("intake-person", person),
                      rate(settings.rep_intake_per_minute, std::chrono::minutes(1)), now);
}

IntakeLimits& intake_limits() {
  static IntakeLimits limits;
  return limits;
}

}  // namespace flash::api
