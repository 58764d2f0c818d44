#include <algorithm>
#include <span>

#include "base/text.h"
#include "http/headers.h"
#include "rest/errors.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

using http::Method;

// The schema of the request: what its profile header says, else the first that is exposed.
Result<std::string> parse_schema(const http::Request& request,
                                 std::span<const std::string> schemas) {
  const bool is_read = request.method == Method::get || request.method == Method::head;
  const auto asked = request.headers.find(is_read ? "Accept-Profile" : "Content-Profile");
  if (!asked || asked->empty()) return schemas.front();
  if (std::ranges::find(schemas, *asked) == schemas.end())
    return fail(errors::unknown_schema(*asked, schemas));
  return std::string(*asked);
}

void take_accept(const http::Request& request, Request& out) {
  auto accept = request.headers.joined("Accept");
  if (!accept || *accept == "*/*" || text::trim(*accept).empty()) return;
  out.json_only = *accept == "application/json";
  if (out.json_only) return;
  out.accept = parse_accept(*accept);
  if (out.accept.empty()) out.accept.push_back({.media = Media::other});  // nothing is acceptable
  out.accept_text = *std::move(accept);
}

// The function that answers at the root may name its schema.
void take_root_function(std::string_view function, Request& out) {
  const auto dot = function.find('.');
  out.is_call = true;
  out.resource = function.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (dot != std::string_view::npos) out.schema = function.substr(0, dot);
}

Result<void> parse_root(const http::Request& request, const Dialect& dialect, Request& out) {
  const bool reads = request.method == Method::get || request.method == Method::head ||
                     request.method == Method::options;
  if (!reads) return fail(errors::unsupported_method(http::to_text(request.method)));
  if (!dialect.root_function.empty()) {
    take_root_function(dialect.root_function, out);
    return {};
  }
  if (!dialect.openapi) return fail(errors::root_disabled());
  out.is_root = true;
  return {};
}

Result<void> parse_resource(const http::Request& request, std::string_view prefix,
                            const Dialect& dialect, Request& out) {
  std::string_view path = request.path();
  if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  auto segments = http::path_segments(path);
  if (!segments) return fail(errors::bad_path());
  if (segments->empty()) return parse_root(request, dialect, out);
  out.is_call = segments->front() == "rpc" && segments->size() == 2;
  if (segments->size() > 1 && !out.is_call) return fail(errors::bad_path());
  out.resource = std::move(segments->back());
  return {};
}

Result<void> check_method(const http::Request& request, bool is_call) {
  switch (request.method) {
    case Method::get:
    case Method::head:
    case Method::post:
    case Method::options: return {};
    case Method::put:
    case Method::patch:
    case Method::del:
      if (is_call) return fail(errors::method_on_call(http::to_text(request.method)));
      return {};
    case Method::other: break;
  }
  return fail(errors::unsupported_method(http::to_text(request.method)));
}

// What a table takes is JSON from here on; a function may want the body as it came.
Result<void> take_body(http::Request& request, Request& out) {
  if (request.body.empty()) return {};
  TRY(out.body_type, body_type(request.headers.value_or("Content-Type", {})));
  switch (out.body_type) {
    case BodyType::csv: {
      TRY(out.body, csv_to_json(request.body));
      return {};
    }
    case BodyType::form: {
      TRY(out.body, form_to_json(request.body));
      return {};
    }
    case BodyType::json: break;
    case BodyType::text:
    case BodyType::xml:
    case BodyType::octets:
      if (!out.is_call)
        return fail(errors::bad_content_type(request.headers.value_or("Content-Type", {})));
  }
  out.body = std::move(request.body);
  return {};
}

// For Content-Location: the same question always gives the same text.
std::string canonical(const http::Query& pairs) {
  std::vector<const http::Query::value_type*> sorted;
  sorted.reserve(pairs.size());
  for (const auto& each : pairs) sorted.push_back(&each);
  std::ranges::sort(sorted, {}, [](const auto* each) {
    return std::pair<std::string_view, const void*>(each->first, each);
  });
  std::string out;
  for (const auto* each : sorted)
    out += text::cat(out.empty() ? "" : "&", http::percent_encode(each->first), "=",
                     http::percent_encode(each->second));
  return out;
}

// Range: 0-9 is another way to say offset and limit; what the query says wins. "bytes=..." is not
// ours.
Result<void> apply_range(const http::Request& request, plan::AskedRead& read) {
  const auto range = request.headers.find("Range");
  if (!range || read.limit || read.offset) return {};
  const auto dash = range->find('-');
  if (dash == std::string_view::npos) return {};
  const auto lower = text::parse_int<std::uint64_t>(range->substr(0, dash));
  const auto upper = text::parse_int<std::uint64_t>(range->substr(dash + 1));
  if (!lower || (!upper && dash + 1 != range->size())) return {};
  if (upper && *upper < *lower) return fail(errors::range_upside_down());
  read.offset = lower;
  if (upper) read.limit = *upper - *lower + 1;
  return {};
}

}  // namespace

Result<Request> parse(http::Request request, std::string_view prefix, const Dialect& dialect) {
  Request out;
  out.method = request.method;
  TRY_DONE(parse_resource(request, prefix, dialect, out));
  TRY_DONE(check_method(request, out.is_call));
  TRY(std::string schema, parse_schema(request, dialect.schemas));
  if (out.schema.empty()) out.schema = std::move(schema);
  out.schema_echoed = dialect.schemas.size() > 1;
  if (request.method == Method::options) return out;
  take_accept(request, out);
  if (out.is_root) {
    out.if_none_match = request.headers.joined("If-None-Match").value_or("");
    return out;
  }
  TRY(out.prefer, parse_prefer(request.headers.joined("Prefer").value_or(""), dialect.chooses_end));
  const auto pairs = http::parse_query(request.query());
  if (!pairs)
    return fail(errors::parse_failed("query string", request.query(), 0,
                                     "a broken escape, or too many pairs"));
  TRY(out.query, parse_query(*pairs, {.is_call_by_get = out.is_call && out.is_read(),
                                      .legacy_target_names = dialect.legacy_target_names}));
  if (out.is_read()) {
    if (!out.is_call) out.canonical_query = canonical(*pairs);
    out.if_none_match = request.headers.joined("If-None-Match").value_or("");
    TRY_DONE(apply_range(request, out.query.read));
  } else {
    TRY_DONE(take_body(request, out));
  }
  return out;
}

}  // namespace flash::rest
