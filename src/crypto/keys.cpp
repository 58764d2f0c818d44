#include "crypto/keys.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/check.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/openssl.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::crypto {
namespace {

constexpr std::size_t number_bytes = 32;  // a coordinate, a private number, half a signature
constexpr std::size_t jwk_bytes_max = 4096;
constexpr std::size_t pem_bytes_max = 8192;

std::unexpected<Error> malformed(std::string_view why) {
  return fail(Kind::invalid, "key_malformed", text::cat("not a usable P-256 key: ", why));
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

// One private or public number as 32 bytes, big end first.
std::optional<std::string> number(const EVP_PKEY* key, const char* name) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &read) != 1) return std::nullopt;
  const BigNumber owner(read);
  std::string out(number_bytes, '\0');
  if (BN_bn2binpad(read, octets(out), static_cast<int>(out.size())) < 0) return std::nullopt;
  return out;
}

bool is_p256(const EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t size = 0;
  return EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
         std::string_view(group.data(), size) == SN_X9_62_prime256v1;
}

// A member of a JWK: exactly 32 bytes in base64url.
Result<std::string> jwk_number(const json::Object& jwk, std::string_view name) {
  auto decoded = bytes::from_base64url(json::text_or(jwk, name));
  if (!decoded || decoded->size() != number_bytes) return malformed(text::cat("\"", name, "\""));
  return *std::move(decoded);
}

std::shared_ptr<EVP_PKEY> assemble(const std::string& point, const BIGNUM* d) {
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  CHECK(builder != nullptr);
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1,
                                  0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  if (d != nullptr) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d);
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  CHECK(params != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  const int selection = d != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1) return nullptr;
  return owned(key);
}

// OpenSSL asks the terminal for a pass phrase unless it is given a function.
int no_pass_phrase(char* /*to*/, int /*size*/, int /*writing*/, void* /*user*/) { return -1; }

std::string drain(BIO* memory) {
  char* start = nullptr;
  const long size = BIO_get_mem_data(memory, &start);
  return {start, static_cast<std::size_t>(size)};
}

std::string jwk_text(const EcKey& key, std::string_view x, std::string_view y, std::string_view d) {
  json::Writer w;
  w.object().field("kty", "EC").field("crv", "P-256").field("x", x).field("y", y);
  if (!d.empty()) w.field("d", d);
  w.field("kid", key.kid()).field("alg", "ES256").field("use", "sig");
  w.key("key_ops").array().value(d.empty() ? "verify" : "sign");
  if (!d.empty()) w.value("verify");
  w.end_array().field("ext", true).end_object();
  return std::move(w).take();
}

}  // namespace

EcKey::EcKey(std::shared_ptr<evp_pkey_st> key, bool is_private)
    : key_(std::move(key)), private_(is_private) {
  const auto x = number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X);
  const auto y = number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
  CHECK(x && y);
  x_ = bytes::to_base64url(*x);
  y_ = bytes::to_base64url(*y);
  // RFC 7638 section 3: the required members in this order, no spaces.
  kid_ = bytes::to_base64url(
      sha256(text::cat(R"({"crv":"P-256","kty":"EC","x":")", x_, R"(","y":")", y_, R"("})")));
}

EcKey EcKey::generate() {
  auto key = owned(EVP_EC_gen(SN_X9_62_prime256v1));
  CHECK(key != nullptr);
  return {std::move(key), true};
}

Result<EcKey> EcKey::checked(std::shared_ptr<evp_pkey_st> key, bool is_private) {
  if (key == nullptr || !is_p256(key.get())) return malformed("another kind of key");
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  CHECK(context != nullptr);
  if (EVP_PKEY_public_check(context.get()) != 1) return malformed("the point is not on the curve");
  if (is_private && EVP_PKEY_pairwise_check(context.get()) != 1)
    return malformed("the private number does not fit the point");
  return EcKey(std::move(key), is_private);
}

