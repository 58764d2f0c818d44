// A small model to test with: two fields, a regression and a few trees over them, made by hand.
#pragma once
#include <utility>
#include <vector>

#include "score/model.h"

namespace flash::score {

inline Tree stump(std::uint16_t column, float split, float left, float right, bool unknown_left) {
  return {{1, 2, column, unknown_left, split, 10},
          {-1, -1, 0, false, left, 4},
          {-1, -1, 0, false, right, 6}};
}

// Depth 2, with one column twice on a path and a leaf above the deepest level.
inline Tree bent() {
  return {{1, 2, 0, true, 5, 20},
          {-1, -1, 0, false, -0.5F, 8},
          {3, 4, 0, false, 9, 12},
          {-1, -1, 0, false, 0.25F, 9},
          {-1, -1, 0, false, 0.75F, 3}};
}

inline Parts small_parts() {
  Parts out;
  out.stage = Stage::stack;
  Field size{.name = "size",
             .label = "Size",
             .type = FieldType::number,
             .missing_flag = true,
             .actionable = true};
  size.usual = {2, 5, 9};
  Field source{.name = "source", .label = "Source", .type = FieldType::category};
  source.levels = {"cold", "referral"};
  out.schema = *Schema::of({size, source});
  const std::size_t columns = out.schema.columns;
  auto linear =
      Linear::of({{0, false, 0, 4, 2, 0.5}, {0, true, 6, 1, 1.5, -0.2}, {3, false, 0, 0.3, 1, 1.1}},
                 -0.4, columns);
  auto forest =
      Forest::of({stump(3, 0.5F, -0.3F, 0.6F, false), bent(), stump(1, 0.5F, 0.1F, -0.2F, true)},
                 -0.7F, columns);
  out.members.push_back({0.4, *std::move(linear)});
  out.members.push_back({0.6, *std::move(forest)});
  for (const float shift : {-0.2F, 0.0F, 0.2F})
    out.bag.push_back(
        {1, *Forest::of({stump(3, 0.5F, -0.3F, 0.6F, false), bent()}, -0.7F + shift, columns)});
  for (int i = 0; i < 100; ++i) {
    Case one{static_cast<float>(i) / 100, i % 100 > 60, {}};
    one.id[15] = static_cast<std::uint8_t>(i + 1);
    out.cases.push_back(one);
  }
  out.win_from = 0.35F;
  out.loss_to = 0.6F;
  return out;
}

// Its columns: size, size unknown, cold, referral.
inline std::vector<float> columns_of(const Schema& schema, const json::Object& features) {
  std::vector<float> out(schema.columns);
  encode(schema, features, out);
  return out;
}

}  // namespace flash::score
