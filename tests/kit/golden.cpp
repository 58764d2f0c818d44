#include "kit/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/text.h"

namespace flash::kit {
namespace {

std::filesystem::path below_source(std::string_view path) {
  return std::filesystem::path(FLASH_SOURCE_DIR) / path;
}

std::optional<std::string> read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

std::string first_difference(std::string_view expected, std::string_view actual) {
  const auto left = text::split(expected, '\n');
  const auto right = text::split(actual, '\n');
  for (std::size_t i = 0; i < left.size() || i < right.size(); ++i) {
    const std::string_view a = i < left.size() ? left[i] : "(nothing)";
    const std::string_view b = i < right.size() ? right[i] : "(nothing)";
    if (a != b) {
      return text::cat("line ", std::to_string(i + 1), "\n  expected: ", a, "\n  actual:   ", b);
    }
  }
  return "no difference";
}

}  // namespace

void expect_golden(std::string_view path, std::string_view actual) {
  const std::filesystem::path file = below_source(path);
  if (const char* update = std::getenv("FLASH_UPDATE"); update != nullptr && *update == '1') {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  const auto expected = read(file);
  if (!expected) {
    ADD_FAILURE() << path << " is missing; FLASH_UPDATE=1 writes it";
  } else if (*expected != actual) {
    ADD_FAILURE() << path << ", " << first_difference(*expected, actual)
                  << "\nFLASH_UPDATE=1 accepts the new text";
  }
}

std::string source_file(std::string_view path) {
  auto text = read(below_source(path));
  if (!text) ADD_FAILURE() << "cannot read " << path;
  return text.value_or("");
}

}  // namespace flash::kit
