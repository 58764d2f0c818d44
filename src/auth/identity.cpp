#include "auth/identity.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ids.h"
#include "base/text.h"
#include "json/read.h"

namespace flash::auth {
namespace {

bool is_app_role(std::string_view role) {
  constexpr std::array<std::string_view, 4> known{"rep", "manager", "admin", "viewer"};
  return std::ranges::find(known, role) != known.end();
}

std::unexpected<Error> refuse(std::string message) {
  return fail(Kind::unauthenticated, "jwt_claims", std::move(message));
}

}  // namespace

Identity anonymous() { return {.db_role = "anon", .claims = R"({"role":"anon"})"}; }

Identity service() { return {.db_role = "service_role", .claims = R"({"role":"service_role"})"}; }

Result<Identity> identity_of(crypto::Jwt jwt) {
  const json::Object& claims = jwt.document;
  const json::Value* role = claims.if_contains("role");
  if (role != nullptr && !role->is_string()) return refuse("the token's role is not a name");
  Identity out;
  out.db_role = json::text_or(claims, "role", "anon");
  out.sub = json::text_or(claims, "sub");
  out.session_id = json::text_or(claims, "session_id");
  out.expires_at = jwt.expires_at;
  if (!out.session_id.empty() && !ids::is_uuid(out.session_id))
    return refuse("the token's session is not a UUID");
  if (out.db_role == "authenticated") {
    if (!ids::is_uuid(out.sub)) return refuse("the token names no person");
    const std::string_view app_role =
        json::text_or(json::object_or_empty(claims, "app_metadata"), "role");
    if (is_app_role(app_role)) {
      out.app_role = app_role;
      out.db_role = text::cat("flash_", app_role);
    }
  } else if (out.db_role != "anon" && out.db_role != "service_role") {
    return refuse("the token's role is not one of this server's");
  }
  out.claims = std::move(jwt.claims);
  return out;
}

}  // namespace flash::auth
