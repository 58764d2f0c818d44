#include "score/forest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "score/schema.h"

namespace flash::score {
namespace {

constexpr float far_right = std::numeric_limits<float>::infinity();

std::unexpected<Error> refuse(const char* why) { return fail(Kind::invalid, "model_trees", why); }

// Depth below `node`, or -1 when it is no tree. Children stand behind their parent, so that a walk
// ends; each is met once.
int depth_of(const Tree& tree, std::int32_t node, int level, std::vector<bool>& met) {
  const auto at = static_cast<std::size_t>(node);
  if (level > tree_depth_max || met[at]) return -1;
  met[at] = true;
  const TreeNode& here = tree[at];
  if (here.left < 0) return 0;
  const auto end = static_cast<std::int32_t>(tree.size());
  if (here.left <= node || here.right <= node || here.left >= end || here.right >= end) return -1;
  const int left = depth_of(tree, here.left, level + 1, met);
  const int right = depth_of(tree, here.right, level + 1, met);
  return left < 0 || right < 0 ? -1 : 1 + std::max(left, right);
}

Result<int> check(const Tree& tree, std::size_t columns) {
  constexpr std::size_t nodes_max = (std::size_t{2} << tree_depth_max) - 1;
  if (tree.empty() || tree.size() > nodes_max) return refuse("a tree has 1 to 31 nodes");
  for (const TreeNode& node : tree) {
    if (!std::isfinite(node.value) || !std::isfinite(node.cover) || node.cover <= 0)
      return refuse("a number of a tree is not finite");
    if (node.left >= 0 && node.column >= columns) return refuse("a tree reads an unknown column");
  }
  std::vector<bool> met(tree.size());
  const int depth = depth_of(tree, 0, 0, met);
  if (depth < 0 || !std::ranges::all_of(met, [](bool seen) { return seen; }))
    return refuse("the nodes are no tree of depth 4 or less");
  return depth;
}

double expected(const Tree& tree, std::int32_t node) {
  const TreeNode& here = tree[static_cast<std::size_t>(node)];
  if (here.left < 0) return static_cast<double>(here.value);
  const auto cover = [&](std::int32_t child) {
    return static_cast<double>(tree[static_cast<std::size_t>(child)].cover / here.cover);
  };
  return cover(here.left) * expected(tree, here.left) +
         cover(here.right) * expected(tree, here.right);
}

// s! (k - 1 - s)! / k!: the weight of a subset of size s among k players without the one looked at.
double shapley_weight(int s, int k) {
  double weight = 1.0 / k;
  for (int i = 1; i <= s; ++i) weight *= static_cast<double>(i) / (k - i);
  return weight;
}

}  // namespace

void pair_up(std::span<const float> columns, std::span<float> pairs) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool unknown = std::isnan(columns[i]);
    pairs[2 * i] = unknown ? far_right : columns[i];
    pairs[2 * i + 1] = unknown ? -far_right : columns[i];
  }
}

Result<Forest> Forest::of(std::vector<Tree> trees, float base_margin, std::size_t columns) {
  if (trees.size() > trees_max) return refuse("a forest has at most 4000 trees");
  if (!std::isfinite(base_margin)) return refuse("the base margin is not finite");
  Forest out;
  out.base_ = base_margin;
  out.expected_ = static_cast<double>(base_margin);
  for (const Tree& tree : trees) {
    TRY(const int depth, check(tree, columns));
    out.depth_ = std::max(out.depth_, depth);
    out.expected_ += expected(tree, 0);
  }
  const auto size = std::size_t{1} << out.depth_;
  out.nodes_.resize(trees.size() * size);
  out.leaves_.resize(trees.size() * size);
  out.trees_ = std::move(trees);
  for (std::size_t i = 0; i < out.trees_.size(); ++i) out.place(out.trees_[i], i, 0, 1, 0);
  return out;
}

// A leaf above the deepest level stands under nodes that both lead to it.
void Forest::place(const Tree& tree, std::size_t tree_index, std::int32_t node,
                   std::size_t position, int level) {
  const auto size = std::size_t{1} << depth_;
  const TreeNode& here = tree[static_cast<std::size_t>(node)];
  if (level == depth_) {
    leaves_[tree_index * size + position - size] = here.value;
    return;
  }
  const bool leaf = here.left < 0;
  nodes_[tree_index * size + position] =
      leaf ? Node{far_right, 1}
           : Node{here.value, 2 * static_cast<std::uint32_t>(here.column) +
                                  static_cast<std::uint32_t>(here.unknown_left)};
  place(tree, tree_index, leaf ? node : here.left, 2 * position, level + 1);
  place(tree, tree_index, leaf ? node : here.right, 2 * position + 1, level + 1);
}

