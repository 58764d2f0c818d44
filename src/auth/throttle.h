// How often a key may do something: a fixed table of meters, one number each (GCRA, ITU-T I.371).
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace flash::auth {

struct Rate {
  unsigned burst = 1;                     // at once
  std::chrono::milliseconds every{1000};  // then one in this time
};

// A full set forgets the meter that is nearest to rest. Not safe for several threads.
class Throttle {
 public:
  using Key = std::uint64_t;

  // `slots` is rounded up to a power of two; 16 bytes each.
  explicit Throttle(std::size_t slots);

  // Keyed with a secret of this process, so that nobody can aim at another's slot.
  [[nodiscard]] Key key(std::string_view kind, std::string_view text) const;

  // Takes one; or takes nothing and says how long to wait, at least a second.
  std::optional<std::chrono::seconds> take(Key key, Rate rate, Instant now);
  void give_back(Key key, Rate rate);

  // A key may also be remembered until a time.
  void remember(Key key, Instant until);
  [[nodiscard]] bool remembers(Key key, Instant now) const;

 private:
  struct Meter {
    Key key = 0;
    std::int64_t at_us = 0;  // the theoretical arrival time: at rest when it has passed
  };
  [[nodiscard]] const Meter* find(Key key) const;
  Meter& claim(Key key);

  std::vector<Meter> meters_;
  std::string seed_;
};

// The part of an address that one caller holds: an IPv4 address, or the first 64 bits of an IPv6
// one. Text that is no address stays as it is.
std::string network_of(std::string_view address);

}  // namespace flash::auth
