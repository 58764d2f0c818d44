// One question over HTTP to a service that the operator named, through libcurl.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace flash::enrich {

struct Ask {
  std::string url;                   // of the settings, never out of a lead
  std::vector<std::string> headers;  // "Name: value"
  std::string body;                  // JSON, sent by POST; empty: GET
  std::chrono::milliseconds connect_ms_max{3'000};
  std::chrono::milliseconds total_ms_max{8'000};
  std::size_t bytes_max = 256 * 1024;  // of the reply
};

// The body of a reply with status 200. Blocks: call it through loop::offload. http and https alone,
// no redirection is followed, so that a service cannot send the question elsewhere. Errors: timeout
// "timed_out"; unavailable "unreachable"; forbidden "key_refused" (401, 403); rate_limited
// "too_many_questions" (429); too_large "reply_too_large"; unavailable "service_failed" for any
// other status. Neither URL nor headers are in an error: a key may be in both.
Result<std::string> fetch(const Ask& ask);

// Percent-coded for a query string (RFC 3986).
std::string query_coded(std::string_view text);

// http:// or https:// with a host and without name and password; what else is written is
// invalid "source_url".
Result<void> check_url(const std::string& url);

}  // namespace flash::enrich
