// Which leads a model may see, and which judge it: companies are never on both sides.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "learn/random.h"
#include "learn/table.h"

namespace flash::learn {

// A part of the rows to predict, and the rows that may be learned from for it.
struct Fold {
  Rows train, test;
};

// `count` folds of these rows: every row is in one test part, a company in one fold only, wins
// spread evenly.
std::vector<Fold> folds_of(const Table& table, std::span<const std::size_t> rows, std::size_t count,
                           Random& random);

// The newest `count` of the candidates as the test; all other rows of other companies to learn
// from.
Fold newest(const Table& table, std::span<const std::size_t> rows,
            std::span<const std::size_t> candidates, std::size_t count);
// The newest `share` of the rows.
Fold newest(const Table& table, std::span<const std::size_t> rows, double share);

}  // namespace flash::learn
