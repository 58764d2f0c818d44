#include "http/cors.h"

#include <algorithm>

namespace flash::http {
namespace {

bool any(const CorsRules& rules) { return rules.origins.size() == 1 && rules.origins[0] == "*"; }

bool allowed(const CorsRules& rules, std::string_view origin) {
  return any(rules) || std::ranges::find(rules.origins, origin) != rules.origins.end();
}

}  // namespace

bool is_preflight(const Request& request) {
  return request.method == Method::options && request.headers.find("Origin") &&
         request.headers.find("Access-Control-Request-Method");
}

void allow_origin(const CorsRules& rules, std::string_view origin, Headers& headers) {
  if (origin.empty() || !is_safe_value(origin) || !allowed(rules, origin)) return;
  headers.add("Access-Control-Allow-Origin", any(rules) ? std::string_view("*") : origin);
  if (!any(rules)) headers.add("Vary", "Origin");
  headers.add("Access-Control-Expose-Headers",
              "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, "
              "Preference-Applied, Proxy-Status, Retry-After, X-Request-Id, x-sb-error-code, "
              "X-Total-Count");
}

Response preflight(const CorsRules& rules, const Request& request) {
  Response response{204, {}, {}};
  const std::string_view origin = request.headers.value_or("Origin", {});
  if (!allowed(rules, origin)) return response;
  allow_origin(rules, origin, response.headers);
  response.headers.add("Access-Control-Allow-Methods",
                       "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD");
  const std::string_view wanted = request.headers.value_or("Access-Control-Request-Headers", {});
  constexpr std::size_t wanted_bytes_max = 4096;
  if (!wanted.empty() && wanted.size() <= wanted_bytes_max)
    response.headers.add("Access-Control-Allow-Headers", wanted);
  response.headers.add("Access-Control-Max-Age", "86400");
  return response;
}

}  // namespace flash::http
