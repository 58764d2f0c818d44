// What a telephone number says of itself, by Google's metadata (libphonenumber). Asks nobody.
#pragma once
#include <string>
#include <string_view>

#include "enrich/fact.h"

namespace flash::enrich {

// `number` in E.164. Facts: valid (yes, no), line (mobile, fixed, fixed_or_mobile, toll_free,
// premium, shared_cost, voip, personal, pager, uan, voicemail), region (ISO 3166-1 alpha-2),
// national (as it is dialled there). Its area and carrier are not told: Debian ships neither table,
// and numbers are ported.
Answer phone_facts(const std::string& number);

// Of any spelling that a source uses; empty: not a number that can exist. `country` where it is
// written without its country code.
std::string to_e164(std::string_view typed, std::string_view country);

}  // namespace flash::enrich
