#include "auth/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/random.h"

namespace flash::auth {
namespace {

constexpr std::size_t ways = 8;  // meters that share a place

std::int64_t microseconds_of(Instant at) { return at.time_since_epoch().count(); }

}  // namespace

Throttle::Throttle(std::size_t slots)
    : meters_(std::bit_ceil(std::max(slots, ways))), seed_(crypto::random_bytes(32)) {}

Throttle::Key Throttle::key(std::string_view kind, std::string_view text) const {
  const std::string digest = crypto::hmac_sha256(seed_, text::cat(kind, '\0', text));
  Key out = 0;
  std::memcpy(&out, digest.data(), sizeof out);
  return out | 1U;  // zero marks a free slot
}

const Throttle::Meter* Throttle::find(Key key) const {
  const std::size_t first = (key >> 1U) % (meters_.size() / ways) * ways;
  for (std::size_t at = first; at < first + ways; ++at)
    if (meters_[at].key == key) return &meters_[at];
  return nullptr;
}

Throttle::Meter& Throttle::claim(Key key) {
  if (const Meter* found = find(key))
    return meters_[static_cast<std::size_t>(found - meters_.data())];
  const auto first =
      meters_.begin() + static_cast<std::ptrdiff_t>((key >> 1U) % (meters_.size() / ways) * ways);
  Meter& oldest = *std::min_element(
      first, first + ways, [](const Meter& a, const Meter& b) { return a.at_us < b.at_us; });
  oldest = Meter{key, 0};
  return oldest;
}

std::optional<std::chrono::seconds> Throttle::take(Key key, Rate rate, Instant now) {
  const std::int64_t now_us = microseconds_of(now);
  const std::int64_t step = std::chrono::microseconds(rate.every).count();
  const Meter* found = find(key);
  const std::int64_t at = std::max(found != nullptr ? found->at_us : 0, now_us) + step;
  const std::int64_t ahead = at - now_us - step * rate.burst;
  if (ahead > 0) return std::chrono::ceil<std::chrono::seconds>(std::chrono::microseconds{ahead});
  claim(key).at_us = at;
  return std::nullopt;
}

void Throttle::give_back(Key key, Rate rate) {
  if (find(key) != nullptr) claim(key).at_us -= std::chrono::microseconds(rate.every).count();
}

void Throttle::remember(Key key, Instant until) { claim(key).at_us = microseconds_of(until); }

bool Throttle::remembers(Key key, Instant now) const {
  const Meter* found = find(key);
  return found != nullptr && found->at_us > microseconds_of(now);
}

std::string network_of(std::string_view address) {
  const std::string text(address);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return text;
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  std::array<char, INET6_ADDRSTRLEN> printed{};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin()))
    return inet_ntop(AF_INET, bytes.data() + mapped.size(), printed.data(), printed.size());
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  inet_ntop(AF_INET6, bytes.data(), printed.data(), printed.size());
  return text::cat(printed.data(), "/64");
}

}  // namespace flash::auth
