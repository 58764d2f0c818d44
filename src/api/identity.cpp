#include "api/identity.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "auth/foreign.h"
#include "auth/service.h"
#include "base/text.h"
#include "base/time.h"
#include "http/url.h"
#include "json/write.h"

namespace flash::api {
namespace {

constexpr std::size_t key_bytes_max = crypto::jwt_bytes_max;

// What stands after "Bearer"; another scheme is none of ours: a proxy's, for one.
std::optional<std::string_view> bearer(const http::Request& request) {
  const auto header = request.headers.find("Authorization");
  constexpr std::string_view scheme = "bearer";
  if (!header || header->size() < scheme.size()) return std::nullopt;
  if (!text::equal_ignoring_case(header->substr(0, scheme.size()), scheme)) return std::nullopt;
  const std::string_view rest = header->substr(scheme.size());
  if (!rest.empty() && !text::is_space(rest.front())) return std::nullopt;
  return text::trim(rest);
}

std::optional<std::string> api_key(const http::Request& request) {
  if (const auto header = request.headers.find("apikey")) return std::string(text::trim(*header));
  // A browser cannot set headers on a WebSocket. Elsewhere a key in an address would end up in
  // logs.
  if (!request.path().starts_with("/realtime/")) return std::nullopt;
  const auto query = http::parse_query(request.query());
  if (!query) return std::nullopt;
  const auto found = http::find(*query, "apikey");
  return found ? std::optional<std::string>(*found) : std::nullopt;
}

std::unexpected<Error> refuse(std::string code, std::string message, std::string hint) {
  return fail(
      Error{Kind::unauthenticated, std::move(code), std::move(message), {}, std::move(hint)});
}

std::string headers_json(const http::Headers& headers) {
  constexpr std::array<std::string_view, 5> secret{"authorization", "apikey", "cookie", "x-api-key",
                                                   "proxy-authorization"};
  std::vector<std::pair<std::string, std::string_view>> kept;
  for (std::size_t at = 0; at < headers.size(); ++at) {
    const auto [name, value] = headers.at(at);
    std::string lower = text::lower(name);
    if (std::ranges::find(secret, lower) != secret.end()) continue;
    // PostgreSQL takes UTF-8 only; what else a client sends is not worth a failed request.
    if (!text::is_clean_utf8(value) || !text::is_clean_utf8(lower)) continue;
    kept.emplace_back(std::move(lower), value);
  }
  json::Writer w;
  w.object();
  for (std::size_t at = 0; at < kept.size(); ++at) {
    const auto same = [&](const auto& other) { return other.first == kept[at].first; };
    if (std::any_of(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(at), same)) continue;
    w.field(kept[at].first, kept[at].second);
  }
  w.end_object();
  return std::move(w).take();
}

// {"name":"value"} of the Cookie header (RFC 6265 section 4.2.1); empty: none.
std::string cookies_json(const http::Headers& headers) {
  const auto cookie = headers.find("Cookie");
  if (!cookie || !text::is_clean_utf8(*cookie)) return {};
  json::Writer w;
  w.object();
  for (const std::string_view pair : text::split(*cookie, ';')) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    w.field(text::trim(pair.substr(0, equals)), text::trim(pair.substr(equals + 1)));
  }
  w.end_object();
  return std::move(w).take();
}

// As behind Supabase's gateway, which takes the prefix off.
std::string_view setting_path(const http::Request& request) {
  constexpr std::string_view prefix = "/rest/v1";
  std::string_view path = request.path();
  if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  return text::is_clean_utf8(path) ? path : std::string_view{};
}

// Clients of a Supabase project show its key as apikey and, as long as nobody signs in, as the
// token, too; PostgREST's own show a token or nothing.
Result<Identity> foreign_caller(auth::Foreign& foreign, const http::Request& request,
                                unsigned core) {
  auto token = bearer(request);
  const auto key = request.headers.find("apikey");
  if (!token && key && crypto::is_jwt_shaped(text::trim(*key))) token = text::trim(*key);
  return foreign.caller(token, SystemClock().now(), core);
}

}  // namespace

std::optional<Credential> credential_of(const http::Request& request) {
  const auto token = bearer(request);
  if (token && !token->starts_with("sb_")) return Credential{std::string(*token), true};
  if (auto key = api_key(request)) return Credential{*std::move(key), false};
  if (token) return Credential{std::string(*token), false};
  return std::nullopt;
}

Result<Identity> identify(Context& context, std::string_view token_or_key) {
  if (token_or_key.size() > key_bytes_max) return refuse("invalid_api_key", "Invalid API key", {});
  if (auto known = context.auth.keys().caller_of(token_or_key)) return *std::move(known);
  if (token_or_key.starts_with("sb_") || !crypto::is_jwt_shaped(token_or_key))
    return refuse("invalid_api_key", "Invalid API key",
                  "Check the publishable or secret key of this server.");
  return context.auth.caller(context.core, context.pool, token_or_key);
}

Result<Identity> identify(Context& context, const http::Request& request) {
  if (context.foreign != nullptr)
    return foreign_caller(*context.foreign, request, context.core.index());
  const auto credential = credential_of(request);
  if (!credential)
    return refuse("no_api_key", "No API key found in request",
                  "No `apikey` request header was found.");
  if (credential->bearer) return context.auth.caller(context.core, context.pool, credential->text);
  return identify(context, credential->text);
}

db::Identity transaction_of(const Identity& identity, const http::Request& request) {
  db::Identity out;
  out.role = identity.db_role;
  out.settings.reserve(8);
  out.settings.emplace_back("request.jwt.claims", identity.claims);
  if (!identity.sub.empty()) out.settings.emplace_back("request.jwt.claim.sub", identity.sub);
  out.settings.emplace_back("request.method", http::to_text(request.method));
  out.settings.emplace_back("request.path", setting_path(request));
  out.settings.emplace_back("request.headers", headers_json(request.headers));
  if (std::string cookies = cookies_json(request.headers); !cookies.empty())
    out.settings.emplace_back("request.cookies", std::move(cookies));
  return out;
}

}  // namespace flash::api
