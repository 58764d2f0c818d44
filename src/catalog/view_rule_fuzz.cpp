#include <cstddef>
#include <cstdint>

#include "catalog/view_rule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static_cast<void>(flash::catalog::origins_of({reinterpret_cast<const char*>(bytes), size}));
  return 0;
}
