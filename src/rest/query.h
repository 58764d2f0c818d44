// What a request of PostgREST's dialect says, taken apart but not yet looked up in the catalog.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/request.h"
#include "http/url.h"
#include "plan/ask.h"
#include "plan/plan.h"
#include "rest/accept.h"
#include "rest/body.h"
#include "rest/dialect.h"

namespace flash::rest {

// The query string (docs: PostgREST, "Tables and Views", "Resource Embedding").
struct Query {
  plan::AskedRead read;  // select, filters, order, limit and offset, of embeds too
  std::optional<std::vector<std::string>> columns;      // columns=: the keys of the body that count
  std::optional<std::vector<std::string>> on_conflict;  // on_conflict=
  std::vector<std::pair<std::string, std::string>> arguments;  // of a function called by GET
  // Embeds with an alias that were named as their table all the same: (table, alias).
  std::vector<std::pair<std::string, std::string>> legacy_names;
};

enum class Return : std::uint8_t { unsaid, minimal, headers_only, representation };
enum class Resolution : std::uint8_t { unsaid, merge, ignore };
enum class End : std::uint8_t { unsaid, commit, rollback };

// The Prefer headers (RFC 7240).
struct Preferences {
  Return give = Return::unsaid;
  Resolution resolution = Resolution::unsaid;
  plan::Count count = plan::Count::none;
  std::optional<bool> missing_default;  // missing=default, missing=null
  std::optional<bool> strict;           // handling=strict: what is not understood is an error
  End end = End::unsaid;                // tx=; unsaid where the server does not let callers choose
  std::optional<std::uint64_t> max_affected;
  std::string timezone;  // as it was said

  [[nodiscard]] bool defaults() const { return missing_default.value_or(false); }
};

struct Request {
  http::Method method = http::Method::get;
  std::string schema;
  bool schema_echoed = false;      // several are exposed, so the answer names the one it used
  std::string resource;            // table, view or function
  bool is_call = false;            // /rpc/
  bool is_root = false;            // /: the OpenAPI document; `resource` is empty
  std::vector<Accepted> accept;    // best first; empty: anything, or json_only
  bool json_only = false;          // just application/json, the usual
  std::string accept_text;         // as it was sent, for the error
  std::optional<Accepted> chosen;  // by to_plan; none: application/json
  Query query;
  Preferences prefer;
  BodyType body_type = BodyType::json;
  std::string body;
  std::string if_none_match;    // of a GET; empty: not sent
  std::string canonical_query;  // of a GET: its parameters sorted by name, coded anew

  [[nodiscard]] Media media() const { return chosen ? chosen->media : Media::rows; }
  [[nodiscard]] bool is_read() const {
    return method == http::Method::get || method == http::Method::head;
  }
};

// The header fields that steer a read: parse() sees no others of a GET or HEAD (api/plan_cache.h
// keeps plans by them).
inline constexpr std::array<std::string_view, 7> steering_fields{
    "Accept", "Accept-Profile", "Prefer", "Range", "Range-Unit", "If-None-Match", "Content-Type"};

// The whole request. `prefix` is the part of the path before the resource: "/rest/v1".
Result<Request> parse(http::Request request, std::string_view prefix, const Dialect& dialect);

// Its parts, each on its own for tests and fuzzers. Errors: PGRST100, and limits of plan/limits.h.
struct QueryRules {
  bool is_call_by_get = false;       // values without an operator are arguments
  bool legacy_target_names = false;  // see Dialect
};
Result<Query> parse_query(const http::Query& pairs, QueryRules rules);
Result<void> parse_select(std::string_view text, plan::AskedRead& into);
Result<std::vector<plan::AskedOrder>> parse_order(std::string_view text);
Result<std::vector<std::string>> parse_names(std::string_view text, std::string_view parameter);
// The value of column=op.value; `value` is all that follows "=".
Result<plan::AskedPredicate> parse_filter(plan::AskedField field, std::string_view value);
// The value of and=(...), or=(...).
Result<plan::AskedPredicate> parse_logic(bool any, bool negated, std::string_view value);
// True when `value` begins as an operator does: "eq.", "not.in.", "fts(english).".
bool has_operator(std::string_view value);
// Of one preference that is said twice the first counts (RFC 7240 section 2).
Result<Preferences> parse_prefer(std::string_view joined, bool chooses_end);
// The Preference-Applied header: those that mean something for this request; empty: none.
std::string applied_preferences(const Request& request);
// As PostgreSQL's timezone setting takes it: an offset from UTC like +05:30 has to be spelled out,
// because the setting counts offsets to the west.
std::string timezone_setting(std::string_view asked);

}  // namespace flash::rest
