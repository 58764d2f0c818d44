#include "api/routes.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <string>
#include <vector>

#include "api/health.h"
#include "base/log.h"
#include "base/text.h"

namespace flash::api {
namespace {

constexpr std::size_t small = 64 * 1024;                          // bodies of sign-in and settings
constexpr std::size_t rules_bytes_max = std::size_t{512} * 1024;  // 50 rules with conditions

constexpr std::array table{
    Route{.methods = "GET HEAD", .path = "/livez", .now = livez},
    Route{.methods = "GET HEAD", .path = "/readyz", .later = readyz},
    Route{.methods = "GET HEAD", .path = "/metrics", .now = metrics},
    Route{.methods = "*", .path = "/rest/v1/*", .later = rest},
    Route{.methods = "GET HEAD", .path = "/auth/v1/health", .later = auth_health},
    Route{.methods = "GET HEAD", .path = "/auth/v1/settings", .later = auth_settings},
    Route{.methods = "GET HEAD", .path = "/auth/v1/.well-known/jwks.json", .later = auth_jwks},
    Route{
        .methods = "POST", .path = "/auth/v1/token", .later = auth_token, .body_bytes_max = small},
    Route{
        .methods = "GET PUT", .path = "/auth/v1/user", .later = auth_user, .body_bytes_max = small},
    Route{.methods = "POST",
          .path = "/auth/v1/logout",
          .later = auth_logout,
          .body_bytes_max = small},
    Route{.methods = "POST",
          .path = "/auth/v1/signup",
          .later = auth_signup,
          .body_bytes_max = small},
    Route{.methods = "GET", .path = "/realtime/v1/websocket", .socket = realtime_socket},
    Route{.methods = "GET POST",
          .path = "/api/submissions",
          .later = submissions,
          .body_bytes_max = small},
    Route{.methods = "GET HEAD", .path = "/api/submissions/stats", .later = submission_stats},
    Route{.methods = "GET PATCH DELETE",
          .path = "/api/submissions/{}",
          .later = submission,
          .body_bytes_max = small},
    Route{.methods = "GET HEAD", .path = "/api/insights", .later = insights},
    Route{.methods = "GET HEAD", .path = "/api/rep-tracking", .later = rep_tracking},
    Route{.methods = "GET HEAD", .path = "/api/rep-tracking/stats", .later = rep_tracking_stats},
    Route{.methods = "GET HEAD", .path = "/api/config", .later = form_config},
    Route{.methods = "POST",
          .path = "/api/leads/export",
          .later = export_leads,
          .body_bytes_max = 16 * small},
    Route{.methods = "GET HEAD", .path = "/api/leads/{}/score", .later = lead_score},
    Route{.methods = "GET HEAD",
          .path = "/api/leads/{}/recommendations",
          .later = lead_recommendations},
    Route{.methods = "POST",
          .path = "/api/leads/{}/what-if",
          .later = lead_what_if,
          .body_bytes_max = small},
    Route{.methods = "GET HEAD", .path = "/api/leads/{}/routing", .later = lead_routing},
    Route{.methods = "PUT",
          .path = "/api/routing/rules",
          .later = routing_rules,
          .body_bytes_max = rules_bytes_max},
    Route{.methods = "POST",
          .path = "/api/routing/dry-run",
          .later = routing_dry_run,
          .body_bytes_max = rules_bytes_max},
    Route{.methods = "GET HEAD", .path = "/api/models", .later = models},
    Route{.methods = "POST",
          .path = "/api/models/train",
          .later = train_models,
          .body_bytes_max = small},
    Route{.methods = "POST",
          .path = "/api/models/{}/promote",
          .later = promote_model,
          .body_bytes_max = small},
    Route{.methods = "POST",
          .path = "/api/models/runs/{}/cancel",
          .later = cancel_training,
          .body_bytes_max = small},
    Route{.methods = "GET HEAD", .path = "/*", .now = page},
};

bool allows(std::string_view methods, http::Method method) {
  if (methods == "*") return true;
  const std::string_view name = http::to_text(method);
  const auto pieces = text::split(methods, ' ');
  return std::ranges::find(pieces, name) != pieces.end();
}

http::Response problem(unsigned status, std::string_view code, std::string_view message) {
  return http::json_response(status,
                             text::cat("{\"code\":\"", code, "\",\"message\":\"", message, "\"}"));
}

// Paths below these belong to programs: an unknown one is not a page of the web app.
bool is_program_path(std::string_view path) {
  constexpr std::array<std::string_view, 6> prefixes{"/rest/",    "/auth/",    "/realtime/",
                                                     "/storage/", "/graphql/", "/api/"};
  return std::ranges::any_of(prefixes,
                             [&](std::string_view prefix) { return path.starts_with(prefix); });
}

void add_security_headers(http::Headers& headers, bool secure) {
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("Referrer-Policy", "same-origin");
  if (secure) headers.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

// With a database that is not ours, REST is at the root, as PostgREST's is, and at Supabase's
// address; nothing else is served but the probes.
void put_under_rest(http::Request& request) {
  constexpr std::string_view rest = "/rest/v1";
  const std::string_view path = request.path();
  for (const std::string_view probe : {"/livez", "/readyz", "/metrics"})
    if (path == probe) return;
  if (path == rest || path.starts_with("/rest/v1/")) return;
  request.target.insert(0, rest);
}

}  // namespace

std::span<const Route> routes() { return table; }

bool matches(std::string_view pattern, std::string_view path) {
  for (;;) {
    if (pattern == "/*") return true;
    if (pattern.empty() || path.empty()) return pattern.empty() && (path.empty() || path == "/");
    if (pattern.starts_with("/{}")) {
      if (path.size() < 2 || path[0] != '/' || path[1] == '/') return false;
      pattern.remove_prefix(3);
      path.remove_prefix(std::min(path.find('/', 1), path.size()));
      continue;
    }
    if (pattern.front() != path.front()) return false;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
  }
}

// What the end of a request needs to know of its beginning.
struct Router::Trace {
  http::Method method;
  std::string_view path, origin, id;
  bool secure;
  std::chrono::steady_clock::time_point began;

