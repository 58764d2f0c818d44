// Bytes as a token: nothing crashes, and nothing verifies that our keys did not sign.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "crypto/hash.h"
#include "crypto/jwt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace crypto = flash::crypto;
  static const crypto::KeyRing keys = [] {
    crypto::KeyRing ring;
    ring.add(crypto::EcKey::generate());
    if (!ring.add_shared_secret(std::string(32, 'k'))) std::abort();
    return ring;
  }();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const flash::Instant now{std::chrono::seconds{1'763'800'000}};
  if (crypto::verify_jwt(input, keys, now)) std::abort();
  // Under a good signature the same bytes reach the parsers behind it: as claims, and as a header.
  const std::string secret(32, 'k');
  static_cast<void>(crypto::verify_jwt(crypto::sign_hs256(secret, input), keys, now));
  std::string token =
      flash::bytes::to_base64url(input) + "." + flash::bytes::to_base64url("{\"exp\":1763800100}");
  token += "." + flash::bytes::to_base64url(crypto::hmac_sha256(secret, token));
  static_cast<void>(crypto::verify_jwt(token, keys, now));
  return 0;
}
