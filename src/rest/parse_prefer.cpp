#include <array>
#include <utility>

#include "base/text.h"
#include "http/headers.h"
#include "rest/errors.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

enum class Known : unsigned char { yes, no };

Known apply_choice(Preferences& prefer, std::string_view word) {
  if (word == "return=minimal") {
    prefer.give = Return::minimal;
  } else if (word == "return=headers-only") {
    prefer.give = Return::headers_only;
  } else if (word == "return=representation") {
    prefer.give = Return::representation;
  } else if (word == "resolution=merge-duplicates") {
    prefer.resolution = Resolution::merge;
  } else if (word == "resolution=ignore-duplicates") {
    prefer.resolution = Resolution::ignore;
  } else if (word == "count=exact") {
    prefer.count = plan::Count::exact;
  } else if (word == "count=planned") {
    prefer.count = plan::Count::planned;
  } else if (word == "count=estimated") {
    prefer.count = plan::Count::estimated;
  } else if (word == "missing=default" || word == "missing=null") {
    prefer.missing_default = word == "missing=default";
  } else if (word == "handling=strict" || word == "handling=lenient") {
    prefer.strict = word == "handling=strict";
  } else {
    return Known::no;
  }
  return Known::yes;
}

Known apply_value(Preferences& prefer, std::string_view word) {
  constexpr std::string_view max_affected = "max-affected=", timezone = "timezone=";
  constexpr std::size_t timezone_bytes_max = 64;
  if (word.starts_with(max_affected)) {
    prefer.max_affected = text::parse_int<std::uint64_t>(word.substr(max_affected.size()));
    return prefer.max_affected ? Known::yes : Known::no;
  }
  if (word.starts_with(timezone) && word.size() <= timezone.size() + timezone_bytes_max) {
    prefer.timezone = word.substr(timezone.size());
    return Known::yes;
  }
  return Known::no;
}

void append(std::string& list, std::string_view word) {
  if (!list.empty()) list += ", ";
  list += word;
}

}  // namespace

Result<Preferences> parse_prefer(std::string_view joined) {
  Preferences out;
  std::string unknown;
  for (const std::string_view word : http::comma_list(joined)) {
    if (apply_choice(out, word) == Known::yes || apply_value(out, word) == Known::yes) {
      append(out.applied, word);
    } else {
      append(unknown, word);
    }
  }
  if (out.strict && !unknown.empty()) return fail(errors::invalid_preferences(unknown));
  if (!out.strict) out.max_affected.reset();  // without handling=strict it is a wish
  return out;
}

}  // namespace flash::rest
