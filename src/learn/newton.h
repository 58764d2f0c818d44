// Newton's method for penalised logistic regression over sparse rows.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace flash::learn::newton {

struct Entry {
  std::uint32_t column;
  float value;
};

struct Design {
  std::size_t width = 0;  // columns; the intercept is not one
  std::vector<Entry> entries;
  std::vector<std::size_t> ends;  // of each row in entries

  void push(std::size_t column, float value) {
    entries.push_back({static_cast<std::uint32_t>(column), value});
  }
  void end_row() { ends.push_back(entries.size()); }
  [[nodiscard]] std::span<const Entry> row(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::span(entries).subspan(begin, ends[i] - begin);
  }
};

// Weights of the columns, then the intercept, which is not penalised. `outcomes`: 0 or 1 a row;
// `counts`: how often a row counts, empty: once. Minimises the log loss plus penalty / 2 x the
// squared weights; stops when a step is below 1e-7 or after 50 steps.
std::vector<double> fit(const Design& design, std::span<const float> outcomes,
                        std::span<const float> counts, double penalty);

}  // namespace flash::learn::newton
