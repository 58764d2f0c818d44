#include "base/ids.h"

#include <sys/random.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/check.h"
#include "base/text.h"

namespace flash::ids {
namespace {

// Random bytes in blocks: one system call serves many ids.
void fill_random(char* to, std::size_t count) {
  thread_local std::array<char, 1024> block;
  thread_local std::size_t used = block.size();
  if (used + count > block.size()) {
    CHECK(::getrandom(block.data(), block.size(), 0) == static_cast<ssize_t>(block.size()));
    used = 0;
  }
  for (std::size_t i = 0; i < count; ++i) to[i] = block[used++];
}

std::string print(std::array<char, 16> id, unsigned version) {
  id[6] = static_cast<char>((static_cast<unsigned char>(id[6]) & 0x0FU) | version << 4U);
  id[8] = static_cast<char>((static_cast<unsigned char>(id[8]) & 0x3FU) | 0x80U);
  const std::string hex = bytes::to_hex({id.data(), id.size()});
  const std::string_view h = hex;
  return text::cat(h.substr(0, 8), '-', h.substr(8, 4), '-', h.substr(12, 4), '-', h.substr(16, 4),
                   '-', h.substr(20));
}

}  // namespace

std::string uuid4() {
  std::array<char, 16> id{};
  fill_random(id.data(), id.size());
  return print(id, 4);
}

std::string uuid7(Instant at) {
  std::array<char, 16> id{};
  fill_random(id.data(), id.size());
  const auto milliseconds = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count());
  for (unsigned i = 0; i < 6; ++i)
    id[i] = static_cast<char>(milliseconds >> (40U - 8U * i) & 0xFFU);
  return print(id, 7);
}

std::string request_id() {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::array<char, 20> random{};
  fill_random(random.data(), random.size());
  std::string out;
  out.reserve(random.size());
  for (char c : random) out += alphabet[static_cast<unsigned char>(c) & 31U];
  return out;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text::lower(text[i]);
    if (dash ? c != '-' : !(text::is_digit(c) || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

}  // namespace flash::ids
