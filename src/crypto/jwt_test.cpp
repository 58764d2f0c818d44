#include "crypto/jwt.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "json/read.h"

namespace flash::crypto {
namespace {

using std::chrono::seconds;

constexpr std::int64_t now_seconds = 1'800'000'000;
const Instant now{seconds{now_seconds}};
const std::string secret = "super-secret-jwt-token-with-at-least-32-characters-long";

struct Fixture {
  EcKey key = EcKey::generate();
  KeyRing keys;
  Fixture() {
    keys.add(key);
    EXPECT_TRUE(keys.add_shared_secret(secret));
  }
};

std::string code(const Result<Jwt>& result) { return result ? "accepted" : result.error().code; }

std::string signed_part(std::string_view header, std::string_view claims) {
  return text::cat(bytes::to_base64url(header), ".", bytes::to_base64url(claims));
}

std::string hs256(std::string_view key, std::string_view header, std::string_view claims) {
  const std::string part = signed_part(header, claims);
  return part + "." + bytes::to_base64url(hmac_sha256(key, part));
}

const std::string claims =
    R"({"sub":"someone","role":"authenticated","exp":1800000100,"iat":1800000000})";

TEST(Jwt, RoundTripKeepsTheClaimsByteForByte) {
  const Fixture f;
  const std::string spaced = R"({ "sub" : "someone", "exp":1800000100 , "n": 1.50 })";
  for (const std::string& token : {sign_es256(f.key, spaced), sign_hs256(secret, spaced)}) {
    const auto jwt = verify_jwt(token, f.keys, now);
    ASSERT_TRUE(jwt) << jwt.error().message;
    EXPECT_EQ(jwt->claims, spaced);
    EXPECT_EQ(json::text_or(jwt->document, "sub"), "someone");
    EXPECT_EQ(jwt->expires_at, now_seconds + 100);
    EXPECT_TRUE(is_jwt_shaped(token));
  }
}

TEST(Jwt, PublishedTokensVerify) {  // RFC 7515 appendix A.1 and A.3
  const Instant then{seconds{1'300'819'000}};
  KeyRing keys;
  const auto key = EcKey::from_jwk(
      R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
  ASSERT_TRUE(key);
  keys.add(*key);
  ASSERT_TRUE(keys.add_shared_secret(*bytes::from_base64url(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")));
  const std::string payload =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
      "fQ";
  const std::string hs = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + payload +
                         ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const std::string es =
      "eyJhbGciOiJFUzI1NiJ9." + payload +
      ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  EXPECT_EQ(code(verify_jwt(hs, keys, then)), "accepted");
  EXPECT_EQ(code(verify_jwt(es, keys, then)), "accepted");
  EXPECT_EQ(code(verify_jwt(es, keys, now)), "jwt_expired");
}

TEST(Jwt, APublicKeyIsNeverASharedSecret) {
  const Fixture f;
  const std::string header = R"({"alg":"HS256","kid":")" + f.key.kid() + R"("})";
  for (const std::string& stolen : {f.key.public_pem(), f.key.public_jwk(), f.key.kid()})
    EXPECT_EQ(code(verify_jwt(hs256(stolen, header, claims), f.keys, now)), "jwt_signature");
  KeyRing without_secret;
  without_secret.add(f.key);
  EXPECT_EQ(code(verify_jwt(hs256("", R"({"alg":"HS256"})", claims), without_secret, now)),
            "jwt_signature");
}

TEST(Jwt, AlgorithmsOutsideTheListAreRefused) {
  const Fixture f;
  for (const char* name : {"none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES384",
                           "es256", "hs256", "HS256 ", "EdDSA"}) {
    const std::string header = text::cat(R"({"alg":")", name, R"("})");
    const std::string part = signed_part(header, claims);
    EXPECT_EQ(code(verify_jwt(hs256(secret, header, claims), f.keys, now)), "jwt_algorithm")
        << name;
    EXPECT_EQ(code(verify_jwt(part + "." + bytes::to_base64url(f.key.sign(part)), f.keys, now)),
              "jwt_algorithm");
    EXPECT_EQ(code(verify_jwt(part + ".", f.keys, now)), "jwt_malformed") << name;
  }
  for (const char* header : {R"({})", R"({"alg":null})", R"({"alg":["HS256"]})", R"({"alg":256})"})
    EXPECT_EQ(code(verify_jwt(hs256(secret, header, claims), f.keys, now)), "jwt_algorithm")
        << header;
}

TEST(Jwt, KeysInsideTheTokenAreNotBelieved) {
  const Fixture f;
  const EcKey own = EcKey::generate();
  for (const std::string& member :
       {"\"jwk\":" + own.public_jwk(), std::string(R"("jku":"https://attacker.example/jwks")"),
        std::string(R"("x5u":"https://attacker.example/x")"), "\"kid\":\"" + own.kid() + "\"",
        std::string(R"("kid":"../../dev/null")"), "\"kid\":\"" + f.key.kid() + "\""}) {
    const std::string part = signed_part(R"({"alg":"ES256",)" + member + "}", claims);
    EXPECT_EQ(code(verify_jwt(part + "." + bytes::to_base64url(own.sign(part)), f.keys, now)),
              "jwt_signature")
        << member;
  }
}

TEST(Jwt, TheKidNamesTheKey) {
  Fixture f;
  const EcKey second = EcKey::generate();
  f.keys.add(second);
  EXPECT_EQ(code(verify_jwt(sign_es256(second, claims), f.keys, now)), "accepted");
  const std::string other =
      signed_part(R"({"alg":"ES256","kid":")" + f.key.kid() + R"("})", claims);
  EXPECT_EQ(code(verify_jwt(other + "." + bytes::to_base64url(second.sign(other)), f.keys, now)),
            "jwt_signature");
  const std::string none = signed_part(R"({"alg":"ES256"})", claims);
  EXPECT_EQ(code(verify_jwt(none + "." + bytes::to_base64url(second.sign(none)), f.keys, now)),
            "accepted");
  // The hosted service writes a kid of its own into tokens under the shared secret.
  EXPECT_EQ(code(verify_jwt(hs256(secret, R"({"alg":"HS256","kid":"x1","typ":"JWT"})", claims),
                            f.keys, now)),
            "accepted");
}

TEST(Jwt, EveryFlippedBitIsNoticed) {
  const Fixture f;
  for (const std::string& token : {sign_es256(f.key, claims), sign_hs256(secret, claims)}) {
    for (std::size_t at = 0; at < token.size(); ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string bent = token;
        bent[at] = static_cast<char>(bent[at] ^ 1 << bit);
        EXPECT_FALSE(verify_jwt(bent, f.keys, now)) << at << " " << bit;
      }
    }
  }
}

TEST(Jwt, EveryCutAndEveryTailIsNoticed) {
  const Fixture f;
  for (const std::string& token : {sign_es256(f.key, claims), sign_hs256(secret, claims)}) {
    for (std::size_t size = 0; size < token.size(); ++size)
      EXPECT_FALSE(verify_jwt(token.substr(0, size), f.keys, now)) << size;
    for (const char* tail : {"=", "==", "A", ".", ".AAAA", " ", "\n", "%00"})
      EXPECT_FALSE(verify_jwt(token + tail, f.keys, now)) << tail;
    EXPECT_FALSE(verify_jwt(" " + token, f.keys, now));
  }
}

TEST(Jwt, ASignatureOfAnotherLengthIsRefused) {
  const Fixture f;
  const std::string part = signed_part(R"({"alg":"ES256"})", claims);
  const std::string signature = f.key.sign(part);
  for (const std::string& bad : {signature + '\0', signature.substr(1), std::string(64, '\0'),
                                 signature + signature, std::string(1, '\0') + signature})
    EXPECT_EQ(code(verify_jwt(part + "." + bytes::to_base64url(bad), f.keys, now)),
              "jwt_signature");
}

// ECDSA lets anybody turn (r, s) into (r, n - s). It is another spelling of the same claims, never
// of others: so nothing may be remembered about a person by the bytes of a token, only by its
// session.
TEST(Jwt, TheMirroredSignatureSaysNothingElse) {
  const Fixture f;
  const std::string part = signed_part(R"({"alg":"ES256"})", claims);
  std::string mirrored = f.key.sign(part);
  const std::string order =
      *bytes::from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  int borrow = 0;
  for (std::size_t at = 32; at-- > 0;) {
    int digit = static_cast<unsigned char>(order[at]) -
                static_cast<unsigned char>(mirrored[32 + at]) - borrow;
    borrow = digit < 0 ? 1 : 0;
    mirrored[32 + at] = static_cast<char>(digit + 256 * borrow);
  }
  const auto jwt = verify_jwt(part + "." + bytes::to_base64url(mirrored), f.keys, now);
  ASSERT_TRUE(jwt);
  EXPECT_EQ(jwt->claims, claims);
}

TEST(Jwt, AMemberTwiceIsRefusedAtEveryDepth) {
  const Fixture f;
  for (const char* twice : {
           R"({"exp":1800000100,"role":"authenticated","role":"service_role"})",
           R"({"exp":1800000100,"app_metadata":{"role":"rep","role":"admin"}})",
           R"({"exp":1800000100,"app_metadata":{"role":"rep","r\u006fle":"admin"}})",
           R"({"exp":1800000100,"a":[{"b":{"c":1,"c":1}}]})",
           R"({"exp":1,"exp":1800000100})",
       })
    EXPECT_EQ(code(verify_jwt(sign_es256(f.key, twice), f.keys, now)), "jwt_malformed") << twice;
  EXPECT_EQ(
      code(verify_jwt(hs256(secret, R"({"alg":"HS256","alg":"HS256"})", claims), f.keys, now)),
      "jwt_malformed");
  for (
      const char* once : {
          R"({"exp":1800000100,"a":"x:y","b":"\":\\","c":{"a":"{\"a\":1}"},"d":[{"a":1},{"a":2}]})",
          R"({"exp":1800000100,":":":","\"":"\\"})",
      })
    EXPECT_EQ(code(verify_jwt(sign_es256(f.key, once), f.keys, now)), "accepted") << once;
}

TEST(Jwt, TextThatIsNoObjectIsRefused) {
  const Fixture f;
  for (const char* body :
       {"", "x", "null", "[]", "1", "\"x\"", "{", "{}x", "{\"a\":1}{}", "{\"a\":\"\xff\"}"})
    EXPECT_FALSE(verify_jwt(sign_hs256(secret, body), f.keys, now)) << body;
  for (const char* header : {"", "[]", "null", "{", R"({"alg":"HS256"}{})"})
    EXPECT_FALSE(verify_jwt(hs256(secret, header, claims), f.keys, now)) << header;
  EXPECT_EQ(code(verify_jwt(hs256(secret, R"({"alg":"HS256","crit":["b64"],"b64":false})", claims),
                            f.keys, now)),
            "jwt_malformed");
  const std::string deep =
      R"({"exp":1800000100,"a":)" + std::string(40, '[') + std::string(40, ']') + "}";
  EXPECT_EQ(code(verify_jwt(sign_hs256(secret, deep), f.keys, now)), "jwt_malformed");
}

TEST(Jwt, SizeAtTheLimitAndOneOver) {
  const Fixture f;
  auto sized = [&](std::size_t padding) {
    return sign_hs256(secret, R"({"exp":1800000100,"a":")" + std::string(padding, 'a') + "\"}");
  };
  std::size_t padding = 12'000;
  while (sized(padding + 1).size() <= jwt_bytes_max) ++padding;
  EXPECT_EQ(code(verify_jwt(sized(padding), f.keys, now)), "accepted");
  EXPECT_EQ(code(verify_jwt(sized(padding + 1), f.keys, now)), "jwt_malformed");
  EXPECT_FALSE(is_jwt_shaped(sized(padding + 1)));
  const std::string long_header = R"({"alg":"HS256","x":")" + std::string(1024, 'a') + "\"}";
  EXPECT_EQ(code(verify_jwt(hs256(secret, long_header, claims), f.keys, now)), "jwt_malformed");
}

struct TimeCase {
  const char* name;
  std::string claims;
  std::string out;
};

TEST(Jwt, TimesWithThirtySecondsOfGrace) {
  const Fixture f;
  const TimeCase cases[] = {
      {"expires in a second", R"({"exp":1800000001})", "accepted"},
      {"expired, within grace", R"({"exp":1799999971})", "accepted"},
      {"expired, grace over", R"({"exp":1799999970})", "jwt_expired"},
      {"no expiry", R"({"sub":"x"})", "jwt_claims"},
      {"expiry null", R"({"exp":null})", "jwt_claims"},
      {"expiry as text", R"({"exp":"1800000100"})", "jwt_claims"},
      {"expiry as truth", R"({"exp":true})", "jwt_claims"},
      {"expiry beyond reason", R"({"exp":1e300})", "jwt_claims"},
      {"expiry of 64 bits", R"({"exp":18446744073709551615})", "jwt_claims"},
      {"expiry far below", R"({"exp":-9223372036854775808})", "jwt_claims"},
      {"fraction", R"({"exp":1800000000.5})", "accepted"},
      {"not before, ahead", R"({"exp":1800000100,"nbf":1800000031})", "jwt_not_yet"},
      {"not before, within grace", R"({"exp":1800000100,"nbf":1800000030})", "accepted"},
      {"issued ahead", R"({"exp":1800000100,"iat":1800000031})", "jwt_not_yet"},
      {"issued as text", R"({"exp":1800000100,"iat":"now"})", "jwt_claims"},
  };
  for (const TimeCase& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(code(verify_jwt(sign_es256(f.key, c.claims), f.keys, now)), c.out);
  }
  EXPECT_EQ(code(verify_jwt(sign_es256(f.key, R"({"exp":1800000000})"), f.keys, now, seconds{0})),
            "jwt_expired");
}

TEST(Jwt, AShortSharedSecretIsRefused) {
  KeyRing keys;
  EXPECT_EQ(keys.add_shared_secret(std::string(31, 'a')).error().code, "secret_too_short");
  EXPECT_TRUE(keys.add_shared_secret(std::string(32, 'a')));
}

}  // namespace
}  // namespace flash::crypto
