// Callers of a database that is not ours: tokens that somebody else signed, roles that its owner
// granted. As in PostgREST, the token's role is the database's role.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "auth/identity.h"
#include "auth/token_cache.h"
#include "base/result.h"
#include "base/time.h"
#include "config/settings.h"
#include "crypto/jwt.h"

namespace flash::auth {

// Where a claim stands: names and places in lists. ".role", ".\"https://x/role\"", ".roles[0]", and
// the same behind "$", as JSONPath writes it.
class ClaimPath {
 public:
  // Error: invalid "claim_path" for anything else, JSONPath's filters among it.
  static Result<ClaimPath> parse(std::string_view text);
  // nullptr: there is nothing.
  [[nodiscard]] const json::Value* find(const json::Object& claims) const;

 private:
  std::vector<std::variant<std::string, std::size_t>> steps_;
};

// The keys of `jwt_secret`: a shared secret, a JWK or a JWKS. Error: invalid "secret_too_short",
// "key_malformed"; kinds of keys other than EC P-256, RSA, Ed25519 and oct are refused.
Result<void> trust(crypto::KeyRing& ring, const std::string& jwt_secret, bool is_base64);

class Foreign {
 public:
  // Errors: those of ClaimPath::parse and trust.
  static Result<Foreign> make(const config::Settings& settings, unsigned cores);

  // nullopt: no token was shown. Errors, unauthenticated: "PGRST302" where that is not allowed, and
  // those of crypto::verify_jwt, "jwt_claims" for another audience too; internal "PGRST300" without
  // any key. A token without a role is the anonymous role's. It need not expire. Verified tokens
  // are remembered, core by core.
  [[nodiscard]] Result<Identity> caller(std::optional<std::string_view> token, Instant now,
                                        unsigned core);

 private:
  crypto::KeyRing keys_;
  bool has_keys_ = false;
  ClaimPath role_;
  std::string audience_, anon_role_;
  std::vector<TokenCache> known_;  // one a core, touched by it alone
};

}  // namespace flash::auth
