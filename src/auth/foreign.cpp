#include "auth/foreign.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::auth {
namespace {

constexpr std::size_t steps_max = 16;
constexpr std::size_t tokens_max = 1024;  // a core, of 16 kB at most

std::unexpected<Error> bad_path() {
  return fail(Kind::invalid, "claim_path",
              "--jwt-role-claim must be a path of names and places: .role, .\"a b\".roles[0]");
}

bool is_name(char c) {
  return text::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '$' || c == '@' || c == '-';
}

// Takes a name off the front: bare or in double quotes. Empty: there is none.
std::string take_name(std::string_view& text) {
  if (text.starts_with('"')) {
    const auto end = text.find('"', 1);
    if (end == std::string_view::npos) return {};
    std::string name(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    return name;
  }
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_name) - text.begin());
  std::string name(text.substr(0, end));
  text.remove_prefix(end);
  return name;
}

Result<void> trust_jwk(crypto::KeyRing& ring, const json::Object& jwk) {
  const std::string_view kind = json::text_or(jwk, "kty");
  if (kind == "oct") {
    auto secret = bytes::from_base64url(json::text_or(jwk, "k"));
    if (!secret) return fail(Kind::invalid, "key_malformed", "a key of --jwt-secret is malformed");
    return ring.add_shared_secret(*std::move(secret));
  }
  if (kind == "RSA" || kind == "OKP") {
    TRY(crypto::PublicKey key, crypto::PublicKey::from_jwk(json::serialize(jwk)));
    ring.add_foreign(std::move(key));
    return {};
  }
  if (kind != "EC")
    return fail(
        Kind::invalid, "key_malformed",
        text::cat("--jwt-secret: keys are of kind EC (P-256), RSA, OKP (Ed25519) or oct, not ",
                  text::clip_utf8(kind, 20)));
  json::Writer w;
  w.object().field("kty", kind).field("crv", json::text_or(jwk, "crv"));
  w.field("x", json::text_or(jwk, "x")).field("y", json::text_or(jwk, "y")).end_object();
  TRY(crypto::EcKey key, crypto::EcKey::from_jwk(w.text()));
  ring.add_foreign(std::move(key));
  return {};
}

bool names_audience(const json::Object& claims, std::string_view wanted) {
  const json::Value* audience = json::find(claims, "aud");
  if (wanted.empty() || audience == nullptr) return true;
  const auto is_wanted = [&](const json::Value& each) {
    return each.is_string() && std::string_view(each.get_string()) == wanted;
  };
  if (audience->is_array()) {
    const json::Array& all = audience->get_array();
    return all.empty() || std::ranges::any_of(all, is_wanted);
  }
  return is_wanted(*audience);
}

std::string anonymous_claims(const std::string& role) {
  json::Writer w;
  w.object().field("role", role).end_object();
  return std::move(w).take();
}

}  // namespace

Result<ClaimPath> ClaimPath::parse(std::string_view text) {
  if (text.starts_with('$')) text.remove_prefix(1);
  ClaimPath out;
  while (!text.empty() && out.steps_.size() < steps_max) {
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      std::string name = take_name(text);
      if (name.empty()) return bad_path();
      out.steps_.emplace_back(std::move(name));
      continue;
    }
    const auto end = text.find(']');
    if (!text.starts_with('[') || end == std::string_view::npos) return bad_path();
    std::string_view inside = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    const bool quoted = inside.size() > 2 && inside.front() == inside.back() &&
                        (inside.front() == '\'' || inside.front() == '"');
    if (quoted) {
      out.steps_.emplace_back(std::string(inside.substr(1, inside.size() - 2)));
      continue;
    }
    const auto place = text::parse_int<std::size_t>(inside);
    if (!place) return bad_path();
    out.steps_.emplace_back(*place);
  }
  if (!text.empty() || out.steps_.empty()) return bad_path();
  return out;
}

