#include "learn/folds.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace flash::learn {
namespace {

// The rows company by company, in the order of their first row.
std::vector<Rows> companies(const Table& table, std::span<const std::size_t> rows) {
  std::vector<Rows> out;
  std::map<std::string_view, std::size_t> known;
  for (const std::size_t row : rows) {
    const std::string_view group = table.leads()[row].group;
    if (group.empty()) {
      out.push_back({row});
      continue;
    }
    const auto [at, fresh] = known.try_emplace(group, out.size());
    if (fresh) out.emplace_back();
    out[at->second].push_back(row);
  }
  return out;
}

}  // namespace

std::vector<Fold> folds_of(const Table& table, std::span<const std::size_t> rows, std::size_t count,
                           Random& random) {
  const auto groups = companies(table, rows);
  std::vector<std::size_t> fold_of(table.size());
  // Companies with a win are dealt out before the others.
  std::size_t next = 0;
  std::vector<std::size_t> later;
  const auto deal = [&](std::size_t group) {
    for (const std::size_t row : groups[group]) fold_of[row] = next % count;
    ++next;
  };
  for (const std::size_t group : shuffled(groups.size(), random)) {
    if (std::ranges::any_of(groups[group], [&](std::size_t row) { return table.won(row); })) {
      deal(group);
    } else {
      later.push_back(group);
    }
  }
  for (const std::size_t group : later) deal(group);
  std::vector<Fold> out(count);
  for (const std::size_t row : rows)
    for (std::size_t i = 0; i < count; ++i)
      (fold_of[row] == i ? out[i].test : out[i].train).push_back(row);
  return out;
}

Fold newest(const Table& table, std::span<const std::size_t> rows,
            std::span<const std::size_t> candidates, std::size_t count) {
  Rows order(candidates.begin(), candidates.end());
  std::ranges::sort(order, {},
                    [&](std::size_t row) { return std::pair(table.leads()[row].created_s, row); });
  Fold out;
  out.test.assign(order.end() - static_cast<std::ptrdiff_t>(std::min(count, order.size())),
                  order.end());
  const std::set<std::size_t> tested(out.test.begin(), out.test.end());
  std::set<std::string_view> judged;
  for (const std::size_t row : out.test) judged.insert(table.leads()[row].group);
  judged.erase(std::string_view{});
  for (const std::size_t row : rows)
    if (!tested.contains(row) && !judged.contains(table.leads()[row].group))
      out.train.push_back(row);
  return out;
}

Fold newest(const Table& table, std::span<const std::size_t> rows, double share) {
  return newest(table, rows, rows,
                static_cast<std::size_t>(std::llround(share * static_cast<double>(rows.size()))));
}

}  // namespace flash::learn
