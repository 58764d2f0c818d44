#include "crypto/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "base/check.h"
#include "crypto/openssl.h"

namespace flash::crypto {

std::string sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(octets(bytes), bytes.size(), octets(digest));
  return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  unsigned size = 0;
  // A null key pointer means "reuse the last key" to OpenSSL, so an empty key still points
  // somewhere.
  const auto* start = key.empty() ? octets(std::string_view("\0", 1)) : octets(key);
  const auto* made = HMAC(EVP_sha256(), start, static_cast<int>(key.size()), octets(bytes),
                          bytes.size(), octets(digest), &size);
  CHECK(made != nullptr && size == digest.size());
  return digest;
}

}  // namespace flash::crypto
