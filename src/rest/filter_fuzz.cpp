#include <cstddef>
#include <cstdint>

#include "rest/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  static_cast<void>(flash::rest::parse_filter({"column", {}}, text));
  static_cast<void>(flash::rest::parse_logic(true, false, text));
  for (const bool chooses_end : {false, true})
    static_cast<void>(flash::rest::parse_prefer(text, chooses_end));
  return 0;
}
