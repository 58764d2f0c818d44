// points-v2: seven factors that add up, then one multiplier shown as a line of its own.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "score/facts.h"

namespace flash::score {

enum class Band : std::uint8_t { cold, cool, warm, hot };

constexpr Band band_of(int score) {
  if (score >= 80) return Band::hot;
  if (score >= 60) return Band::warm;
  return score >= 40 ? Band::cool : Band::cold;
}
std::string_view to_text(Band band);

inline constexpr std::string_view points_model = "points-v2";
inline constexpr std::size_t factor_count = 7;

struct Factor {
  std::string_view
      field;  // revenue interest transactions pain_points engagement employees business_age
  std::string_view label;
  std::string value;  // JSON: what the points were given for; "null": unknown
  int points = 0;
  int max = 0;
  std::string_view hint;  // what would raise it; empty: nothing
  bool known = false;
};

struct Score {
  int score = 0;       // sum of the factors' points + adjustment, 0 to 100
  int adjustment = 0;  // what the multiplier added or took
  Band band = Band::cold;
  std::array<Factor, factor_count> factors;
  double completeness = 0;  // share of the factors that are known
  double confidence = 0;    // 0.65 x completeness: a rule has seen no outcomes
};

// `territory_percent`: the territory's multiplier in hundredths, 80 to 120. The industry's is
// applied here; the product is clamped to 0.80 .. 1.20.
Score points_v2(const Facts& facts, int territory_percent = 100);

// seed-basic-v1, kept for compatibility and never used to rank: 0 to 100.
int seed_basic_v1(const Facts& facts);
// The same before rounding and the clamp at 100, in tenths of a point.
int seed_basic_v1_tenths(const Facts& facts);

}  // namespace flash::score
