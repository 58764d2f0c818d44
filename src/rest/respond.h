// From the row that the statement gave to the answer: status, Content-Range, Location, body.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/response.h"
#include "plan/plan.h"
#include "rest/query.h"

namespace flash::rest {

// The columns of render's answer, without knowing render or the database.
struct Outcome {
  std::optional<std::uint64_t> total;
  std::uint64_t page = 0;
  http::Body body;
  std::string_view headers, status;  // response.headers, response.status; empty: not set
  std::optional<std::uint64_t> inserted;
  std::string_view location;  // JSON array of texts; empty: none
  // Where `request` was prepared for other values: its own canonical query.
  std::optional<std::string> canonical_query = std::nullopt;
  std::string_view explain;  // EXPLAIN (format json); empty: not asked
};

// Errors: PGRST103, PGRST111, PGRST112, PGRST116.
Result<http::Response> respond(const Request& request, const plan::Plan& plan, Outcome outcome);

// The OpenAPI document of the schema. Error: PGRST107.
Result<http::Response> respond_openapi(const Request& request, http::Body document);

http::Response respond_options(std::string_view allowed);

// The planner's guess in EXPLAIN's JSON; nullopt: not understood.
std::optional<std::uint64_t> planned_rows(std::string_view explain);

}  // namespace flash::rest
