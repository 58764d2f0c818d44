// Feeds a fuzzer its checked-in seeds, as a unit test: src/<room>/corpus/<name>/ for
// <name>_fuzz.cpp.
#pragma once
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace flash::kit {

// What the fuzzer checks, it checks by ending the program.
inline void replay(int (*fuzzer)(const std::uint8_t*, std::size_t), const std::string& folder) {
  std::size_t seeds = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(fuzzer(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
    ++seeds;
  }
  EXPECT_GT(seeds, 0U) << folder;
}

}  // namespace flash::kit
