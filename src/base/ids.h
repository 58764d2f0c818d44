// Identifiers: UUIDs and request ids, from the machine's random source.
#pragma once
#include <string>
#include <string_view>

#include "base/time.h"

namespace flash::ids {

std::string uuid4();                  // RFC 9562, lower case, random
std::string uuid7(Instant at);        // RFC 9562, time-ordered
std::string request_id();             // 20 lower-case base32 characters, 100 random bits
bool is_uuid(std::string_view text);  // 8-4-4-4-12 hex digits, any case

}  // namespace flash::ids
