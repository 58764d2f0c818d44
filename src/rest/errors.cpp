#include "rest/errors.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::rest::errors {
namespace {

using text::cat;

struct Row {
  std::string_view code;
  unsigned status;
};

// Codes that this server can give. A retired code is never reused.
constexpr std::array<Row, 37> table{{
    {"PGRST001", 503}, {"PGRST002", 503}, {"PGRST003", 504}, {"PGRST100", 400}, {"PGRST101", 405},
    {"PGRST102", 400}, {"PGRST103", 416}, {"PGRST105", 405}, {"PGRST106", 406}, {"PGRST107", 406},
    {"PGRST108", 400}, {"PGRST111", 500}, {"PGRST112", 500}, {"PGRST114", 400}, {"PGRST115", 400},
    {"PGRST116", 406}, {"PGRST117", 405}, {"PGRST118", 400}, {"PGRST120", 400}, {"PGRST121", 500},
    {"PGRST122", 400}, {"PGRST123", 400}, {"PGRST124", 400}, {"PGRST125", 404}, {"PGRST126", 404},
    {"PGRST127", 400}, {"PGRST128", 400}, {"PGRST200", 400}, {"PGRST201", 300}, {"PGRST202", 404},
    {"PGRST203", 300}, {"PGRST204", 400}, {"PGRST205", 404}, {"PGRST301", 401}, {"PGRST302", 401},
    {"PGRST303", 401}, {"FLASH001", 400},
}};

// plan's codes, which know no door, as PostgREST's.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> plan_codes{{
    {"no_table", "PGRST205"},
    {"no_write_column", "PGRST204"},
    {"no_relation", "PGRST200"},
    {"ambiguous_relation", "PGRST201"},
    {"no_function", "PGRST202"},
    {"ambiguous_function", "PGRST203"},
    {"not_embedded", "PGRST108"},
    {"order_not_to_one", "PGRST118"},
    {"bad_embed_operator", "PGRST120"},
    {"plan_too_large", "PGRST100"},
    {"aggregates_refused", "PGRST123"},
    {"aggregate_in_spread", "PGRST127"},
}};

Error with_details(Kind kind, std::string_view code, std::string message, std::string details) {
  Error error = make_error(kind, std::string(code), std::move(message));
  error.details = std::move(details);
  return error;
}

// SQLSTATE to status, the longest prefix first (PostgREST, "HTTP Status Codes").
constexpr std::array<Row, 30> sqlstates{{
    {"23503", 409}, {"23505", 409}, {"25006", 405}, {"53400", 500}, {"57P01", 503}, {"P0001", 400},
    {"42P01", 404}, {"42P17", 500}, {"57014", 500}, {"08", 503},    {"09", 500},    {"0L", 403},
    {"0P", 403},    {"25", 500},    {"28", 403},    {"2D", 500},    {"38", 500},    {"39", 500},
    {"3B", 500},    {"40", 500},    {"53", 503},    {"54", 500},    {"55", 500},    {"57", 500},
    {"58", 500},    {"F0", 500},    {"HV", 500},    {"P0", 500},    {"XX", 500},    {"21", 500},
}};

unsigned sqlstate_status(const Error& error, bool anonymous) {
  const std::string_view code = error.code;
  const std::string_view message = error.message;
  if (code == "42501") return anonymous ? 401 : 403;
  // A missing function is what the caller named; a missing operator comes from what he asks of a
  // type.
  if (code == "42883") return message.starts_with("function ") ? 404 : 400;
  if (code == "21000" && message.ends_with("requires a WHERE clause")) return 400;
  if (code == "22023" && message.starts_with("role") && message.ends_with("does not exist"))
    return 401;
  for (const Row& row : sqlstates)
    if (code.starts_with(row.code)) return row.status;
  return 400;
}

std::optional<unsigned> wire_status(std::string_view code) {
  for (const Row& row : table)
    if (row.code == code) return row.status;
  return std::nullopt;
}

bool is_sqlstate(std::string_view code) {
  return code.size() == 5 && std::ranges::all_of(code, [](char c) {
           return text::is_digit(c) || (c >= 'A' && c <= 'Z');
         });
}

