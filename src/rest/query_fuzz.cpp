#include <cstddef>
#include <cstdint>

#include "http/url.h"
#include "rest/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto pairs = flash::http::parse_query(text);
  if (!pairs) return 0;
  static_cast<void>(flash::rest::parse_query(*pairs, {.legacy_target_names = true}));
  static_cast<void>(flash::rest::parse_query(*pairs, {.is_call_by_get = true}));
  return 0;
}
