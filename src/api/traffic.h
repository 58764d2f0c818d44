// What one core has answered, for /metrics.
#pragma once
#include <algorithm>
#include <array>

#include "metrics/metrics.h"

namespace flash::api {

class Traffic {
 public:
  explicit Traffic(metrics::Set& set)
      : by_class_{&set.counter(name, "code=\"2xx\"", help),
                  &set.counter(name, "code=\"3xx\"", help),
                  &set.counter(name, "code=\"4xx\"", help),
                  &set.counter(name, "code=\"5xx\"", help)},
        duration_(set.histogram("flash_http_request_duration_ms", "",
                                "Time from the whole request to its answer.")) {}

  void count(unsigned status, double took_ms) {
    by_class_[std::clamp(status / 100, 2U, 5U) - 2]->add();
    duration_.observe(took_ms);
  }

 private:
  static constexpr const char* name = "flash_http_requests_total";
  static constexpr const char* help = "Requests answered, by class of status.";
  std::array<metrics::Counter*, 4> by_class_;
  metrics::Histogram& duration_;
};

}  // namespace flash::api
