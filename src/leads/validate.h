// A form as JSON to a Lead, or every fault with its field.
#pragma once
#include <string_view>
#include <vector>

#include "json/value.h"
#include "leads/lead.h"
#include "leads/places.h"

namespace flash::leads {

enum class Sender : std::uint8_t {
  anonymous,
  person
};  // a person may say more and need not consent

struct Checked {
  Lead lead;                  // meaningful when there is no fault
  std::vector<Fault> faults;  // at most one a field, in the order of the form
};

// The rules are those of tests/fixtures/submissions/README.md, which the web form obeys as well.
// `this_year` bounds year_established. Unknown fields are passed over.
Checked validate(const json::Object& input, const Places& places, Sender sender, int this_year);

}  // namespace flash::leads
