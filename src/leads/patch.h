// A change of a stored lead's facts: the same rules as for a new one, on the fields that change.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/value.h"
#include "leads/lead.h"
#include "leads/places.h"

namespace flash::leads {

struct Patch {
  std::int64_t version = 0;   // the one the caller has seen
  std::string facts = "{}";   // columns and their tidy values, a JSON object
  bool rescore = false;       // a fact that the score is made of is among them
  std::vector<Fault> faults;  // not_allowed: a field that is not changed here
};

// `row` is the stored submission (to_jsonb of it), `changes` what was sent: fields and `version`.
Patch read_patch(const json::Object& row, const json::Object& changes, const Places& places,
                 int this_year);

}  // namespace flash::leads