unsigned status_of(const Error& error, bool anonymous) {
  if (const auto status = wire_status(error.code)) return *status;
  if (error.code.starts_with("PT") && error.code.size() == 5) {
    const auto asked = text::parse_int<unsigned>(std::string_view(error.code).substr(2));
    return asked && *asked >= 100 && *asked <= 599 ? *asked : 500;
  }
  return is_sqlstate(error.code) ? sqlstate_status(error, anonymous) : http_status(error.kind);
}

http::Response answer(unsigned status, const Error& error, Verbosity verbosity) {
  json::Writer body;
  const auto add = [&body](std::string_view key, std::string_view value) {
    if (value.empty()) {
      body.key(key).null();
    } else {
      body.field(key, value);
    }
  };
  body.object();
  add("code", error.code);
  if (verbosity == Verbosity::verbose) {
    // The candidates of an ambiguous embed are JSON already; all other details are a sentence.
    if (error.code == "PGRST201") {
      body.raw_field("details", error.details);
    } else {
      add("details", error.details);
    }
    add("hint", error.hint);
  }
  add("message", error.message);
  body.end_object();
  http::Response response = http::json_response(status, std::move(body).take());
  if (http::is_safe_value(error.code))
    response.headers.add("Proxy-Status", cat("PostgREST; error=", error.code));
  if (status == 401) response.headers.add("WWW-Authenticate", "Bearer");
  if (status == 503) response.headers.add("Retry-After", "1");
  return response;
}

Error bad_raise(std::string_view which, std::string_view text) {
  Error error = with_details(
      Kind::internal, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error",
      which == "DETAIL" && text.empty() ? std::string("DETAIL is missing in the RAISE statement")
                                        : cat("Invalid JSON value for ", which, ": '", text, "'"));
  error.hint =
      which == "MESSAGE"
          ? "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional "
            "keys: 'details', 'hint'."
          : "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional "
            "key: 'status_text'.";
  return error;
}

// raise sqlstate 'PGRST' using message = '{code, message, details, hint}', detail = '{status,
// headers}'
http::Response raised(const Error& error, Verbosity verbosity) {
  const auto message = json::parse_object(error.message);
  if (!message || !message->contains("code") || !message->contains("message"))
    return answer(500, bad_raise("MESSAGE", error.message), verbosity);
  const auto detail = json::parse_object(error.details);
  const std::int64_t status = detail ? json::int_or(*detail, "status") : 0;
  if (status < 100 || status > 599)
    return answer(500, bad_raise("DETAIL", error.details), verbosity);
  Error shown = make_error(Kind::invalid, std::string(json::text_or(*message, "code")),
                           std::string(json::text_or(*message, "message")));
  shown.details = json::text_or(*message, "details");
  shown.hint = json::text_or(*message, "hint");
  http::Response response = answer(static_cast<unsigned>(status), shown, verbosity);
  for (const auto& [name, value] : json::object_or_empty(*detail, "headers"))
    if (value.is_string() && http::is_safe_value(value.get_string()) && http::is_safe_value(name))
      response.headers.set(name, value.get_string());
  return response;
}

// A connection that failed is told as PostgREST tells it, without the reason: that names hosts.
Error connection_error(const Error& error) {
  if (error.kind == Kind::timeout)
    return make_error(Kind::timeout, "PGRST003",
                      "Timed out acquiring connection from connection pool.");
  return make_error(Kind::unavailable, "PGRST001",
                    "Database client error. Retrying the connection.");
}

}  // namespace

http::Response to_response(Error error, bool anonymous, Verbosity verbosity) {
  for (const auto& [from, to] : plan_codes)
    if (error.code == from) error.code = to;
  if (error.code == "PGRST") return raised(error, verbosity);
  const bool is_connection = error.code.starts_with("08") ||
                             (!is_sqlstate(error.code) && !error.code.starts_with("PGRST") &&
                              (error.kind == Kind::unavailable || error.kind == Kind::timeout));
  if (is_connection) error = connection_error(error);
  return answer(status_of(error, anonymous), error, verbosity);
}

