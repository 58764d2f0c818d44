// Any bytes as a head and as a chunked body: fields stay inside the head, a body inside its limit,
// and pieces give what the whole gives.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/head.h"

namespace {

void check_head(std::string_view bytes) {
  flash::http::Request request;
  const std::size_t size = flash::http::head_size(bytes);
  if (size > bytes.size()) std::abort();
  if (!flash::http::parse_head(bytes, request)) return;
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const auto [name, value] = request.headers.at(i);
    if (name.empty() || !flash::http::is_safe_value(value)) std::abort();
  }
}

void check_chunks(std::string_view bytes) {
  constexpr std::size_t body_bytes_max = 64;
  flash::http::ChunkReader at_once(body_bytes_max), by_byte(body_bytes_max);
  std::string body, other;
  std::string_view rest = bytes;
  const auto state = at_once.take(rest, body);
  auto same = flash::http::ChunkReader::State::more;
  for (std::size_t i = 0; i < bytes.size() && same == flash::http::ChunkReader::State::more; ++i) {
    std::string_view one = bytes.substr(i, 1);
    same = by_byte.take(one, other);
  }
  if (state != same || body != other || body.size() > body_bytes_max) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_head(bytes);
  check_chunks(bytes);
  return 0;
}
