// Telephone numbers by Google's metadata (libphonenumber), with the two traps of the islands.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace flash::leads {

struct PhoneReading {
  std::string e164;                      // empty: not a number that can exist
  std::string_view rule;                 // then "invalid" or "phone_needs_area_code"; else empty
  std::vector<std::string> suggestions;  // E.164, where an area code was missing
};

// `country` is ISO 3166-1 alpha-2; empty: only numbers in international form are read. `prefixes`
// are the country's, E.164 without the plus ("1876"). Seven digits in a country of the North
// American plan need their area code: one suggestion for each that would make them valid. In
// Curaçao, where every number begins with a 9, an invalid one is tried again with that 9 before it.
PhoneReading read_phone(std::string_view typed, std::string_view country,
                        const std::vector<std::string>& prefixes);

}  // namespace flash::leads
