#include <cstddef>
#include <cstdint>

#include "rest/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  flash::plan::AskedRead read;
  static_cast<void>(flash::rest::parse_select(text, read));
  static_cast<void>(flash::rest::parse_order(text));
  static_cast<void>(flash::rest::parse_names(text, "columns parameter"));
  return 0;
}