Result<EcKey> EcKey::from_jwk(std::string_view json) {
  TRY(const json::Object jwk,
      json::parse_object(json, {.bytes_max = jwk_bytes_max, .depth_max = 4}));
  if (json::text_or(jwk, "kty") != "EC" || json::text_or(jwk, "crv") != "P-256")
    return malformed("\"kty\" and \"crv\" must be EC and P-256");
  TRY(const std::string x, jwk_number(jwk, "x"));
  TRY(const std::string y, jwk_number(jwk, "y"));
  BigNumber d;
  if (json::find(jwk, "d") != nullptr) {
    TRY(const std::string number, jwk_number(jwk, "d"));
    d.reset(BN_bin2bn(octets(number), static_cast<int>(number.size()), nullptr));
  }
  return checked(assemble(text::cat('\x04', x, y), d.get()), d != nullptr);
}

Result<EcKey> EcKey::from_pem(std::string_view pem) {
  if (pem.size() > pem_bytes_max) return malformed("too long");
  auto read = [&](auto function) {
    const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CHECK(memory != nullptr);
    return owned(function(memory.get(), nullptr, no_pass_phrase, nullptr));
  };
  if (auto key = read(PEM_read_bio_PrivateKey)) return checked(std::move(key), true);
  return checked(read(PEM_read_bio_PUBKEY), false);
}

std::string EcKey::public_jwk() const { return jwk_text(*this, x_, y_, {}); }

std::string EcKey::private_jwk() const {
  CHECK(private_);
  const auto d = number(key_.get(), OSSL_PKEY_PARAM_PRIV_KEY);
  CHECK(d);
  return jwk_text(*this, x_, y_, bytes::to_base64url(*d));
}

std::string EcKey::public_pem() const {
  const Memory memory(BIO_new(BIO_s_mem()));
  CHECK(memory != nullptr && PEM_write_bio_PUBKEY(memory.get(), key_.get()) == 1);
  return drain(memory.get());
}

std::string EcKey::private_pem() const {
  const Memory memory(BIO_new(BIO_s_mem()));
  CHECK(private_ && memory != nullptr);
  CHECK(PEM_write_bio_PKCS8PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) == 1);
  return drain(memory.get());
}

std::string EcKey::sign(std::string_view message) const {
  CHECK(private_);
  const DigestContext context(EVP_MD_CTX_new());
  CHECK(context != nullptr);
  CHECK(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
  std::array<unsigned char, 80> der{};  // SEQUENCE of two INTEGERs: at most 72
  std::size_t size = der.size();
  CHECK(EVP_DigestSign(context.get(), der.data(), &size, octets(message), message.size()) == 1);
  const unsigned char* at = der.data();
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  CHECK(signature != nullptr);
  std::string out(2 * number_bytes, '\0');
  CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), octets(out), number_bytes) == number_bytes);
  CHECK(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), octets(out) + number_bytes, number_bytes) ==
        number_bytes);
  return out;
}

bool EcKey::verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != 2 * number_bytes) return false;
  const Signature parts(ECDSA_SIG_new());
  BigNumber r(BN_bin2bn(octets(signature), number_bytes, nullptr));
  BigNumber s(BN_bin2bn(octets(signature) + number_bytes, number_bytes, nullptr));
  CHECK(parts != nullptr && r != nullptr && s != nullptr);
  CHECK(ECDSA_SIG_set0(parts.get(), r.release(), s.release()) == 1);
  std::array<unsigned char, 80> der{};
  unsigned char* at = der.data();
  const int size = i2d_ECDSA_SIG(parts.get(), &at);
  const DigestContext context(EVP_MD_CTX_new());
  CHECK(size > 0 && context != nullptr);
  CHECK(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
  // OpenSSL refuses r and s outside 1..n-1.
  return EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size),
                          octets(message), message.size()) == 1;
}

}  // namespace flash::crypto