Error parse_failed(std::string_view what, std::string_view text, std::size_t at,
                   std::string details) {
  constexpr std::size_t echo_bytes_max = 200;  // of a long value only the beginning comes back
  return with_details(Kind::invalid, "PGRST100",
                      cat("\"failed to parse ", what, " (", text::clip_utf8(text, echo_bytes_max),
                          ")\" (line 1, column ", std::to_string(at + 1), ")"),
                      std::move(details));
}

Error method_on_call(std::string_view method) {
  return make_error(Kind::not_allowed, "PGRST101",
                    cat("Cannot use the ", method, " method on RPC"));
}

Error invalid_body(std::string message) {
  return make_error(Kind::invalid, "PGRST102", std::move(message));
}

Error bad_content_type(std::string_view type) {
  return invalid_body(
      cat("Content-Type not acceptable: ", text::trim(type.substr(0, type.find(';')))));
}

Error negative_limit() {
  return with_details(Kind::bad_range, "PGRST103", "Requested range not satisfiable",
                      "Limit should be greater than or equal to zero.");
}

Error range_upside_down() {
  return with_details(
      Kind::bad_range, "PGRST103", "Requested range not satisfiable",
      "The lower boundary must be lower than or equal to the upper boundary in the Range "
      "header.");
}

Error offset_beyond(std::uint64_t offset, std::uint64_t total) {
  return with_details(Kind::bad_range, "PGRST103", "Requested range not satisfiable",
                      cat("An offset of ", std::to_string(offset),
                          " was requested, but there are only ", std::to_string(total), " rows."));
}

Error put_filters() {
  return make_error(Kind::not_allowed, "PGRST105",
                    "Filters must include all and only primary key columns with 'eq' operators");
}

Error unknown_schema(std::string_view schema, std::span<const std::string> exposed) {
  Error error = make_error(Kind::not_acceptable, "PGRST106", cat("Invalid schema: ", schema));
  for (const std::string& each : exposed) error.hint += error.hint.empty() ? each : ", " + each;
  error.hint = "Only the following schemas are exposed: " + error.hint;
  return error;
}

Error no_media_type(std::string_view accept) {
  return make_error(Kind::not_acceptable, "PGRST107",
                    cat("None of these media types are available: ", accept));
}

Error bad_response_headers() {
  return make_error(Kind::internal, "PGRST111",
                    "response.headers guc must be a JSON array composed of objects with a single "
                    "key and a string value");
}

Error bad_response_status() {
  return make_error(Kind::internal, "PGRST112", "response.status guc must be a valid status code");
}

Error put_limit() {
  return make_error(Kind::invalid, "PGRST114",
                    "limit/offset querystring parameters are not allowed for PUT");
}

Error put_key() {
  return make_error(Kind::invalid, "PGRST115",
                    "Payload values do not match URL in primary key column(s)");
}

Error not_single(std::size_t rows) {
  return with_details(Kind::not_acceptable, "PGRST116",
                      "Cannot coerce the result to a single JSON object",
                      cat("The result contains ", std::to_string(rows), " rows"));
}

Error unsupported_method(std::string_view method) {
  return make_error(Kind::not_allowed, "PGRST117", cat("Unsupported HTTP method: ", method));
}

Error invalid_preferences(std::string_view list) {
  return with_details(Kind::invalid, "PGRST122", "Invalid preferences given with handling=strict",
                      cat("Invalid preferences: ", list));
}

Error max_affected(std::size_t rows) {
  return with_details(Kind::invalid, "PGRST124",
                      "Query result exceeds max-affected preference constraint",
                      cat("The query affects ", std::to_string(rows), " rows"));
}

Error bad_path() {
  return make_error(Kind::not_found, "PGRST125", "Invalid path specified in request URL");
}

Error root_disabled() {
  return make_error(Kind::not_found, "PGRST126", "Root endpoint metadata is disabled");
}

Error count_too_large(std::uint64_t rows_max) {
  Error error =
      with_details(Kind::invalid, "FLASH001", "Too many rows to be counted exactly",
                   cat("An exact count walks over ", std::to_string(rows_max), " rows at most"));
  error.hint = "Narrow the question, or prefer count=estimated";
  return error;
}

Error max_affected_call() {
  return make_error(Kind::invalid, "PGRST128",
                    "Function must return SETOF or TABLE when max-affected preference is used with "
                    "handling=strict");
}

}  // namespace flash::rest::errors
