// Chance that can be repeated: the same seed gives the same numbers on every machine.
#pragma once
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace flash::learn {

// SplitMix64 (Steele, Lea, Flood 2014). Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }
  // 0 <= result < count; the bias is below 2^-32 for counts below 2^32.
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>((next() >> 32U) * static_cast<std::uint64_t>(count) >> 32U);
  }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }  // [0, 1)

 private:
  std::uint64_t state_;
};

// 0 .. count - 1 in a random order.
inline std::vector<std::size_t> shuffled(std::size_t count, Random& random) {
  std::vector<std::size_t> out(count);
  std::iota(out.begin(), out.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(out[i - 1], out[random.below(i)]);
  return out;
}

}  // namespace flash::learn
