#include "metrics/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.h"

namespace flash::metrics {

void Histogram::observe(double ms) {
  const auto place = std::ranges::lower_bound(bounds_ms, ms) - bounds_ms.begin();
  buckets_[static_cast<std::size_t>(place)].add();
  sum_.set(sum_.value() + ms);
}

Set::Item& Set::add(std::string name, std::string labels, std::string help) {
  return items_.emplace_back(Item{std::move(name), std::move(labels), std::move(help), {}, {}, {}});
}

Counter& Set::counter(std::string name, std::string labels, std::string help) {
  Item& item = add(std::move(name), std::move(labels), std::move(help));
  item.counter = std::make_unique<Counter>();
  return *item.counter;
}

Gauge& Set::gauge(std::string name, std::string labels, std::string help) {
  Item& item = add(std::move(name), std::move(labels), std::move(help));
  item.gauge = std::make_unique<Gauge>();
  return *item.gauge;
}

Histogram& Set::histogram(std::string name, std::string labels, std::string help) {
  Item& item = add(std::move(name), std::move(labels), std::move(help));
  item.histogram = std::make_unique<Histogram>();
  return *item.histogram;
}

namespace {

std::string braced(std::string_view labels) {
  return labels.empty() ? std::string{} : fmt::format("{{{}}}", labels);
}

}  // namespace

std::string expose(std::span<const Set* const> sets) {
  std::string out;
  if (sets.empty()) return out;
  const auto put = [&out]<class... Parts>(fmt::format_string<Parts...> form, Parts&&... parts) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Parts>(parts)...);
  };
  std::string_view previous;
  for (std::size_t i = 0; i < sets[0]->items_.size(); ++i) {
    const Set::Item& first = sets[0]->items_[i];
    const auto total = [&](auto value) {
      decltype(value(first)) sum{};
      for (const Set* set : sets) {
        CHECK(set->items_.size() > i && set->items_[i].name == first.name);
        sum += value(set->items_[i]);
      }
      return sum;
    };
    const char* type = first.counter ? "counter" : first.gauge ? "gauge" : "histogram";
    if (first.name != previous)
      put("# HELP {} {}\n# TYPE {} {}\n", first.name, first.help, first.name, type);
    previous = first.name;
    if (first.counter) {
      put("{}{} {}\n", first.name, braced(first.labels),
          total([](const Set::Item& item) { return item.counter->value(); }));
    } else if (first.gauge) {
      put("{}{} {}\n", first.name, braced(first.labels),
          total([](const Set::Item& item) { return item.gauge->value(); }));
    } else {
      const std::string comma = first.labels.empty() ? "" : first.labels + ",";
      std::uint64_t seen = 0;
      for (std::size_t b = 0; b <= Histogram::bounds_ms.size(); ++b) {
        seen += total([b](const Set::Item& item) { return item.histogram->bucket(b); });
        const std::string bound =
            b < Histogram::bounds_ms.size() ? fmt::format("{}", Histogram::bounds_ms[b]) : "+Inf";
        put("{}_bucket{{{}le=\"{}\"}} {}\n", first.name, comma, bound, seen);
      }
      put("{}_sum{} {}\n", first.name, braced(first.labels),
          total([](const Set::Item& item) { return item.histogram->sum_ms(); }));
      put("{}_count{} {}\n", first.name, braced(first.labels), seen);
    }
  }
  return out;
}

}  // namespace flash::metrics
