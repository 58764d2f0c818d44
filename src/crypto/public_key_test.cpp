#include "crypto/public_key.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/jwt.h"
#include "crypto/openssl.h"

namespace flash::crypto {
namespace {

const Instant now{std::chrono::seconds{1'800'000'000}};

// A key pair that signs as somebody else's server would, through OpenSSL alone.
class Signer {
 public:
  explicit Signer(EVP_PKEY* key) : key_(key, EVP_PKEY_free) {}

  std::string jwk() const {
    if (EVP_PKEY_is_a(key_.get(), "ED25519") == 1) {
      std::string x(32, '\0');
      std::size_t size = x.size();
      EXPECT_EQ(EVP_PKEY_get_raw_public_key(key_.get(), octets(x), &size), 1);
      return text::cat(R"({"kty":"OKP","crv":"Ed25519","x":")", bytes::to_base64url(x), "\"}");
    }
    return text::cat(R"({"kty":"RSA","kid":"theirs","n":")", number(OSSL_PKEY_PARAM_RSA_N),
                     R"(","e":")", number(OSSL_PKEY_PARAM_RSA_E), "\"}");
  }
  std::string token(std::string_view algorithm, std::string_view claims) const {
    const std::string head =
        text::cat(bytes::to_base64url(text::cat(R"({"alg":")", algorithm, "\"}")), ".",
                  bytes::to_base64url(claims));
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* details = nullptr;
    const bool rsa = algorithm != "EdDSA";
    EXPECT_EQ(EVP_DigestSignInit(context.get(), &details, rsa ? EVP_sha256() : nullptr, nullptr,
                                 key_.get()),
              1);
    if (algorithm == "PS256") {
      EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST);
    }
    std::string signature(1024, '\0');
    std::size_t size = signature.size();
    EXPECT_EQ(EVP_DigestSign(context.get(), octets(signature), &size, octets(head), head.size()),
              1);
    signature.resize(size);
    return text::cat(head, ".", bytes::to_base64url(signature));
  }

 private:
  std::string number(const char* name) const {
    BIGNUM* read = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key_.get(), name, &read), 1);
    const BigNumber owner(read);
    std::string out(static_cast<std::size_t>(BN_num_bytes(read)), '\0');
    BN_bn2bin(read, octets(out));
    return bytes::to_base64url(out);
  }
  std::shared_ptr<EVP_PKEY> key_;
};

Signer rsa(unsigned bits = 2048) { return Signer(EVP_RSA_gen(bits)); }
Signer ed25519() { return Signer(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

std::string said(const std::string& token, const KeyRing& ring) {
  const auto jwt = verify_jwt(token, ring, now, std::chrono::seconds{30}, Expiry::optional);
  return jwt ? "ok " + jwt->claims : jwt.error().code;
}

KeyRing ring_of(const Signer& signer) {
  KeyRing ring;
  auto key = PublicKey::from_jwk(signer.jwk());
  EXPECT_TRUE(key) << key.error().message;
  if (key) ring.add_foreign(*std::move(key));
  return ring;
}

TEST(PublicKey, VerifiesWhatItsOwnerSigned) {
  for (const std::string_view algorithm : {"RS256", "PS256", "EdDSA"}) {
    const Signer signer = algorithm == "EdDSA" ? ed25519() : rsa();
    const KeyRing ring = ring_of(signer);
    const std::string token = signer.token(algorithm, R"({"role":"a"})");
    EXPECT_EQ(said(token, ring), R"(ok {"role":"a"})") << algorithm;
    const Signer other = algorithm == "EdDSA" ? ed25519() : rsa();
    EXPECT_EQ(said(other.token(algorithm, R"({"role":"a"})"), ring), "jwt_signature") << algorithm;
    for (const std::size_t at : {token.find('.') + 3, token.size() - 8}) {
      std::string forged = token;
      forged[at] = forged[at] == 'A' ? 'B' : 'A';
      EXPECT_EQ(said(forged, ring), "jwt_signature") << algorithm;
    }
  }
}

// RFC 8037, appendix A.4.
TEST(PublicKey, VerifiesTheExampleOfRfc8037) {
  const auto key = PublicKey::from_jwk(
      R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  ASSERT_TRUE(key);
  const auto signature = bytes::from_base64url(
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  ASSERT_TRUE(signature);
  EXPECT_TRUE(key->verify(Algorithm::eddsa,
                          "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", *signature));
}

TEST(PublicKey, ServesItsOwnAlgorithmsOnly) {
  const Signer signer = rsa();
  const KeyRing ring = ring_of(signer);
  // The classic confusion: the public key's text as a shared secret.
  EXPECT_EQ(said(sign_hs256(signer.jwk(), R"({"role":"a"})"), ring), "jwt_signature");
  const std::string token = signer.token("RS256", R"({"role":"a"})");
  const std::string rest = token.substr(token.find('.'));
  for (const std::string_view algorithm : {"PS256", "EdDSA", "ES256", "HS256"})
    EXPECT_EQ(said(text::cat(bytes::to_base64url(text::cat(R"({"alg":")", algorithm, "\"}")), rest),
                   ring),
              "jwt_signature")
        << algorithm;
  for (const std::string_view algorithm : {"none", "RS1", "RS512", "rs256", ""})
    EXPECT_EQ(said(text::cat(bytes::to_base64url(text::cat(R"({"alg":")", algorithm, "\"}")), rest),
                   ring),
              "jwt_algorithm")
        << algorithm;
}

TEST(PublicKey, RefusesKeysThatAreNone) {
  EXPECT_FALSE(PublicKey::from_jwk(rsa(1024).jwk())) << "too short";
  for (const char* bad :
       {"", "[]", "{}", R"({"kty":"EC"})", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})",
        R"({"kty":"RSA","n":"","e":"AQAB"})", R"({"kty":"RSA","n":"=","e":"AQAB"})",
        R"({"kty":"OKP","crv":"Ed448","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
        R"({"kty":"OKP","crv":"Ed25519","x":"11qY"})"})
    EXPECT_EQ(PublicKey::from_jwk(bad).has_value(), false) << bad;
  const std::string n(1500, 'A');
  EXPECT_FALSE(PublicKey::from_jwk(text::cat(R"({"kty":"RSA","n":")", n, R"(","e":"AQAB"})")));
}

}  // namespace
}  // namespace flash::crypto
