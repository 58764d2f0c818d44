#include "crypto/public_key.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include "base/bytes.h"
#include "base/check.h"
#include "base/text.h"
#include "crypto/openssl.h"
#include "json/read.h"

namespace flash::crypto {
namespace {

constexpr std::size_t jwk_bytes_max = 8192;
constexpr int rsa_bits_min = 2048, rsa_bits_max = 8192;  // RFC 7518 section 3.3; a bound of work
constexpr std::size_t ed25519_bytes = 32;

std::unexpected<Error> malformed(std::string_view why) {
  return fail(Kind::invalid, "key_malformed", text::cat("not a usable public key: ", why));
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

Result<std::shared_ptr<EVP_PKEY>> rsa_key(const json::Object& jwk) {
  const auto modulus = bytes::from_base64url(json::text_or(jwk, "n"));
  const auto exponent = bytes::from_base64url(json::text_or(jwk, "e"));
  if (!modulus || !exponent || modulus->empty() || exponent->empty() || exponent->size() > 8 ||
      modulus->size() > rsa_bits_max / 8)
    return malformed("\"n\" and \"e\"");
  const BigNumber n(BN_bin2bn(octets(*modulus), static_cast<int>(modulus->size()), nullptr));
  const BigNumber e(BN_bin2bn(octets(*exponent), static_cast<int>(exponent->size()), nullptr));
  CHECK(n != nullptr && e != nullptr);
  if (BN_num_bits(n.get()) < rsa_bits_min) return malformed("RSA needs at least 2048 bits");
  if (!BN_is_odd(e.get()) || BN_is_one(e.get())) return malformed("\"e\"");
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  CHECK(builder != nullptr);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  CHECK(params != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return malformed("RSA");
  return owned(key);
}

Result<std::shared_ptr<EVP_PKEY>> ed25519_key(const json::Object& jwk) {
  const auto point = bytes::from_base64url(json::text_or(jwk, "x"));
  if (json::text_or(jwk, "crv") != "Ed25519" || !point || point->size() != ed25519_bytes)
    return malformed("\"crv\" must be Ed25519, and \"x\" 32 bytes");
  EVP_PKEY* key =
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(*point), point->size());
  if (key == nullptr) return malformed("Ed25519");
  return owned(key);
}

}  // namespace

Result<PublicKey> PublicKey::from_jwk(std::string_view json) {
  TRY(const json::Object jwk,
      json::parse_object(json, {.bytes_max = jwk_bytes_max, .depth_max = 4}));
  const std::string_view kind = json::text_or(jwk, "kty");
  if (kind == "RSA") {
    TRY(auto key, rsa_key(jwk));
    return PublicKey(std::move(key), true);
  }
  if (kind != "OKP") return malformed("\"kty\" must be RSA or OKP");
  TRY(auto key, ed25519_key(jwk));
  return PublicKey(std::move(key), false);
}

bool PublicKey::verify(Algorithm algorithm, std::string_view message,
                       std::string_view signature) const {
  const bool for_rsa = algorithm == Algorithm::rs256 || algorithm == Algorithm::ps256;
  if (for_rsa != rsa_ || (!for_rsa && algorithm != Algorithm::eddsa)) return false;
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* details = nullptr;  // the digest context owns it
  CHECK(context != nullptr);
  CHECK(EVP_DigestVerifyInit(context.get(), &details, for_rsa ? EVP_sha256() : nullptr, nullptr,
                             key_.get()) == 1);
  if (algorithm == Algorithm::ps256) {  // RFC 7518 section 3.5: the salt is as long as the hash
    CHECK(EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1);
    CHECK(EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) == 1);
  }
  return EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                          message.size()) == 1;
}

}  // namespace flash::crypto
