#include "catalog/suggest.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/text.h"

namespace flash::catalog {
namespace {

// Names of PostgreSQL have at most 63 bytes; what a caller asks for may be longer, and is cut here
// so that a hint never costs more than 64 x 64 steps a candidate.
constexpr std::size_t name_bytes_max = 64;

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = text::lower(a[i - 1]) == text::lower(b[j - 1]) ? 0 : 1;
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + change});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view wanted, std::span<const std::string_view> candidates,
                         double share_min) {
  wanted = wanted.substr(0, name_bytes_max);
  std::string_view best;
  double best_share = share_min;
  for (const std::string_view candidate : candidates) {
    const std::string_view cut = candidate.substr(0, name_bytes_max);
    const std::size_t longer = std::max(wanted.size(), cut.size());
    if (longer == 0 || candidate == wanted) continue;
    const double share =
        1.0 - static_cast<double>(distance(wanted, cut)) / static_cast<double>(longer);
    if (share > best_share || (share == best_share && (best.empty() || candidate < best))) {
      best = candidate;
      best_share = share;
    }
  }
  return best;
}

}  // namespace flash::catalog
