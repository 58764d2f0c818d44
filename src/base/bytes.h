// Bytes as text and back: base64url, base64, hex; equality that tells nothing by its time.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace flash::bytes {

std::string to_hex(std::string_view bytes);                        // lower case
std::optional<std::string> from_hex(std::string_view text);        // nullopt: odd length or no hex
std::string to_base64url(std::string_view bytes);                  // RFC 4648 section 5, no padding
std::optional<std::string> from_base64url(std::string_view text);  // padding allowed, bits checked
std::string to_base64(std::string_view bytes);                     // RFC 4648 section 4, padded
std::optional<std::string> from_base64(std::string_view text);
// Time depends on the length only, so a secret cannot be guessed byte by byte.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace flash::bytes
