// E-mail addresses and postcodes in the one form we keep.
#pragma once
#include <string>
#include <string_view>

namespace flash::leads {

// The address with its domain in lower case (ASCII); empty when its form cannot be an address.
// Whether the box exists is not asked. `address` is trimmed UTF-8 of at most 254 characters.
std::string tidy_email(std::string_view address);

// Capitals, and runs of spaces as one hyphen: "ky1 1001" is "KY1-1001".
std::string tidy_postcode(std::string_view code);

}  // namespace flash::leads
