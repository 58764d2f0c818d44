// Counters, gauges and histograms of one core: one writer, any reader, no lock and no contended
// cache line.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flash::metrics {

// Only the owning core writes, so a relaxed load and store is an addition; readers see some recent
// value.
class Counter {
 public:
  void add(std::uint64_t by = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(double to) { value_.store(to, std::memory_order_relaxed); }
  [[nodiscard]] double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

// Milliseconds, in buckets that span a cache hit to a hung request.
class Histogram {
 public:
  static constexpr std::array<double, 14> bounds_ms{0.25, 0.5, 1,   2.5, 5,    10,   25,
                                                    50,   100, 250, 500, 1000, 2500, 10000};
  void observe(double ms);
  [[nodiscard]] std::uint64_t bucket(std::size_t index) const {
    return buckets_[index].value();
  }  // not cumulated
  [[nodiscard]] double sum_ms() const { return sum_.value(); }

 private:
  std::array<Counter, bounds_ms.size() + 1> buckets_;  // the last: over every bound
  Gauge sum_;
};

// The metrics of one core. Register before the core runs; addresses stay valid.
class Set {
 public:
  // `name` in Prometheus' style (flash_http_requests_total), `labels` as code="2xx" or empty.
  Counter& counter(std::string name, std::string labels, std::string help);
  Gauge& gauge(std::string name, std::string labels, std::string help);
  Histogram& histogram(std::string name, std::string labels, std::string help);

 private:
  friend std::string expose(std::span<const Set* const> sets);
  struct Item {
    std::string name, labels, help;
    std::unique_ptr<Counter> counter;
    std::unique_ptr<Gauge> gauge;
    std::unique_ptr<Histogram> histogram;
  };
  Item& add(std::string name, std::string labels, std::string help);
  std::deque<Item> items_;
};

// The sums over all cores as Prometheus' text exposition format 0.0.4. The sets must hold the same
// items in the same order, as cores that are built alike do.
std::string expose(std::span<const Set* const> sets);

}  // namespace flash::metrics
