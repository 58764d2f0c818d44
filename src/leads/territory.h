// Where a lead lies: the deepest node that its own words, postcode, telephone or address name.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "leads/lead.h"
#include "leads/places.h"

namespace flash::leads {

struct Location {
  int territory = 0;                 // the root when nothing is known: "Unrouted"
  int sub_area = 0;                  // the stated one, when it lies in the country; 0: none
  std::string_view source = "none";  // stated postal_code phone address none
  double confidence = 0;
  std::vector<std::string> flags;  // sub_area_dropped, sub_area_ambiguous, phone_region_differs
};

// The person's own statement comes first. A country without a stated sub-area is refined by
// postcode, then by place words of the address, inside that country only. Rules and confidences:
// lead-pipeline section 3.
Location locate(const Lead& lead, const Places& places);

}  // namespace flash::leads
