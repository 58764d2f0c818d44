// Which origins may read answers, as header fields (Fetch standard, section 3.2).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/response.h"

namespace flash::http {

struct CorsRules {
  std::vector<std::string> origins{"*"};  // exact origins, or one "*"
};

// True for OPTIONS with Origin and Access-Control-Request-Method.
bool is_preflight(const Request& request);
// 204 with what the origin may do; without the permission fields for an origin that is not allowed.
Response preflight(const CorsRules& rules, const Request& request);
// Adds the fields that let `origin` read the response; nothing when it is empty or not allowed.
void allow_origin(const CorsRules& rules, std::string_view origin, Headers& headers);

}  // namespace flash::http
