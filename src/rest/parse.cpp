#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "http/headers.h"
#include "rest/errors.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

using http::Method;

// The schema of the request: what its profile header says, else the first that is exposed.
Result<std::string> parse_schema(const http::Request& request,
                                 const std::vector<std::string>& schemas) {
  const bool is_read = request.method == Method::get || request.method == Method::head;
  const auto asked = request.headers.find(is_read ? "Accept-Profile" : "Content-Profile");
  if (!asked || asked->empty()) return schemas.front();
  if (std::ranges::find(schemas, *asked) == schemas.end())
    return fail(errors::unknown_schema(*asked, schemas));
  return std::string(*asked);
}

struct Offer {
  std::string_view type;
  Media media;
};

constexpr std::array<Offer, 5> offers{{{"application/json", Media::rows},
                                       {"application/vnd.pgrst.array+json", Media::rows},
                                       {"application/vnd.pgrst.object+json", Media::object},
                                       {"application/*", Media::rows},
                                       {"*/*", Media::rows}}};

// Quality in thousandths (RFC 9110 section 12.4.2); 1000 when it is not said.
int quality(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view value = text::trim(parameters.substr(at + 2));
  if (value.starts_with('1')) return 1000;
  int out = 0;
  for (std::size_t i = 2; i < 5; ++i)
    out = out * 10 + (i < value.size() && text::is_digit(value[i]) ? value[i] - '0' : 0);
  return out;
}

Result<Media> parse_accept(const http::Request& request) {
  const auto accept = request.headers.joined("Accept");
  if (!accept || text::trim(*accept).empty()) return Media::rows;
  std::optional<Media> best;
  int best_quality = 0;
  for (const std::string_view item : http::comma_list(*accept)) {
    const auto semicolon = std::min(item.find(';'), item.size());
    const std::string_view parameters = item.substr(semicolon);
    if (parameters.contains("nulls=stripped")) continue;
    const std::string type = text::lower(text::trim(item.substr(0, semicolon)));
    const auto* offer = std::ranges::find(offers, type, &Offer::type);
    if (offer == offers.end() || quality(parameters) <= best_quality) continue;
    best = offer->media;
    best_quality = quality(parameters);
  }
  if (!best) return fail(errors::no_media_type(*accept));
  return *best;
}

Result<void> parse_resource(const http::Request& request, std::string_view prefix, Request& out) {
  std::string_view path = request.path();
  if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  auto segments = http::path_segments(path);
  if (!segments) return fail(errors::bad_path());
  if (segments->empty()) return fail(errors::root_disabled());
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

Result<void> check_content_type(const http::Request& request) {
  if (request.body.empty()) return {};
  const auto type = request.headers.find("Content-Type");
  if (!type || type->empty()) return {};
  const std::string name = text::lower(text::trim(type->substr(0, type->find(';'))));
  if (name == "application/json" || name == "*/*") return {};
  return fail(errors::invalid_body(text::cat("Content-Type not acceptable: ", name)));
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

Result<Request> parse(http::Request request, std::string_view prefix,
                      const std::vector<std::string>& schemas) {
  Request out;
  out.method = request.method;
  TRY_DONE(parse_resource(request, prefix, out));
  TRY_DONE(check_method(request, out.is_call));
  TRY(out.schema, parse_schema(request, schemas));
  out.schema_echoed = schemas.size() > 1;
  if (request.method == Method::options) return out;
  TRY(out.media, parse_accept(request));
  TRY(out.prefer, parse_prefer(request.headers.joined("Prefer").value_or("")));
  const auto pairs = http::parse_query(request.query());
  if (!pairs)
    return fail(errors::parse_failed("query string", request.query(), 0,
                                     "a broken escape, or too many pairs"));
  TRY(out.query, parse_query(*pairs, out.is_call && out.is_read()));
  if (out.is_read()) {
    TRY_DONE(apply_range(request, out.query.read));
  } else {
    TRY_DONE(check_content_type(request));
    out.body = std::move(request.body);
  }
  return out;
}

}  // namespace flash::rest
