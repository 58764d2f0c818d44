#include <cstddef>
#include <cstdint>

#include "catalog/catalog.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static_cast<void>(flash::catalog::parse({reinterpret_cast<const char*>(bytes), size}));
  return 0;
}
