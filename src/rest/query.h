// What a request of PostgREST's dialect says, taken apart but not yet looked up in the catalog.
#pragma once
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

namespace flash::rest {

// The query string (docs: PostgREST, "Tables and Views", "Resource Embedding").
struct Query {
  plan::AskedRead read;  // select, filters, order, limit and offset, of embeds too
  std::optional<std::vector<std::string>> columns;      // columns=: the keys of the body that count
  std::optional<std::vector<std::string>> on_conflict;  // on_conflict=
  std::vector<std::pair<std::string, std::string>> arguments;  // of a function called by GET
};

enum class Return : std::uint8_t { unsaid, minimal, headers_only, representation };
enum class Resolution : std::uint8_t { unsaid, merge, ignore };

// The Prefer headers (RFC 7240).
struct Preferences {
  Return give = Return::unsaid;
  Resolution resolution = Resolution::unsaid;
  plan::Count count = plan::Count::none;
  bool missing_default = false;
  bool strict = false;  // handling=strict: what is not understood is an error
  std::optional<std::uint64_t> max_affected;
  std::string timezone;
  std::string applied;  // for the Preference-Applied header; empty: none
};

enum class Media : std::uint8_t { rows, object };

struct Request {
  http::Method method = http::Method::get;
  std::string schema;
  bool schema_echoed = false;  // several are exposed, so the answer names the one it used
  std::string resource;        // table, view or function
  bool is_call = false;        // /rpc/
  Media media = Media::rows;
  Query query;
  Preferences prefer;
  std::string body;

  [[nodiscard]] bool is_read() const {
    return method == http::Method::get || method == http::Method::head;
  }
};

// The whole request. `prefix` is the part of the path before the resource: "/rest/v1".
Result<Request> parse(http::Request request, std::string_view prefix,
                      const std::vector<std::string>& schemas);

// Its parts, each on its own for tests and fuzzers. Errors: PGRST100, and limits of plan/limits.h.
Result<Query> parse_query(const http::Query& pairs, bool is_call_by_get);
Result<void> parse_select(std::string_view text, plan::AskedRead& into);
Result<std::vector<plan::AskedOrder>> parse_order(std::string_view text);
Result<std::vector<std::string>> parse_names(std::string_view text, std::string_view parameter);
// The value of column=op.value; `value` is all that follows "=".
Result<plan::AskedPredicate> parse_filter(plan::AskedField field, std::string_view value);
// The value of and=(...), or=(...).
Result<plan::AskedPredicate> parse_logic(bool any, bool negated, std::string_view value);
// True when `value` begins as an operator does: "eq.", "not.in.", "fts(english).".
bool has_operator(std::string_view value);
Result<Preferences> parse_prefer(std::string_view joined);

// The keys of a body's objects.
struct Body {
  std::vector<std::string> keys;  // of the first object; all others have the same unless `mixed`
  bool is_array = false;
  bool mixed = false;
  std::size_t objects = 0;
};
// Errors: PGRST102.
Result<Body> inspect_body(std::string_view body);

}  // namespace flash::rest
