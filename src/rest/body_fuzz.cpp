#include <cstddef>
#include <cstdint>

#include "rest/accept.h"
#include "rest/body.h"
#include "rest/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  static_cast<void>(flash::rest::parse_accept(text));
  static_cast<void>(flash::rest::parse_prefer(text, true));
  static_cast<void>(flash::rest::form_to_json(text));
  static_cast<void>(flash::rest::group_body(text, {"a", "b"}));
  // Whatever CSV says, what comes out is JSON that can be read.
  if (const auto json = flash::rest::csv_to_json(text))
    static_cast<void>(flash::rest::inspect_body(*json));
  return 0;
}
