// Signed tokens: compact JWS (RFC 7515) with claims (RFC 7519); ES256 and HS256, of others
// RS256, PS256 and EdDSA too (RFC 7518, RFC 8037).
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crypto/keys.h"
#include "crypto/public_key.h"
#include "json/value.h"

namespace flash::crypto {

inline constexpr std::size_t jwt_bytes_max = 16 * 1024;
inline constexpr std::size_t shared_secret_bytes_min = 32;  // RFC 7518 section 3.2

// The keys that a token may be signed with. A key serves one algorithm only, so that a public key
// can never be taken for a shared secret.
class KeyRing {
 public:
  void add(EcKey key) { ec_.push_back(std::move(key)); }
  // Somebody else's, who may name it as they like: any kid fits.
  void add_foreign(EcKey key) { foreign_.push_back(std::move(key)); }
  void add_foreign(PublicKey key) { public_.push_back(std::move(key)); }
  // Accepts tokens with any kid or none. Error: invalid "secret_too_short".
  Result<void> add_shared_secret(std::string secret);

  [[nodiscard]] const std::vector<EcKey>& ec() const { return ec_; }
  [[nodiscard]] const std::vector<EcKey>& foreign() const { return foreign_; }
  [[nodiscard]] const std::vector<PublicKey>& public_keys() const { return public_; }
  [[nodiscard]] const std::vector<std::string>& shared_secrets() const { return secrets_; }

 private:
  std::vector<EcKey> ec_;
  std::vector<EcKey> foreign_;
  std::vector<PublicKey> public_;
  std::vector<std::string> secrets_;
};

struct Jwt {
  Algorithm algorithm = Algorithm::es256;
  std::string claims;           // the JSON text, byte for byte as it was signed
  json::Object document;        // the same, parsed; no member occurs twice, at any depth
  std::int64_t expires_at = 0;  // epoch seconds; 0: never, with Expiry::optional
};

enum class Expiry : std::uint8_t { required, optional };

// True for text that looks like a compact JWS: says nothing about whether it verifies.
bool is_jwt_shaped(std::string_view text);

// Errors, all unauthenticated: "jwt_malformed" (also: too large, a member twice, a critical
// extension), "jwt_algorithm" (none of those above), "jwt_signature" (also: no such key),
// "jwt_claims" (no exp, times that are no numbers), "jwt_expired", "jwt_not_yet" (nbf or iat ahead
// of us). `skew` is allowed both ways.
Result<Jwt> verify_jwt(std::string_view token, const KeyRing& keys, Instant now,
                       std::chrono::seconds skew = std::chrono::seconds{30},
                       Expiry expiry = Expiry::required);

std::string sign_es256(const EcKey& key, std::string_view claims_json);
std::string sign_hs256(std::string_view secret, std::string_view claims_json);

}  // namespace flash::crypto
