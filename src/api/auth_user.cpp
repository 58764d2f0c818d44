// /auth/v1/user and /auth/v1/logout: what a signed-in person does with his own account.
#include <optional>
#include <string>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "auth/errors.h"
#include "auth/service.h"
#include "http/url.h"
#include "json/read.h"

namespace flash::api {
namespace {

constexpr json::Limits body_limits{.bytes_max = 16 * 1024, .depth_max = 8};

http::Response document(std::string json) {
  auto response = http::json_response(200, std::move(json));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

// A key alone is nobody: these addresses are for people.
Result<Identity> person(Context& context, const http::Request& request) {
  TRY(Identity caller, identify(context, request));
  if (caller.sub.empty()) return fail(auth::errors::no_authorization());
  return caller;
}

Result<auth::Change> read_change(std::string_view body) {
  TRY(const json::Object object, json::parse_object(body, body_limits));
  auth::Change out;
  TRY(out.password, json::read_optional_string(object, "password"));
  TRY(out.current_password, json::read_optional_string(object, "current_password"));
  TRY(out.email, json::read_optional_string(object, "email"));
  TRY(out.phone, json::read_optional_string(object, "phone"));
  if (const json::Value* data = json::find(object, "data")) {
    if (!data->is_object())
      return fail(auth::errors::validation_failed("\"data\" must be an object"));
    out.data = json::serialize(*data);
  }
  return out;
}

std::optional<auth::Scope> read_scope(const http::Request& request) {
  const auto query = http::parse_query(request.query());
  if (!query) return std::nullopt;
  const auto scope = http::find(*query, "scope").value_or("global");
  if (scope == "global") return auth::Scope::global;
  if (scope == "local") return auth::Scope::local;
  if (scope == "others") return auth::Scope::others;
  return std::nullopt;
}

}  // namespace

Answer auth_user(Context& context, http::Request request) {
  auto caller = person(context, request);
  if (!caller) co_return auth_error(caller.error(), request);
  if (request.method != http::Method::put) {
    auto found = co_await context.auth.user(context.pool, *std::move(caller));
    co_return found ? document(*std::move(found)) : auth_error(found.error(), request);
  }
  auto change = read_change(request.body);
  if (!change) co_return auth_error(change.error(), request);
  auth::Origin origin{request.peer, std::string(request.headers.value_or("User-Agent", {}))};
  auto changed = co_await context.auth.change_user(context.pool, *std::move(caller),
                                                   *std::move(change), std::move(origin));
  co_return changed ? document(*std::move(changed)) : auth_error(changed.error(), request);
}

Answer auth_logout(Context& context, http::Request request) {
  auto caller = person(context, request);
  if (!caller) co_return auth_error(caller.error(), request);
  const auto scope = read_scope(request);
  if (!scope)
    co_return auth_error(auth::errors::validation_failed("scope must be global, local or others"),
                         request);
  const auto done = co_await context.auth.sign_out(context.pool, *std::move(caller), *scope);
  if (!done) co_return auth_error(done.error(), request);
  co_return http::Response{.status = 204};
}

}  // namespace flash::api
