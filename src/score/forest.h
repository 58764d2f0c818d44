// Boosted trees as arrays: the margin without a branch, and exact factors from tables.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace flash::score {

inline constexpr int tree_depth_max = 4;
inline constexpr std::size_t trees_max = 4'000;  // of one forest

// A tree as it was trained: nodes()[0] is the root, children come after their parent. A value goes
// left when it is below `value`, an unknown one as `unknown_left` says.
struct TreeNode {
  std::int32_t left = -1;  // -1: a leaf, whose margin is `value`
  std::int32_t right = -1;
  std::uint16_t column = 0;
  bool unknown_left = false;
  float value = 0;
  float cover = 0;  // the training rows that came by, weighted; above 0
};
using Tree = std::vector<TreeNode>;

// Two numbers a column, so that an unknown value needs no branch: the first goes right of any
// split, the second left. `pairs` has 2 x columns floats.
void pair_up(std::span<const float> columns, std::span<float> pairs);

// Margins are sums in the order of the trees in single precision, so they equal XGBoost's bit for
// bit. Factors are path-dependent Shapley values (Lundberg 2018, TreeSHAP), exact: the decisions of
// a tree of depth 3, or of half a tree of depth 4, are a bit pattern, and every pattern's values
// are computed once.
class Forest {
 public:
  // Errors: invalid "model_trees" for a tree that is deeper than 4, is no tree, reads a column
  // beyond `columns`, or has numbers that are not finite.
  static Result<Forest> of(std::vector<Tree> trees, float base_margin, std::size_t columns);

  [[nodiscard]] float margin(std::span<const float> pairs) const;
  // Adds weight x the column's share of the margin to each of `shares` (one a column). The shares
  // add up to margin - expected_margin within the rounding of single precision.
  void add_shares(std::span<const float> pairs, double weight, std::span<double> shares) const;

  [[nodiscard]] double expected_margin() const { return expected_; }  // over the training rows
  [[nodiscard]] std::size_t size() const { return trees_.size(); }
  [[nodiscard]] const std::vector<Tree>& trees() const { return trees_; }
  [[nodiscard]] float base_margin() const { return base_; }
  // The tables that add_shares() needs; a forest that only votes does without.
  void prepare_shares();

 private:
  struct Node {  // of the complete tree: heap order, the root at 1
    float split;
    std::uint32_t pair;
  };
  // The decisions at `nodes` are the bits that choose one row of the table. One a tree, two (the
  // left half and the right) where trees are 4 deep.
  struct Pattern {
    std::uint32_t table = 0;  // where its rows begin
    std::uint8_t bits = 0;
    std::uint8_t width = 0;  // columns a row
    std::uint8_t nodes[8] = {};
    std::uint16_t columns[8] = {};
  };
  struct Leaf;
  struct Game;

  template <int Depth>
  [[nodiscard]] float sum(const float* pairs) const;
  template <int Depth, std::size_t Subtree>
  static std::size_t row_of(const Node* nodes, const float* pairs);
  template <int Depth>
  void add(const float* pairs, float* sums) const;
  void place(const Tree& tree, std::size_t tree_index, std::int32_t node, std::size_t position,
             int level);
  std::vector<Leaf> leaves_of(const Tree& tree) const;
  void tabulate(std::uint32_t tree, std::size_t subtree, int above);
  void add_leaf(const Pattern& pattern, const Leaf& leaf);

  std::vector<Tree> trees_;
  std::vector<Node> nodes_;
  std::vector<float> leaves_;
  std::vector<Pattern> patterns_;
  std::vector<float> tables_;
  double expected_ = 0;
  float base_ = 0;
  int depth_ = 0;
};

}  // namespace flash::score