  static Trace of(const http::Request& request) {
    return {request.method, request.path(), request.headers.value_or("Origin", {}),
            request.id,     request.secure, std::chrono::steady_clock::now()};
  }
};

Router::Router(Context& context) : context_(context), cors_{context.settings.cors_origins} {}

void Router::handle(net::Exchange& exchange) {
  http::Request& request = exchange.request;
  if (context_.foreign != nullptr) put_under_rest(request);
  const std::string_view path = request.path();
  const Trace trace = Trace::of(request);
  if (http::is_preflight(request)) return finish(exchange, http::preflight(cors_, request), trace);
  const Route* found = nullptr;
  std::string allowed;
  for (const Route& route : table) {
    if (!matches(route.path, path) || (route.path == "/*" && is_program_path(path))) continue;
    if (allows(route.methods, request.method)) {
      found = &route;
      break;
    }
    if (allowed.empty() && route.path != "/*") allowed = std::string(route.methods);
  }
  if (found == nullptr) {
    auto response = allowed.empty()
                        ? problem(404, "not_found", "there is nothing at this address")
                        : problem(405, "method_not_allowed", "this address has no such method");
    std::ranges::replace(allowed, ' ', ',');
    if (!allowed.empty()) response.headers.add("Allow", allowed);
    return finish(exchange, std::move(response), trace);
  }
  if (found->body_bytes_max != 0 && request.body.size() > found->body_bytes_max)
    return finish(exchange, problem(413, "body_too_large", "the request's body is too large"),
                  trace);
  if (found->now != nullptr) return finish(exchange, found->now(context_, request), trace);
  if (found->socket != nullptr) return found->socket(context_, exchange);
  context_.core.spawn(run(*this, *found, exchange));
}

loop::Task<void> Router::run(Router& self, const Route& route, net::Exchange& exchange) {
  // The door takes the request, so what the trace points at is kept here.
  Trace trace = Trace::of(exchange.request);
  const std::string path(trace.path), origin(trace.origin), id(trace.id);
  trace.path = path;
  trace.origin = origin;
  trace.id = id;
  http::Response response;
  try {
    response = co_await route.later(self.context_, std::move(exchange.request));
  } catch (const std::exception& thrown) {
    log::error("exception",
               {{"where", trace.path}, {"what", thrown.what()}, {"request_id", trace.id}});
    response = problem(500, "internal", "something went wrong on our side");
  }
  exchange.request.id = id;
  self.finish(exchange, std::move(response), trace);
}

void Router::finish(net::Exchange& exchange, http::Response response, const Trace& trace) {
  using std::chrono::duration;
  const double took_ms =
      duration<double, std::milli>(std::chrono::steady_clock::now() - trace.began).count();
  add_security_headers(response.headers, trace.secure);
  http::allow_origin(cors_, trace.origin, response.headers);
  context_.traffic.count(response.status, took_ms);
  // Every request is a line at level debug; what failed or was slow is one in any case.
  constexpr double slow_ms = 1000;
  const auto level = response.status >= 500                        ? log::Level::error
                     : response.status >= 400 || took_ms > slow_ms ? log::Level::info
                                                                   : log::Level::debug;
  if (log::enabled(level))
    log::event(level, "request",
               {{"method", http::to_text(trace.method)},
                {"path", trace.path},
                {"status", response.status},
                {"duration_ms", took_ms},
                {"request_id", trace.id}});
  exchange.reply(std::move(response));
}

}  // namespace flash::api