const json::Value* ClaimPath::find(const json::Object& claims) const {
  const json::Object* object = &claims;
  const json::Value* at = nullptr;
  for (const auto& step : steps_) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      if (at != nullptr) object = at->if_object();
      if (object == nullptr) return nullptr;
      at = json::find(*object, *name);
    } else {
      const json::Array* list = at == nullptr ? nullptr : at->if_array();
      const std::size_t place = std::get<std::size_t>(step);
      at = list != nullptr && place < list->size() ? &(*list)[place] : nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

Result<void> trust(crypto::KeyRing& ring, const std::string& jwt_secret, bool is_base64) {
  if (jwt_secret.empty()) return {};
  if (jwt_secret.starts_with('{')) {
    constexpr json::Limits limits{.bytes_max = 256 * 1024, .depth_max = 8};
    TRY(const json::Object document, json::parse_object(jwt_secret, limits));
    if (json::find(document, "keys") == nullptr) return trust_jwk(ring, document);
    for (const json::Value& each : json::array_or_empty(document, "keys")) {
      if (!each.is_object())
        return fail(Kind::invalid, "key_malformed", "--jwt-secret: a key is no object");
      TRY_DONE(trust_jwk(ring, each.get_object()));
    }
    return {};
  }
  if (!is_base64) return ring.add_shared_secret(jwt_secret);
  std::string url(jwt_secret);  // both alphabets, with or without the padding
  std::ranges::replace(url, '+', '-');
  std::ranges::replace(url, '/', '_');
  while (url.ends_with('=')) url.pop_back();
  auto decoded = bytes::from_base64url(url);
  if (!decoded) return fail(Kind::invalid, "key_malformed", "--jwt-secret is not base64");
  return ring.add_shared_secret(*std::move(decoded));
}

Result<Foreign> Foreign::make(const config::Settings& settings, unsigned cores) {
  Foreign out;
  out.known_.assign(cores, TokenCache(tokens_max));
  TRY_DONE(trust(out.keys_, settings.jwt_secret, settings.jwt_secret_is_base64));
  out.has_keys_ = !settings.jwt_secret.empty();
  TRY(out.role_, ClaimPath::parse(settings.jwt_role_claim));
  out.audience_ = settings.jwt_aud;
  out.anon_role_ = settings.anon_role;
  return out;
}

Result<Identity> Foreign::caller(std::optional<std::string_view> token, Instant now,
                                 unsigned core) {
  const auto closed = [] {
    return fail(Kind::unauthenticated, "PGRST302", "Anonymous access is disabled");
  };
  Identity out;
  if (!token) {
    if (anon_role_.empty()) return closed();
    out.db_role = anon_role_;
    out.claims = anonymous_claims(anon_role_);
    return out;
  }
  if (!has_keys_) return fail(Kind::internal, "PGRST300", "Server lacks JWT secret");
  if (const Known* known = known_[core].find(*token, epoch_seconds(now))) return known->identity;
  constexpr std::chrono::seconds skew{30};
  TRY(crypto::Jwt jwt, crypto::verify_jwt(*token, keys_, now, skew, crypto::Expiry::optional));
  if (!names_audience(jwt.document, audience_))
    return fail(Kind::unauthenticated, "jwt_claims", "JWT not in audience");
  const json::Value* role = role_.find(jwt.document);
  if (role != nullptr && !role->is_string())
    return fail(Kind::unauthenticated, "jwt_claims", "the token's role is not a name");
  out.db_role = role == nullptr ? anon_role_ : std::string(role->get_string());
  if (out.db_role.empty()) return closed();
  // To PostgreSQL that is no role's name, but the end of all impersonation.
  if (out.db_role == "none")
    return fail(Kind::unauthenticated, "jwt_claims", "the token's role is not a name");
  out.sub = json::text_or(jwt.document, "sub");
  out.expires_at = jwt.expires_at;
  out.claims = std::move(jwt.claims);
  // What never expires is looked at again after a day.
  constexpr std::int64_t day = 86'400;
  const std::int64_t dies_at =
      out.expires_at == 0 ? epoch_seconds(now) + day : out.expires_at + skew.count();
  known_[core].add(*token, {.identity = out, .dies_at = dies_at, .liveness = nullptr});
  return out;
}

}  // namespace flash::auth
