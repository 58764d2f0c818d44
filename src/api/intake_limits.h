// How many leads one address or one person may send: meters shared by all cores of the process.
#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>

#include "auth/throttle.h"
#include "base/time.h"
#include "config/settings.h"

namespace flash::api {

class IntakeLimits {
 public:
  // Takes one; or says how long to wait. 0 in the settings: no limit.
  std::optional<std::chrono::seconds> take_public(const config::Settings& settings,
                                                  std::string_view address, Instant now);
  std::optional<std::chrono::seconds> take_person(const config::Settings& settings,
                                                  std::string_view person, Instant now);

 private:
  // A request holds it for some hundred nanoseconds; an address that opens connections to every
  // core must not get the limit once a core.
  std::mutex mutex_;
  auth::Throttle meters_{std::size_t{1} << 16U};
};

IntakeLimits& intake_limits();  // the process's one

}  // namespace flash::api
