#include "crypto/jwt.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::crypto {
namespace {

constexpr std::size_t header_bytes_max = 1024;

std::unexpected<Error> refuse(std::string code, std::string message) {
  return fail(Kind::unauthenticated, std::move(code), std::move(message));
}

struct Parts {
  std::string_view header, claims, signature;
  std::string_view signed_bytes;  // header and claims with the dot between
};

std::optional<Parts> cut(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1), token.substr(0, second)};
}

// RFC 7515 section 2: base64url without padding, so that a token has one spelling.
std::optional<std::string> decode(std::string_view part) {
  if (part.empty() || part.back() == '=') return std::nullopt;
  return bytes::from_base64url(part);
}

std::size_t members(const json::Value& value) {
  std::size_t count = 0;
  if (value.is_object()) {
    for (const auto& member : value.get_object()) count += 1 + members(member.value());
  } else if (value.is_array()) {
    for (const auto& item : value.get_array()) count += members(item);
  }
  return count;
}

// Colons outside strings: the number of members that well-formed JSON text spells out.
std::size_t colons(std::string_view text) {
  std::size_t count = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (quoted && text[at] == '\\') ++at;
    if (!quoted && text[at] == ':') ++count;
  }
  return count;
}

// The parser keeps the last of two equal names, another reader may keep the first: so neither
// passes.
Result<json::Object> parse_strict(std::string_view text, json::Limits limits) {
  auto value = json::parse(text, limits);
  if (!value || !value->is_object()) return refuse("jwt_malformed", "the token is not well-formed");
  if (members(*value) != colons(text))
    return refuse("jwt_malformed", "the token names a member twice");
  return std::move(value->get_object());
}

constexpr std::array<std::pair<std::string_view, Algorithm>, 5> algorithms{{
    {"ES256", Algorithm::es256},
    {"HS256", Algorithm::hs256},
    {"RS256", Algorithm::rs256},
    {"PS256", Algorithm::ps256},
    {"EdDSA", Algorithm::eddsa},
}};

struct Header {
  Algorithm algorithm = Algorithm::es256;
  std::string kid;  // empty: none
};

Result<Header> read_header(std::string_view text) {
  TRY(const json::Object object,
      parse_strict(text, {.bytes_max = header_bytes_max, .depth_max = 8}));
  // "crit" names extensions that a reader must know; we know none (RFC 7515 section 4.1.11).
  if (object.contains("crit"))
    return refuse("jwt_malformed", "the token needs an unknown extension");
  Header out;
  const std::string_view algorithm = json::text_or(object, "alg");
  const auto known =
      std::ranges::find(algorithms, algorithm, &std::pair<std::string_view, Algorithm>::first);
  if (known == algorithms.end())
    return refuse("jwt_algorithm", "the token's algorithm is not allowed");
  out.algorithm = known->second;
  out.kid = json::text_or(object, "kid");
  return out;
}

bool is_signed(const Header& header, const Parts& parts, std::string_view signature,
               const KeyRing& keys) {
  if (header.algorithm == Algorithm::es256) {
    const auto fits = [&](const EcKey& key) { return key.verify(parts.signed_bytes, signature); };
    return std::ranges::any_of(keys.ec(),
                               [&](const EcKey& key) {
                                 return (header.kid.empty() || header.kid == key.kid()) &&
                                        fits(key);
                               }) ||
           std::ranges::any_of(keys.foreign(), fits);
  }
  if (header.algorithm != Algorithm::hs256)
    return std::ranges::any_of(keys.public_keys(), [&](const PublicKey& key) {
      return key.verify(header.algorithm, parts.signed_bytes, signature);
    });
  return std::ranges::any_of(keys.shared_secrets(), [&](const std::string& secret) {
    return bytes::equal_constant_time(hmac_sha256(secret, parts.signed_bytes), signature);
  });
}

