#include "metrics/metrics.h"

#include <gtest/gtest.h>

namespace flash::metrics {
namespace {

TEST(Metrics, the_text_sums_over_the_cores_and_groups_by_name) {
  Set a, b;
  for (Set* set : {&a, &b}) {
    set->counter("flash_requests_total", "code=\"2xx\"", "Requests.").add(2);
    set->counter("flash_requests_total", "code=\"5xx\"", "Requests.").add(set == &a ? 1 : 0);
    set->gauge("flash_connections", "", "Open connections.").set(1.5);
  }
  const std::array<const Set*, 2> sets{&a, &b};
  EXPECT_EQ(expose(sets),
            "# HELP flash_requests_total Requests.\n# TYPE flash_requests_total counter\n"
            "flash_requests_total{code=\"2xx\"} 4\nflash_requests_total{code=\"5xx\"} 1\n"
            "# HELP flash_connections Open connections.\n# TYPE flash_connections gauge\n"
            "flash_connections 3\n");
}

TEST(Metrics, a_histogram_cumulates_and_a_value_on_a_bound_counts_below_it) {
  Set set;
  Histogram& h = set.histogram("flash_ms", "", "Time.");
  h.observe(0.25);
  h.observe(3);
  h.observe(99'999);
  const std::array<const Set*, 1> sets{&set};
  const std::string text = expose(sets);
  EXPECT_NE(text.find("flash_ms_bucket{le=\"0.25\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("flash_ms_bucket{le=\"2.5\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("flash_ms_bucket{le=\"5\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("flash_ms_bucket{le=\"+Inf\"} 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("flash_ms_count 3\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace flash::metrics
