#include "learn/boost.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "learn/test_sets.h"

namespace flash::learn {
namespace {

struct Case {
  const char* name;
  Table (*table)();
  int depth, trees;
};

// What serves must say what was trained: margins bit for bit, shares within single precision.
void expect_parity(const Case& c) {
  SCOPED_TRACE(c.name);
  const Table table = c.table();
  const auto rows = all_rows(table);
  const auto schema = schema_of(table, rows, {});
  ASSERT_TRUE(schema) << schema.error().message;
  const Matrix matrix = encode(*schema, table);
  Wins won;
  for (const std::size_t row : rows) won.push_back(table.won(row));
  auto booster = Booster::over(matrix, won, rows, {.depth = c.depth, .eta = 0.1});
  ASSERT_TRUE(booster) << booster.error().message;
  for (int i = 0; i < c.trees; ++i) ASSERT_TRUE(booster->grow());
  auto forest = booster->forest(c.trees);
  ASSERT_TRUE(forest) << forest.error().message;
  forest->prepare_shares();
  Rows some;
  for (std::size_t row = 0; row < rows.size(); row += 11) some.push_back(row);
  const Matrix judged = matrix.pick(some);
  const auto margins = booster->margins(judged);
  const auto contributions = booster->contributions(judged);
  ASSERT_TRUE(margins && contributions);
  std::vector<float> pairs(2 * matrix.columns);
  double furthest = 0, worst_sum = 0;
  for (std::size_t row = 0; row < judged.rows(); ++row) {
    score::pair_up(judged.row(row), pairs);
    const float margin = forest->margin(pairs);
    ASSERT_EQ(margin, (*margins)[row]) << "row " << row;
    std::vector<double> shares(matrix.columns);
    forest->add_shares(pairs, 1, shares);
    double sum = forest->expected_margin();
    for (std::size_t i = 0; i < shares.size(); ++i) {
      sum += shares[i];
      const float theirs = (*contributions)[row * (matrix.columns + 1) + i];
      furthest = std::max(furthest, std::abs(shares[i] - static_cast<double>(theirs)));
    }
    worst_sum = std::max(worst_sum, std::abs(sum - static_cast<double>(margin)));
  }
  EXPECT_LE(furthest, 1e-5);
  EXPECT_LE(worst_sum, 1e-4);
  std::printf("%s depth %d: shares differ by %.1e, add up within %.1e\n", c.name, c.depth, furthest,
              worst_sum);
}

TEST(Boost, ServesBitForBitWhatXgboostSays) {
  for (const Case& c : {Case{"shoppers", sets::shoppers, 2, 80},
                        {"shoppers", sets::shoppers, 3, 80},
                        {"shoppers", sets::shoppers, 4, 80},
                        {"leadforge", sets::leadforge, 4, 150},
                        {"bank", sets::bank, 3, 60}})
    expect_parity(c);
}

}  // namespace
}  // namespace flash::learn
