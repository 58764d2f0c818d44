// The Accept header: media types in the order of the caller's wish (RFC 9110 section 12.5.1).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace flash::rest {

enum class Media : std::uint8_t {
  rows,     // application/json
  object,   // application/vnd.pgrst.object+json: one row
  csv,      // text/csv
  text,     // text/plain: the value of a scalar function as it is; so the next two
  xml,      // text/xml
  octets,   // application/octet-stream
  openapi,  // application/openapi+json
  other,    // known by its name only
};

struct Accepted {
  Media media = Media::rows;
  bool any = false;                      // */*, application/*, text/* and the like
  bool strip_nulls = false;              // ;nulls=stripped
  std::string name;                      // lower case, without parameters
  std::optional<plan::Explain> explain;  // application/vnd.pgrst.plan; `media` is what it is for
};

// Best first; what weighs nothing (q=0) is left out. At most `accepted_max`; the rest is ignored.
inline constexpr std::size_t accepted_max = 32;
std::vector<Accepted> parse_accept(std::string_view header);

// The Content-Type of an answer.
std::string content_type(const Accepted& chosen);

}  // namespace flash::rest
