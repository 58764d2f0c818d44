// POST /auth/v1/token: a password or a refresh token for a session.
#include <string>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "auth/errors.h"
#include "auth/service.h"
#include "http/url.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::api {
namespace {

constexpr json::Limits body_limits{.bytes_max = 16 * 1024, .depth_max = 8};

http::Response granted(const auth::Grant& grant) {
  json::Writer w;
  w.object().field("access_token", grant.access_token).field("token_type", "bearer");
  w.field("expires_in", grant.expires_in).field("expires_at", grant.expires_at);
  w.field("refresh_token", grant.refresh_token).raw_field("user", grant.user).end_object();
  auto response = http::json_response(200, std::move(w).take());
  response.headers.set("Cache-Control", "no-store");  // RFC 6749 section 5.1
  response.headers.set("Pragma", "no-cache");
  return response;
}

loop::Task<Result<auth::Grant>> by_password(Context& context, json::Object body,
                                            auth::Origin origin) {
  CO_TRY(auto email, json::read_optional_string(body, "email"));
  CO_TRY(auto password, json::read_optional_string(body, "password"));
  if (json::find(body, "phone") != nullptr)
    co_return fail(Kind::unprocessable, "phone_provider_disabled", "Phone logins are disabled");
  if (!email || !password)
    co_return fail(auth::errors::validation_failed("missing email or password"));
  co_return co_await context.auth.sign_in(context.pool, *std::move(email), *std::move(password),
                                          std::move(origin));
}

loop::Task<Result<auth::Grant>> by_refresh_token(Context& context, json::Object body,
                                                 auth::Origin origin) {
  CO_TRY(auto token, json::read_optional_string(body, "refresh_token"));
  if (!token || token->empty())
    co_return fail(auth::errors::validation_failed("refresh_token is required"));
  co_return co_await context.auth.refresh(context.pool, *std::move(token), std::move(origin));
}

loop::Task<Result<auth::Grant>> grant_for(Context& context, const http::Request& request) {
  // Any key of this installation will do; which one does not matter, since the body says who comes.
  if (const auto key = request.headers.find("apikey")) {
    CO_TRY_DONE(identify(context, *key));
  } else {
    CO_TRY_DONE(identify(context, request));
  }
  CO_TRY(json::Object body, json::parse_object(request.body, body_limits));
  const auto query = http::parse_query(request.query());
  const auto kind = query ? http::find(*query, "grant_type") : std::nullopt;
  auth::Origin origin{request.peer, std::string(request.headers.value_or("User-Agent", {}))};
  if (kind == "password")
    co_return co_await by_password(context, std::move(body), std::move(origin));
  if (kind == "refresh_token")
    co_return co_await by_refresh_token(context, std::move(body), std::move(origin));
  co_return fail(Kind::invalid, "unsupported_grant_type", "unsupported_grant_type");
}

}  // namespace

Answer auth_token(Context& context, http::Request request) {
  const auto grant = co_await grant_for(context, request);
  if (!grant) co_return auth_error(grant.error(), request);
  co_return granted(*grant);
}

}  // namespace flash::api
