// Who a request acts for: the database role, chosen here from verified claims, and the claims
// themselves.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.h"
#include "crypto/jwt.h"

namespace flash::auth {

struct Identity {
  std::string db_role;          // anon, authenticated, service_role or flash_<app_role>
  std::string claims;           // JSON, for request.jwt.claims
  std::string sub;              // the person's id; empty for keys
  std::string app_role;         // rep, manager, admin, viewer; empty: none
  std::string session_id;       // empty: the token belongs to no session of ours
  std::int64_t expires_at = 0;  // epoch seconds; 0: never (a key)
};

// The caller behind the publishable and the secret key.
Identity anonymous();
Identity service();

// Only app_metadata, which a person cannot write, decides on the app role; user_metadata is never
// looked at. Errors, unauthenticated "jwt_claims": a role outside anon, authenticated,
// service_role; a person without a UUID. No role means anon, as in PostgREST.
Result<Identity> identity_of(crypto::Jwt jwt);

}  // namespace flash::auth