// A NumericDate (RFC 7519 section 2), whole seconds; nullopt: absent.
Result<std::optional<std::int64_t>> read_time(const json::Object& claims, std::string_view name) {
  const json::Value* value = claims.if_contains(name);
  if (value == nullptr) return std::nullopt;
  constexpr double far = 1e12;  // the year 33658; also keeps the sums below from overflowing
  double seconds = 0;
  if (value->is_int64()) {
    seconds = static_cast<double>(value->get_int64());
  } else if (value->is_double()) {
    seconds = value->get_double();
  } else {
    return refuse("jwt_claims", text::cat("the token's \"", name, "\" is not a time"));
  }
  if (!(std::abs(seconds) <= far))
    return refuse("jwt_claims", text::cat("the token's \"", name, "\" is not a time"));
  return static_cast<std::int64_t>(std::floor(seconds));
}

Result<std::int64_t> check_times(const json::Object& claims, Instant now, std::chrono::seconds skew,
                                 Expiry expiry) {
  TRY(const auto expires, read_time(claims, "exp"));
  TRY(const auto begins, read_time(claims, "nbf"));
  TRY(const auto issued, read_time(claims, "iat"));
  if (!expires && expiry == Expiry::required)
    return refuse("jwt_claims", "the token has no expiry");
  const std::int64_t at = epoch_seconds(now);
  if (expires && at >= *expires + skew.count()) return refuse("jwt_expired", "JWT expired");
  if (begins && at < *begins - skew.count()) return refuse("jwt_not_yet", "JWT not yet valid");
  if (issued && at < *issued - skew.count()) return refuse("jwt_not_yet", "JWT issued at future");
  return expires.value_or(0);
}

std::string join(std::string_view header_json, std::string_view claims_json) {
  return text::cat(bytes::to_base64url(header_json), '.', bytes::to_base64url(claims_json));
}

}  // namespace

Result<void> KeyRing::add_shared_secret(std::string secret) {
  if (secret.size() < shared_secret_bytes_min)
    return fail(Kind::invalid, "secret_too_short", "a shared secret needs at least 32 bytes");
  secrets_.push_back(std::move(secret));
  return {};
}

bool is_jwt_shaped(std::string_view text) {
  return text.size() <= jwt_bytes_max && text.starts_with("ey") && cut(text).has_value();
}

Result<Jwt> verify_jwt(std::string_view token, const KeyRing& keys, Instant now,
                       std::chrono::seconds skew, Expiry expiry) {
  if (token.size() > jwt_bytes_max) return refuse("jwt_malformed", "the token is too large");
  const auto parts = cut(token);
  if (!parts) return refuse("jwt_malformed", "the token does not have three parts");
  const auto header_text = decode(parts->header);
  auto claims = decode(parts->claims);
  const auto signature = decode(parts->signature);
  if (!header_text || !claims || !signature)
    return refuse("jwt_malformed", "the token is not base64url");
  TRY(const Header header, read_header(*header_text));
  const bool ours = header.algorithm == Algorithm::es256 || header.algorithm == Algorithm::hs256;
  if (!ours && keys.public_keys().empty())
    return refuse("jwt_algorithm", "the token's algorithm is not allowed");
  // Nothing in the claims is looked at before the signature holds.
  if (!is_signed(header, *parts, *signature, keys))
    return refuse("jwt_signature", "no key of this server signed the token");
  TRY(json::Object document, parse_strict(*claims, {.bytes_max = jwt_bytes_max, .depth_max = 32}));
  TRY(const std::int64_t expires_at, check_times(document, now, skew, expiry));
  return Jwt{header.algorithm, *std::move(claims), std::move(document), expires_at};
}

std::string sign_es256(const EcKey& key, std::string_view claims_json) {
  json::Writer header;
  header.object().field("alg", "ES256").field("kid", key.kid()).field("typ", "JWT").end_object();
  std::string token = join(header.text(), claims_json);
  token += '.' + bytes::to_base64url(key.sign(token));
  return token;
}

std::string sign_hs256(std::string_view secret, std::string_view claims_json) {
  std::string token = join(R"({"alg":"HS256","typ":"JWT"})", claims_json);
  token += '.' + bytes::to_base64url(hmac_sha256(secret, token));
  return token;
}

}  // namespace flash::crypto
