// Public keys of others, to check their tokens with: RSA for RS256 and PS256, Ed25519 for EdDSA.
#pragma once
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"

struct evp_pkey_st;

namespace flash::crypto {

enum class Algorithm : std::uint8_t { es256, hs256, rs256, ps256, eddsa };

// Immutable and cheap to copy; safe to use from several threads at once.
class PublicKey {
 public:
  // A JWK of kind RSA (RFC 7518 section 6.3; 2048 to 8192 bits) or OKP with Ed25519 (RFC 8037); its
  // private members are not looked at. Error: invalid "key_malformed".
  static Result<PublicKey> from_jwk(std::string_view json);

  // False for an algorithm of another kind of key, too: a key is of one kind only.
  [[nodiscard]] bool verify(Algorithm algorithm, std::string_view bytes,
                            std::string_view signature) const;

 private:
  PublicKey(std::shared_ptr<evp_pkey_st> key, bool is_rsa) : key_(std::move(key)), rsa_(is_rsa) {}

  std::shared_ptr<evp_pkey_st> key_;
  bool rsa_;
};

}  // namespace flash::crypto
