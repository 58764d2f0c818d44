#include "api/errors.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "json/write.h"
#include "rest/errors.h"

namespace flash::api {
namespace {

constexpr std::string_view versioned_since = "2024-01-01";

// The refusals of identify() by the names that PostgREST gives them.
std::string_view rest_code(std::string_view code) {
  if (code == "jwt_expired" || code == "jwt_not_yet" || code == "jwt_claims" ||
      code == "session_ended")
    return "PGRST303";
  if (code.starts_with("jwt_")) return "PGRST301";
  return code;
}

// RFC 6750 section 3. Quoted-string: the few characters that would end it go.
std::string challenge(const Error& error) {
  std::string reason;
  for (char c : error.message)
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\') reason += c;
  return text::cat("Bearer error=\"invalid_token\", error_description=\"", reason, "\"");
}

void add_retry_after(http::Response& response, const Error& error) {
  if (error.kind == Kind::rate_limited)
    response.headers.set("Retry-After",
                         text::parse_int<unsigned>(error.details) ? error.details : "1");
  if (response.status == 503) response.headers.set("Retry-After", "1");
}

// The codes of identify() and of the database by the names that auth-js knows.
Error auth_terms(Error error) {
  if (error.code == "session_ended") {
    error.kind = Kind::forbidden;
    error.code = "session_not_found";
    error.message = "Session from session_id claim in JWT does not exist";
  } else if (error.code.starts_with("jwt_")) {
    error.kind = Kind::forbidden;
    error.code = "bad_jwt";
    error.message = "invalid JWT: unable to parse or verify signature, " + error.message;
  } else if (error.code.starts_with("json_")) {
    error.code = "bad_json";
  } else if (error.kind == Kind::timeout) {
    error.code = "request_timeout";
    error.message = "Processing this request timed out, please retry after a moment.";
  } else if (error.kind == Kind::unavailable) {
    error.code = "unexpected_failure";
    error.message = "The database is not available at the moment; please retry.";
  } else if (error.kind == Kind::internal) {
    error.code = "unexpected_failure";
    error.message = "Unexpected failure, please check server logs";
  }
  return error;
}

}  // namespace

http::Response rest_error(Error error, bool anonymous) {
  const std::string said = challenge(error);
  error.code = std::string(rest_code(error.code));
  const bool is_token = error.code.starts_with("PGRST30");
  const bool is_missing =
      error.code == "PGRST302";  // RFC 6750 section 3.1: nothing was wrong with it
  auto response = rest::errors::to_response(std::move(error), anonymous);
  if (is_token) response.headers.set("WWW-Authenticate", is_missing ? std::string("Bearer") : said);
  return response;
}

http::Response auth_error(const Error& told, const http::Request& request) {
  const Error error = auth_terms(told);
  const unsigned status = http_status(error.kind);
  const std::string_view version = request.headers.value_or("X-Supabase-Api-Version", {});
  const bool versioned = version.size() == versioned_since.size() && version >= versioned_since;
  json::Writer w;
  w.object();
  if (versioned) {
    w.field("code", error.code).field("message", error.message);
  } else {
    w.field("code", status).field("error_code", error.code).field("msg", error.message);
  }
  if (error.code == "weak_password")
    w.key("weak_password")
        .object()
        .key("reasons")
        .array()
        .value(error.hint)
        .end_array()
        .end_object();
  w.end_object();
  auto response = http::json_response(status, std::move(w).take());
  response.headers.set("X-Sb-Error-Code", error.code);
  response.headers.set("Cache-Control", "no-store");
  if (versioned) response.headers.set("X-Supabase-Api-Version", versioned_since);
  add_retry_after(response, error);
  return response;
}

http::Response lead_error(const Error& error) {
  const unsigned status = http_status(error.kind);
  const bool raised = error.code.size() == 5 && error.code.starts_with("PT");
  // SQLSTATEs have five characters; no code of ours does.
  const bool from_database = error.code.size() == 5 && !raised;
  std::string code = error.code;
  std::string message = error.message;
  if (raised) {
    // Our functions raise PT409 with the code as the message and the sentence as the detail.
    code = error.message;
    if (!error.details.empty()) message = error.details;
  } else if (status == 503 || status == 504) {
    code = "unavailable";
    message = "the server cannot answer at the moment; try again";
  } else if (status >= 500) {
    code = "internal";
    message = "something went wrong on our side";
  } else if (from_database) {
    // A constraint's message names tables and values: neither is the caller's business.
    code = status == 403 ? "forbidden" : status == 409 ? "conflict" : "invalid";
    message = status == 403 ? "you may not do this" : "the database refused a value";
  }
  json::Writer w;
  w.object().field("code", code).field("message", message).end_object();
  auto response = http::json_response(status, std::move(w).take());
  if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");
  add_retry_after(response, error);
  return response;
}

}  // namespace flash::api
