// Secrets from the machine's random source: bytes, tokens, codes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace flash::crypto {

std::string random_bytes(std::size_t count);
// base64url of that many random bytes; 32 give 43 characters and 256 bits.
std::string random_token(std::size_t bytes_count);
// `length` characters, each drawn evenly from the alphabet (2 to 256 characters).
std::string random_text(std::string_view alphabet, std::size_t length);
// A password to print once: four groups of four, no letters that look alike, 78 bits.
std::string random_password();

}  // namespace flash::crypto
