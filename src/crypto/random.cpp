#include "crypto/random.h"

#include <openssl/rand.h>

#include "base/bytes.h"
#include "base/check.h"
#include "crypto/openssl.h"

namespace flash::crypto {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  CHECK(RAND_bytes(octets(bytes), static_cast<int>(count)) == 1);
  return bytes;
}

std::string random_token(std::size_t bytes_count) {
  return bytes::to_base64url(random_bytes(bytes_count));
}

std::string random_text(std::string_view alphabet, std::size_t length) {
  CHECK(alphabet.size() >= 2 && alphabet.size() <= 256);
  // Bytes above the last whole multiple are thrown away: a remainder alone would favour the front.
  const std::size_t fair_below = 256 - 256 % alphabet.size();
  std::string out;
  out.reserve(length);
  while (out.size() < length) {
    for (char c : random_bytes(length - out.size())) {
      const std::size_t drawn = static_cast<unsigned char>(c);
      if (drawn < fair_below) out += alphabet[drawn % alphabet.size()];
    }
  }
  return out;
}

std::string random_password() {
  constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string out = random_text(alphabet, 16);
  for (const std::size_t at : {12U, 8U, 4U}) out.insert(at, 1, '-');
  return out;
}

}  // namespace flash::crypto
