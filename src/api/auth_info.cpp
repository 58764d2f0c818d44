// /auth/v1/health, /settings, /.well-known/jwks.json, and the ways in that this server does not
// offer.
#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "auth/service.h"
#include "json/write.h"

namespace flash::api {

Answer auth_health(Context& /*context*/, http::Request /*request*/) {
  co_return http::json_response(
      200, R"({"version":"flash","name":"GoTrue",)"
           R"("description":"GoTrue is a user registration and authentication API"})");
}

Answer auth_settings(Context& context, http::Request request) {
  if (const auto caller = identify(context, request); !caller)
    co_return auth_error(caller.error(), request);
  json::Writer w;
  w.object().key("external").object();
  w.field("anonymous_users", false).field("email", true).field("phone", false).end_object();
  w.field("disable_signup", true)
      .field("mailer_autoconfirm", true)
      .field("phone_autoconfirm", false);
  w.field("sms_provider", "")
      .field("saml_enabled", false)
      .field("passkeys_enabled", false)
      .end_object();
  co_return http::json_response(200, std::move(w).take());
}

Answer auth_jwks(Context& context, http::Request /*request*/) {
  auto response = http::json_response(200, context.auth.keys().jwks());
  response.headers.set("Cache-Control", "public, max-age=600");
  co_return response;
}

// People are made by administrators: an open door would give every stranger a token of role
// authenticated.
Answer auth_signup(Context& /*context*/, http::Request request) {
  co_return auth_error(
      make_error(Kind::unprocessable, "signup_disabled", "Signups not allowed for this instance"),
      request);
}

}  // namespace flash::api
