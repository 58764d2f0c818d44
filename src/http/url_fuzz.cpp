// Any bytes as a query, a path and an escape: what decodes is clean UTF-8, and no path climbs.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto query = flash::http::parse_query(bytes))
    for (const auto& [name, value] : *query)
      if (!flash::text::is_clean_utf8(name) || !flash::text::is_clean_utf8(value)) std::abort();
  if (const auto segments = flash::http::path_segments(bytes))
    for (const auto& segment : *segments)
      if (segment == ".." || segment == "." || segment.empty()) std::abort();
  const auto decoded = flash::http::percent_decode(flash::http::percent_encode(bytes), false);
  if (flash::text::is_clean_utf8(bytes) && decoded != bytes) std::abort();
  return 0;
}
