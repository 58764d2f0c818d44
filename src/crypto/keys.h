// P-256 keys (FIPS 186-4) that sign and verify ES256; in and out as JWK (RFC 7517) and PEM.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct evp_pkey_st;

namespace flash::crypto {

// Immutable and cheap to copy; safe to use from several threads at once.
class EcKey {
 public:
  static EcKey generate();
  // A public or a private key. The point must lie on the curve, and a private number must fit it.
  // Errors: invalid "key_malformed".
  static Result<EcKey> from_jwk(std::string_view json);
  static Result<EcKey> from_pem(
      std::string_view pem);  // SubjectPublicKeyInfo, PKCS #8 or SEC 1; not encrypted

  [[nodiscard]] bool has_private() const { return private_; }
  [[nodiscard]] const std::string& kid() const { return kid_; }  // thumbprint, RFC 7638
  [[nodiscard]] std::string public_jwk()
      const;  // with kid, alg, use, key_ops, as Supabase publishes it
  [[nodiscard]] std::string private_jwk() const;  // the same with "d"
  [[nodiscard]] std::string public_pem() const;
  [[nodiscard]] std::string private_pem() const;

  // 64 bytes, r then s (RFC 7518 section 3.4). Needs the private half.
  [[nodiscard]] std::string sign(std::string_view bytes) const;
  [[nodiscard]] bool verify(std::string_view bytes, std::string_view signature) const;

 private:
  EcKey(std::shared_ptr<evp_pkey_st> key, bool is_private);
  static Result<EcKey> checked(std::shared_ptr<evp_pkey_st> key, bool is_private);

  std::shared_ptr<evp_pkey_st> key_;
  bool private_ = false;
  std::string x_, y_;  // base64url, 43 characters each
  std::string kid_;
};

}  // namespace flash::crypto