template <int Depth>
float Forest::sum(const float* pairs) const {
  constexpr std::size_t size = std::size_t{1} << Depth;
  float total = base_;
  const Node* node = nodes_.data();
  const float* leaf = leaves_.data();
  for (std::size_t i = 0; i < trees_.size(); ++i, node += size, leaf += size) {
    std::size_t at = 1;
    for (int level = 0; level < Depth; ++level)
      at = 2 * at + static_cast<std::size_t>(!(pairs[node[at].pair] < node[at].split));
    total += leaf[at - size];
  }
  return total;
}

float Forest::margin(std::span<const float> pairs) const {
  switch (depth_) {
    case 0: return sum<0>(pairs.data());
    case 1: return sum<1>(pairs.data());
    case 2: return sum<2>(pairs.data());
    case 3: return sum<3>(pairs.data());
    default: return sum<4>(pairs.data());
  }
}

// One way from the root to a leaf: where it turns, and what share of the rows turned with it.
struct Forest::Leaf {
  struct Turn {
    std::size_t position;
    std::uint16_t column;
    bool right;
    double share;
  };
  double value = 0;
  std::size_t position = 1;
  int level = 0;
  std::vector<Turn> turns;
};

std::vector<Forest::Leaf> Forest::leaves_of(const Tree& tree) const {
  std::vector<Leaf> done;
  struct Open {
    std::int32_t node;
    Leaf leaf;
  };
  std::vector<Open> open{{0, {}}};
  while (!open.empty()) {
    Open item = std::move(open.back());
    open.pop_back();
    const TreeNode& here = tree[static_cast<std::size_t>(item.node)];
    if (here.left < 0) {
      item.leaf.value = static_cast<double>(here.value);
      done.push_back(std::move(item.leaf));
      continue;
    }
    for (const bool right : {false, true}) {
      const std::int32_t child = right ? here.right : here.left;
      Leaf next = item.leaf;
      const float share = tree[static_cast<std::size_t>(child)].cover / here.cover;
      next.turns.push_back({next.position, here.column, right, static_cast<double>(share)});
      next.position = 2 * next.position + (right ? 1 : 0);
      ++next.level;
      open.push_back({child, std::move(next)});
    }
  }
  return done;
}

void Forest::prepare_shares() {
  if (!patterns_.empty()) return;
  const int above = std::max(0, depth_ - 3);  // levels above the subtrees that make a pattern
  for (std::uint32_t tree = 0; tree < trees_.size(); ++tree)
    for (std::size_t subtree = std::size_t{1} << above; subtree < (std::size_t{2} << above);
         ++subtree)
      tabulate(tree, subtree, above);
}

void Forest::tabulate(std::uint32_t tree, std::size_t subtree, int above) {
  Pattern pattern;
  const auto add_node = [&](std::size_t position) {
    pattern.nodes[pattern.bits++] = static_cast<std::uint8_t>(position);
  };
  for (std::size_t position = subtree / 2; position >= 1; position /= 2) add_node(position);
  for (int level = 0; level < depth_ - above; ++level)
    for (std::size_t i = 0; i < (std::size_t{1} << level); ++i) add_node((subtree << level) + i);
  std::vector<Leaf> mine;
  for (Leaf& leaf : leaves_of(trees_[tree])) {
    // A leaf above the subtrees belongs to the leftmost below it, one inside to its own.
    std::size_t home = leaf.position;
    for (int level = leaf.level; level < above; ++level) home *= 2;
    for (int level = std::max(leaf.level, above); level > above; --level) home /= 2;
    if (home == subtree) mine.push_back(std::move(leaf));
  }
  for (const Leaf& leaf : mine)
    for (const auto& turn : leaf.turns) {
      const auto known = std::span(pattern.columns, pattern.width);
      if (std::ranges::find(known, turn.column) == known.end())
        pattern.columns[pattern.width++] = turn.column;
    }
  pattern.table = static_cast<std::uint32_t>(tables_.size());
  tables_.resize(tables_.size() + (std::size_t{1} << pattern.bits) * pattern.width);
  for (const Leaf& leaf : mine) add_leaf(pattern, leaf);
  patterns_.push_back(pattern);
}

// The columns of a path as players of a game, each once, with the share of the rows that meet all
// of its conditions.
struct Forest::Game {
  std::array<std::uint16_t, tree_depth_max> columns{};
  std::array<double, tree_depth_max> shares{};
  std::size_t players = 0;

