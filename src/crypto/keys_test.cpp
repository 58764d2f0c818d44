#include "crypto/keys.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "json/read.h"

namespace flash::crypto {
namespace {

// RFC 7515 appendix A.3.
constexpr std::string_view rfc_private =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",)"
    R"("d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})";

TEST(Keys, JwkAndPemGoOutAndIn) {
  const EcKey key = EcKey::generate();
  for (const auto& again :
       {EcKey::from_jwk(key.private_jwk()), EcKey::from_pem(key.private_pem())}) {
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->has_private());
    EXPECT_EQ(again->kid(), key.kid());
    EXPECT_TRUE(key.verify("message", again->sign("message")));
  }
  for (const auto& again : {EcKey::from_jwk(key.public_jwk()), EcKey::from_pem(key.public_pem())}) {
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_FALSE(again->has_private());
    EXPECT_EQ(again->kid(), key.kid());
    EXPECT_TRUE(again->verify("message", key.sign("message")));
  }
}

TEST(Keys, ThePublicJwkHoldsNoSecret) {
  const EcKey key = EcKey::generate();
  const auto jwk = json::parse_object(key.public_jwk());
  ASSERT_TRUE(jwk);
  EXPECT_EQ(jwk->if_contains("d"), nullptr);
  EXPECT_EQ(json::text_or(*jwk, "kid"), key.kid());
  EXPECT_EQ(json::text_or(*jwk, "alg"), "ES256");
  EXPECT_EQ(json::text_or(*jwk, "use"), "sig");
}

TEST(Keys, ThumbprintOfAKnownKey) {
  const auto key = EcKey::from_jwk(rfc_private);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->kid(), "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
}

TEST(Keys, ASignatureBelongsToItsMessageAndKey) {
  const EcKey key = EcKey::generate();
  const std::string signature = key.sign("message");
  ASSERT_EQ(signature.size(), 64U);
  EXPECT_TRUE(key.verify("message", signature));
  EXPECT_FALSE(key.verify("messagf", signature));
  EXPECT_FALSE(EcKey::generate().verify("message", signature));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    std::string bent = signature;
    bent[bit / 8] = static_cast<char>(bent[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(key.verify("message", bent)) << bit;
  }
}

TEST(Keys, OddSignaturesAreRefusedNotRead) {
  const EcKey key = EcKey::generate();
  const std::string good = key.sign("m");
  const std::string order =
      *bytes::from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  for (const std::string& bad :
       {std::string(), std::string(63, 'a'), good.substr(0, 63), good + "a", std::string(64, '\0'),
        std::string(64, '\xff'), order + good.substr(32), good.substr(0, 32) + order,
        std::string(32, '\0') + good.substr(32), good.substr(0, 32) + std::string(32, '\0')})
    EXPECT_FALSE(key.verify("m", bad)) << bytes::to_hex(bad);
}

TEST(Keys, BadKeysAreRefused) {
  const std::string good = EcKey::generate().private_jwk();
  auto with = [&](std::string_view from, std::string_view to) {
    std::string jwk(rfc_private);
    return jwk.replace(jwk.find(from), from.size(), to);
  };
  for (const std::string& bad : {
           std::string("{}"),
           std::string("[]"),
           std::string(5000, ' ') + good,
           with("P-256", "P-384"),
           with("\"EC\"", "\"oct\""),
           with("x_FEzRu", "x_FEzRv"),  // not on the curve
           with("jpsQnn", "jpsQno"),    // another private number
           with("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "f83OJ3D2"),
           with("\"f83", "\"A_83"),
       })
    EXPECT_FALSE(EcKey::from_jwk(bad)) << bad;
  EXPECT_FALSE(EcKey::from_pem(""));
  EXPECT_FALSE(EcKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
}

TEST(Keys, AnotherCurveOrAnEncryptedPemIsRefusedWithoutAsking) {
  // openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 | openssl pkey -pubout
  EXPECT_FALSE(EcKey::from_pem(R"(-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAErHapesi/JmadMei0ERXcRXRARs4QDNXi
gNXSEHIF4NBNN7xHNbsoksA0q4VYnW6B3qTFnbWcJBH3OV0KN6wwcn1SFS9fyvCU
VygNBfHP/YSyuAkVY/ByZS23xiRvBLig
-----END PUBLIC KEY-----
)"));
  // The same for P-256 with -aes-128-cbc and a pass phrase.
  EXPECT_FALSE(EcKey::from_pem(R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh2VqdXCv8fmQICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEPVeQRgvdrpUG2q18CjHDagEgZDg
N0NOjsid+dX0g5xMwU/cIj8B5OQ3lOQaNWaCNnwV+PX+pom0qAX6YfC6aHsWUsmz
XAKkpt+vcQXK//Eq7GuPsAXz2lXz+OhMFkPQvknj9h8I+nvmysSux3EAkiD92nl5
k5+xcTrqKhEDoVn77Lo55i2k6IUcNeT6x4gq6TBjrV7dHYZ2WRzFZMFj/hlPz8k=
-----END ENCRYPTED PRIVATE KEY-----
)"));
}

}  // namespace
}  // namespace flash::crypto
