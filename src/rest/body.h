// A request's body as the JSON that plans take, whatever it was sent as.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace flash::rest {

enum class BodyType : std::uint8_t { json, csv, form, text, xml, octets };

// The Content-Type header without its parameters; empty means JSON. Error: PGRST102.
Result<BodyType> body_type(std::string_view content_type);

// Lines of fields with the names in the first (RFC 4180) as an array of objects of texts. The word
// NULL without quotes is null. Error: PGRST102.
Result<std::string> csv_to_json(std::string_view csv);
// a=1&b=2 as one object of texts; of a name that is said twice the last counts. Error: PGRST102.
Result<std::string> form_to_json(std::string_view form);

struct Body {
  std::vector<std::string> keys;  // of the first object; all others have the same unless `mixed`
  bool is_array = false;
  bool mixed = false;
  std::size_t objects = 0;
};
// Error: PGRST102.
Result<Body> inspect_body(std::string_view json);

// Neighbours in an array of objects that have the same of the wanted keys.
struct Group {
  std::vector<std::string> keys;     // in the order wanted
  std::vector<std::size_t> objects;  // places in the array, from 1
};
// Every object, in the order of the array. Error: PGRST102.
Result<std::vector<Group>> group_body(std::string_view json,
                                      const std::vector<std::string>& wanted);

}  // namespace flash::rest