  explicit Game(const Leaf& leaf) {
    for (const auto& turn : leaf.turns) {
      const std::size_t at = player_of(turn.column);
      if (at == players) {
        columns[at] = turn.column;
        shares[at] = 1;
        ++players;
      }
      shares[at] *= turn.share;
    }
  }
  [[nodiscard]] std::size_t player_of(std::uint16_t column) const {
    const auto end = columns.begin() + static_cast<std::ptrdiff_t>(players);
    return static_cast<std::size_t>(std::find(columns.begin(), end, column) - columns.begin());
  }
  // What player i is worth to a leaf of value 1 when the players of `mask` meet their conditions.
  [[nodiscard]] double worth(std::size_t mask, std::size_t i) const {
    std::array<double, tree_depth_max + 1> subsets{1};  // of the others, by size
    std::size_t others = 0;
    for (std::size_t j = 0; j < players; ++j) {
      if (j == i) continue;
      const auto met = static_cast<double>((mask >> j) & 1U);
      ++others;
      for (std::size_t s = others + 1; s-- > 0;)
        subsets[s] = (s < others ? subsets[s] * shares[j] : 0) + (s > 0 ? subsets[s - 1] * met : 0);
    }
    double sum = 0;
    for (std::size_t s = 0; s < players; ++s)
      sum += shapley_weight(static_cast<int>(s), static_cast<int>(players)) * subsets[s];
    return (static_cast<double>((mask >> i) & 1U) - shares[i]) * sum;
  }
};

// Adds the leaf's Shapley values to every row of the pattern's table.
void Forest::add_leaf(const Pattern& pattern, const Leaf& leaf) {
  const Game game(leaf);
  const auto known = std::span(pattern.columns, pattern.width);
  const auto nodes = std::span(pattern.nodes, pattern.bits);
  const auto place_in = [](auto list, auto item) {
    return static_cast<std::size_t>(std::ranges::find(list, item) - list.begin());
  };
  std::array<std::array<float, tree_depth_max>, std::size_t{1} << tree_depth_max> values{};
  for (std::size_t mask = 0; mask < (std::size_t{1} << game.players); ++mask)
    for (std::size_t i = 0; i < game.players; ++i)
      values[mask][i] = static_cast<float>(leaf.value * game.worth(mask, i));
  for (std::size_t row = 0; row < (std::size_t{1} << pattern.bits); ++row) {
    std::size_t mask = (std::size_t{1} << game.players) - 1;
    for (const auto& turn : leaf.turns) {
      const std::size_t bit = place_in(nodes, static_cast<std::uint8_t>(turn.position));
      if (((row >> bit) & 1U) != static_cast<std::size_t>(turn.right))
        mask &= ~(std::size_t{1} << game.player_of(turn.column));
    }
    float* out = &tables_[pattern.table + row * pattern.width];
    for (std::size_t i = 0; i < game.players; ++i)
      out[place_in(known, game.columns[i])] += values[mask][i];
  }
}

// The decisions of the subtree's pattern, in the order of tabulate(): the root above it first, then
// its own nodes level by level. All positions are constants, so the loops unfold.
template <int Depth, std::size_t Subtree>
std::size_t Forest::row_of(const Node* nodes, const float* pairs) {
  constexpr int above = std::max(0, Depth - 3);
  std::size_t row = 0;
  int bit = 0;
  const auto decide = [&](std::size_t position) {
    const Node node = nodes[position];
    row |= static_cast<std::size_t>(!(pairs[node.pair] < node.split)) << bit++;
  };
  if constexpr (above > 0) decide(1);
  for (int level = 0; level < Depth - above; ++level)
    for (std::size_t i = 0; i < (std::size_t{1} << level); ++i) decide((Subtree << level) + i);
  return row;
}

// The tables of a large forest are megabytes, so a block's rows are asked for before they are
// added up.
template <int Depth>
void Forest::add(const float* pairs, float* sums) const {
  constexpr std::size_t size = std::size_t{1} << Depth;
  constexpr std::size_t halves = Depth > 3 ? 2 : 1, block = 16;
  std::array<const float*, block * halves> rows;
  for (std::size_t first = 0; first < trees_.size(); first += block) {
    const std::size_t end = std::min(first + block, trees_.size());
    const Pattern* pattern = &patterns_[first * halves];
    std::size_t count = 0;
    const auto choose = [&](std::size_t row) {
      const Pattern& here = pattern[count];
      rows[count] = tables_.data() + here.table + row * here.width;
      __builtin_prefetch(rows[count++]);
    };
    for (std::size_t tree = first; tree < end; ++tree) {
      const Node* nodes = &nodes_[tree * size];
      choose(row_of<Depth, halves>(nodes, pairs));
      if constexpr (halves > 1) choose(row_of<Depth, 3>(nodes, pairs));
    }
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t column = 0; column < pattern[i].width; ++column)
        sums[pattern[i].columns[column]] += rows[i][column];
  }
}

void Forest::add_shares(std::span<const float> pairs, double weight,
                        std::span<double> shares) const {
  CHECK(trees_.empty() || !patterns_.empty());
  std::array<float, columns_max> sums;
  std::fill_n(sums.begin(), shares.size(), 0.0F);
  switch (depth_) {
    case 0: break;
    case 1: add<1>(pairs.data(), sums.data()); break;
    case 2: add<2>(pairs.data(), sums.data()); break;
    case 3: add<3>(pairs.data(), sums.data()); break;
    default: add<4>(pairs.data(), sums.data()); break;
  }
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i] += weight * static_cast<double>(sums[i]);
}

}  // namespace flash::score
