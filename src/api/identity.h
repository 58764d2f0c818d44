// Who calls: a bearer token or an API key becomes a database role and claims.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "api/context.h"
#include "auth/identity.h"
#include "base/result.h"
#include "db/work.h"
#include "http/request.h"

namespace flash::api {

using auth::Identity;

// What a request shows, before anybody looks at it.
struct Credential {
  std::string text;
  bool bearer = false;  // has to be a token; otherwise an API key or a token
};
// As behind Supabase's gateway: `Authorization: Bearer` decides, unless it holds an API key
// (sb_...); otherwise the header apikey does, or, on a realtime socket, the query's apikey.
// nullopt: it shows nothing.
std::optional<Credential> credential_of(const http::Request& request);

// Publishable key: anon. Secret key: service_role. A token: who it was signed for. On a core's own
// thread only. Errors, unauthenticated: "no_api_key", "invalid_api_key", "session_ended" and those
// of crypto::verify_jwt and auth::identity_of; unavailable "session_unconfirmed".
Result<Identity> identify(Context& context, const http::Request& request);
// The same for a token or key that came another way: a socket's access_token.
Result<Identity> identify(Context& context, std::string_view token_or_key);

// Role and settings of the caller's transaction: request.jwt.claims, .method, .path, .headers and
// .cookies. Headers that hold secrets stay out: settings can be read by SQL and end up in logs.
db::Identity transaction_of(const Identity& identity, const http::Request& request);

}  // namespace flash::api
