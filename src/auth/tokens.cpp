#include "auth/tokens.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "json/write.h"

namespace flash::auth {
namespace {

constexpr std::size_t claims_bytes_max = 8 * 1024;
constexpr std::size_t refresh_token_bytes = 32;
constexpr int steps_max = 16;

std::string claims_with(const Person& person, const TokenFacts& facts,
                        std::string_view user_metadata) {
  const std::int64_t now = epoch_seconds(facts.now);
  json::Writer w;
  w.object().field("iss", facts.issuer).field("sub", person.id).field("aud", "authenticated");
  w.field("exp", now + facts.lifetime.count()).field("iat", now);
  w.field("email", person.email).field("phone", person.phone);
  w.raw_field("app_metadata", person.app_metadata).raw_field("user_metadata", user_metadata);
  w.field("role", "authenticated").field("aal", "aal1");
  w.key("amr").array().object().field("method", "password").field("timestamp", facts.signed_in_at);
  w.end_object().end_array();
  w.field("session_id", facts.session_id).field("is_anonymous", person.anonymous).end_object();
  return std::move(w).take();
}

}  // namespace

std::optional<Person> read_person(const db::Rows& rows) {
  if (rows.size() != 1) return std::nullopt;
  auto text = [&](std::size_t column) { return std::string(rows.text(0, column)); };
  return Person{text(0), text(1), text(2), text(3), text(4), rows.text(0, 5) == "t", text(6)};
}

std::string access_claims(const Person& person, const TokenFacts& facts) {
  std::string claims = claims_with(person, facts, person.user_metadata);
  if (claims.size() > claims_bytes_max) claims = claims_with(person, facts, "{}");
  return claims;
}

std::string new_refresh_token() { return crypto::random_token(refresh_token_bytes); }

bool is_refresh_token(std::string_view text) {
  const auto decoded = bytes::from_base64url(text);
  return decoded && decoded->size() == refresh_token_bytes && text.back() != '=';
}

std::string refresh_hash(std::string_view token) { return bytes::to_hex(crypto::sha256(token)); }

std::string next_refresh_token(const KeySet& keys, std::string_view token) {
  return bytes::to_base64url(
      crypto::hmac_sha256(keys.refresh, text::cat("next refresh token\n", token)));
}

std::optional<std::string> refresh_descendant(const KeySet& keys, std::string token,
                                              std::string_view hash) {
  for (int step = 0; step < steps_max; ++step) {
    token = next_refresh_token(keys, token);
    if (refresh_hash(token) == hash) return token;
  }
  return std::nullopt;
}

}  // namespace flash::auth
