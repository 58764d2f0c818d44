// Instants, durations and the clock that tells them; RFC 3339 in and out.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flash {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;  // UTC
using Duration = std::chrono::microseconds;

// Two real implementations: the machine's clock, and one that a test sets.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant at) : at_(at) {}
  [[nodiscard]] Instant now() const override { return at_; }
  void advance(Duration by) { at_ += by; }

 private:
  Instant at_;
};

std::int64_t epoch_seconds(Instant at);
std::string to_rfc3339(Instant at);                           // "2026-11-22T10:42:07.123Z"
std::optional<Instant> parse_rfc3339(std::string_view text);  // any offset, fraction optional

}  // namespace flash
