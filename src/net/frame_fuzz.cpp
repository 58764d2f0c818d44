// Any bytes, in any pieces: the reader gives whole messages within its bound, or an error; it never
// crashes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "net/frame.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t bytes_max = 4096;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  flash::net::FrameReader reader(bytes_max);
  flash::net::Message message;
  while (!bytes.empty()) {
    const std::size_t piece = 1 + static_cast<std::uint8_t>(bytes[0]) % 40;
    reader.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (auto next = reader.next(message); next && *next; next = reader.next(message))
      if (message.payload.size() > bytes_max) std::abort();
  }
  return 0;
}
