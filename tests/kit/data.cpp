#include "kit/data.h"

#include <lzma.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/check.h"
#include "base/text.h"

namespace flash::kit {

std::string data_set(std::string_view name) {
  const auto path = std::filesystem::path(FLASH_SOURCE_DIR) / "tests/data" / text::cat(name, ".xz");
  std::ifstream in(path, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(in), {}};
  std::string out(std::size_t{16} << 20U, '\0');
  std::uint64_t memory = UINT64_MAX;
  std::size_t from = 0, to = 0;
  const auto status = lzma_stream_buffer_decode(
      &memory, 0, nullptr, reinterpret_cast<const std::uint8_t*>(packed.data()), &from,
      packed.size(), reinterpret_cast<std::uint8_t*>(out.data()), &to, out.size());
  CHECK(status == LZMA_OK);
  out.resize(to);
  return out;
}

std::vector<std::vector<std::string>> cells_of(std::string_view csv, char separator) {
  std::vector<std::vector<std::string>> out;
  for (std::string_view line : text::split(csv, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    auto& cells = out.emplace_back();
    cells.emplace_back();
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '"') {
        if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
          cells.back() += line[++i];
        } else {
          quoted = !quoted;
        }
      } else if (line[i] == separator && !quoted) {
        cells.emplace_back();
      } else {
        cells.back() += line[i];
      }
    }
  }
  return out;
}

}  // namespace flash::kit
