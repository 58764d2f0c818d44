#include "rest/respond.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/bytes.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/url.h"
#include "json/read.h"
#include "rest/errors.h"

namespace flash::rest {
namespace {

using http::Method;
using plan::Count;
using plan::Form;
using plan::Plan;
using text::cat;

constexpr std::string_view rows_type = "application/json; charset=utf-8";

std::string type_of(const Request& request) {
  return request.chosen ? content_type(*request.chosen) : std::string(rows_type);
}

std::string content_range(std::uint64_t offset, std::uint64_t rows,
                          std::optional<std::uint64_t> total) {
  const std::string span =
      rows == 0 ? "*" : cat(std::to_string(offset), "-", std::to_string(offset + rows - 1));
  return cat(span, "/", total ? std::to_string(*total) : "*");
}

// Rows of all pages, as the count preference wants to know them. Of an estimate without the
// planner, which stops at count_max, "more than" is as good an answer as any.
Result<std::optional<std::uint64_t>> total_rows(const Plan& plan, const Outcome& outcome) {
  const bool stopped =
      plan.count_max > 0 && outcome.total.has_value() && *outcome.total > plan.count_max;
  switch (plan.count) {
    case Count::none: return std::nullopt;
    case Count::exact:
      if (stopped) return fail(errors::count_too_large(plan.count_max));
      return outcome.total;
    case Count::planned:
      if (plan.count_seen) return outcome.total;
      return planned_rows(outcome.explain);
    case Count::estimated: break;
  }
  if (plan.count_seen || !outcome.total || *outcome.total <= plan.estimate_above)
    return outcome.total;
  return std::max(*outcome.total, planned_rows(outcome.explain).value_or(0));
}

// 206 when this is a part of a known whole (RFC 9110 section 15.3.7, with rows for units).
Result<unsigned> range_status(std::uint64_t offset, std::uint64_t rows,
                              std::optional<std::uint64_t> total) {
  if (!total) return 200U;
  if (offset > *total) return fail(errors::offset_beyond(offset, *total));
  return rows < *total ? 206U : 200U;
}

// A page of rows, of a table or of a function.
Result<http::Response> respond_page(const Request& request, const Plan& plan,
                                    const plan::Read& read, Outcome& outcome) {
  const bool rows_have_columns = read.table != nullptr;
  if (request.media() == Media::object && rows_have_columns && outcome.page != 1)
    return fail(errors::not_single(outcome.page));
  http::Response out;
  const std::uint64_t offset = read.offset.value_or(0);
  TRY(const auto total, total_rows(plan, outcome));
  TRY(out.status, range_status(offset, outcome.page, total));
  out.headers.add("Content-Type", type_of(request));
  out.headers.add("Content-Range", content_range(offset, outcome.page, total));
  if (!request.is_call) {
    const std::string& query =
        outcome.canonical_query ? *outcome.canonical_query : request.canonical_query;
    out.headers.add("Content-Location", cat("/", http::percent_encode(request.resource),
                                            query.empty() ? "" : "?", query));
  }
  if (request.method != Method::head) out.body = std::move(outcome.body);
  return out;
}

// PostgreSQL writes a bytea as \x and two digits a byte.
http::Body bytes_of(const http::Body& digits) {
  std::string_view text = digits.bytes();
  if (text.starts_with("\\x")) text.remove_prefix(2);
  return http::Body(bytes::from_hex(text).value_or(std::string{}));
}

Result<http::Response> respond_call(const Request& request, const Plan& plan,
                                    const plan::Call& call, Outcome& outcome) {
  const catalog::Function& function = *call.function;
  if (function.returns_set) {
    TRY(http::Response page, respond_page(request, plan, call.returning, outcome));
    if (plan.form == Form::bytes) page.body = bytes_of(page.body);
    return page;
  }
  http::Response out;
  if (function.returns_void) {
    out.status = 204;
    return out;
  }
  out.headers.add("Content-Type", type_of(request));
  out.headers.add("Content-Range", content_range(0, outcome.page, std::nullopt));
  if (plan.form == Form::nothing) return out;
  const bool is_json = plan.form == Form::rows || plan.form == Form::object;
  out.body =
      outcome.page == 0 && is_json ? http::Body(std::string("null")) : std::move(outcome.body);
  if (plan.form == Form::bytes) out.body = bytes_of(out.body);
  return out;
}

// /table?key=eq.value of the row that was made
std::string location_of(const Request& request, const plan::Write& write, std::string_view keys) {
  const auto values = json::parse(keys);
  if (!values || !values->is_array()) return {};
  const json::Array& array = values->get_array();
  const auto& columns = write.table->primary_key;
  if (array.size() != columns.size()) return {};
  std::string out = cat("/", http::percent_encode(request.resource));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!array[i].is_string()) return {};
    out += cat(i == 0 ? "?" : "&", http::percent_encode(columns[i]->name), "=eq.",
               http::percent_encode(std::string_view(array[i].get_string())));
  }
  return out;
}

unsigned write_status(const Request& request, const Outcome& outcome) {
  const bool shows = request.prefer.give == Return::representation;
  if (request.method == Method::post)
    return outcome.inserted.value_or(1) > 0 || request.prefer.resolution != Resolution::merge ? 201
                                                                                              : 200;
  if (request.method == Method::put && outcome.inserted.value_or(0) > 0) return 201;
  return shows ? 200 : 204;
}

Result<http::Response> respond_write(const Request& request, const Plan& plan,
                                     const plan::Write& write, Outcome& outcome) {
  if (plan.form == Form::object && outcome.page != 1) return fail(errors::not_single(outcome.page));
  http::Response out;
  out.status = write_status(request, outcome);
  const auto total = plan.count == Count::none ? std::nullopt : std::optional(outcome.page);
  const bool shows_range = request.method == Method::patch;
  if (request.method != Method::put)
    out.headers.add("Content-Range", content_range(0, shows_range ? outcome.page : 0, total));
  if (!outcome.location.empty()) {
    const std::string location = location_of(request, write, outcome.location);
    if (!location.empty()) out.headers.add("Location", location);
  }
  if (plan.form != Form::nothing) {
    out.headers.add("Content-Type", type_of(request));
    out.body = std::move(outcome.body);
  }
  return out;
}

http::Response respond_plan(const Request& request, Outcome& outcome) {
  http::Response out;
  out.headers.add("Content-Type", type_of(request));
  out.body = std::move(outcome.body);
  return out;
}

bool is_token(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return text::is_alpha(c) || text::is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
  });
}

// The session's own business: SQL may not set them.
bool is_framing(std::string_view name) {
  constexpr std::array<std::string_view, 6> names{
      "content-length", "transfer-encoding", "connection", "upgrade", "keep-alive", "trailer"};
  return std::ranges::find(names, text::lower(name)) != names.end();
}

// [{"Name": "value"}, ...]: what SQL wrote must be a header and no more than one (RFC 9110
// section 5.5).
Result<void> apply_headers(std::string_view setting, http::Headers& headers) {
  const auto parsed = json::parse(setting);
  if (!parsed || !parsed->is_array()) return fail(errors::bad_response_headers());
  std::vector<std::string> seen;
  for (const json::Value& each : parsed->get_array()) {
    const json::Object* object = each.if_object();
    if (object == nullptr || object->size() != 1) return fail(errors::bad_response_headers());
    const auto& [name, value] = *object->begin();
    if (!value.is_string() || !is_token(name) || is_framing(name) ||
        !http::is_safe_value(value.get_string()))
      return fail(errors::bad_response_headers());
    const std::string lower = text::lower(name);
    // The first replaces ours; SQL may give several of one name (Set-Cookie).
    if (std::ranges::find(seen, lower) == seen.end()) headers.remove(name);
    seen.push_back(lower);
    headers.add(name, value.get_string());
  }
  return {};
}

Result<void> apply_settings(const Outcome& outcome, http::Response& response) {
  if (!outcome.headers.empty()) TRY_DONE(apply_headers(outcome.headers, response.headers));
  if (outcome.status.empty()) return {};
  const auto status = text::parse_int<unsigned>(outcome.status);
  if (!status || *status < 100 || *status > 599) return fail(errors::bad_response_status());
  response.status = *status;
  return {};
}

// A fingerprint of the body: quick, not secret; equal bodies have equal ones (xxHash's idea of
// multiplying eight bytes at a time).
std::uint64_t fingerprint(std::string_view bytes) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL, other = 0xC2B2AE3D27D4EB4FULL;
  std::uint64_t out = bytes.size() * odd;
  const auto mix = [&](std::uint64_t word) {
    out = (out ^ (word * other)) * odd;
    out ^= out >> 29U;
  };
  std::uint64_t word = 0;
  while (bytes.size() >= sizeof word) {
    std::memcpy(&word, bytes.data(), sizeof word);
    mix(word);
    bytes.remove_prefix(sizeof word);
  }
  word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  mix(word);
  return out ^ (out >> 32U);
}

// RFC 9110 section 13.1.2: a list of tags, or "*"; weak ones compare by their text.
bool names_tag(std::string_view list, std::string_view tag) {
  if (text::trim(list) == "*") return true;
  const auto bare = [](std::string_view each) {
    return each.starts_with("W/") ? each.substr(2) : each;
  };
  return std::ranges::any_of(http::comma_list(list),
                             [&](std::string_view each) { return bare(each) == bare(tag); });
}

// As PostgREST warns since its version 16.
std::string legacy_warning(const Query& query) {
  std::string pairs;
  for (const auto& [table, alias] : query.legacy_names)
    pairs += cat(pairs.empty() ? "" : ", ", "`", table, "` to `", alias, "`");
  return cat(
      "299 flashd \"Embedded resource was referenced by relation name even though it has an alias. "
      "This is deprecated and will stop working in a future release. Update ",
      pairs, " in query string filters, orders or limits.\"");
}

// A weak tag, made from the answer itself, and 304 for who has it already. SQL may set its own.
void add_tag(const Request& request, http::Response& response) {
  if (response.status != 200 && response.status != 206) return;
  if (!response.headers.find("ETag")) {
    const std::uint64_t print = fingerprint(response.body.bytes());
    std::string bytes(sizeof print, '\0');
    std::memcpy(bytes.data(), &print, sizeof print);
    response.headers.add("ETag", cat("W/\"", bytes::to_hex(bytes), "\""));
  }
  if (request.if_none_match.empty() ||
      !names_tag(request.if_none_match, response.headers.value_or("ETag", "")))
    return;
  response.status = 304;
  response.body = {};
}

}  // namespace

std::optional<std::uint64_t> planned_rows(std::string_view explain) {
  const auto parsed = json::parse(explain, {.bytes_max = std::size_t{4} << 20U, .depth_max = 256});
  if (!parsed || !parsed->is_array() || parsed->get_array().empty()) return std::nullopt;
  const json::Object* first = parsed->get_array()[0].if_object();
  if (first == nullptr) return std::nullopt;
  const double rows = json::number_or(json::object_or_empty(*first, "Plan"), "Plan Rows", -1);
  return rows < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(rows));
}

Result<http::Response> respond(const Request& request, const Plan& plan, Outcome outcome) {
  Result<http::Response> made;
  if (plan.explain) {
    made = respond_plan(request, outcome);
  } else if (const auto* read = std::get_if<plan::Read>(&plan.what)) {
    made = respond_page(request, plan, *read, outcome);
  } else if (const auto* write = std::get_if<plan::Write>(&plan.what)) {
    made = respond_write(request, plan, *write, outcome);
  } else {
    made = respond_call(request, plan, std::get<plan::Call>(plan.what), outcome);
  }
  if (!made) return made;
  made->headers.add("Vary", "Accept, Prefer, Range");
  if (request.schema_echoed) made->headers.add("Content-Profile", request.schema);
  if (const std::string applied = applied_preferences(request); !applied.empty())
    made->headers.add("Preference-Applied", applied);
  if (!request.query.legacy_names.empty()) {
    const std::string warning = legacy_warning(request.query);
    if (http::is_safe_value(warning)) made->headers.add("Warning", warning);
  }
  TRY_DONE(apply_settings(outcome, *made));
  if (request.method == Method::get) add_tag(request, *made);
  return made;
}

Result<http::Response> respond_openapi(const Request& request, http::Body document) {
  const bool fits =
      request.accept.empty() || std::ranges::any_of(request.accept, [](const Accepted& each) {
        return each.any || each.media == Media::openapi ||
               (each.media == Media::rows && !each.strip_nulls && !each.explain);
      });
  if (!fits) return fail(errors::no_media_type(request.accept_text));
  http::Response out;
  out.headers.add("Content-Type", "application/openapi+json; charset=utf-8");
  out.headers.add("Vary", "Accept, Prefer, Range");
  if (request.schema_echoed) out.headers.add("Content-Profile", request.schema);
  out.body = std::move(document);
  add_tag(request, out);
  if (request.method == Method::head) out.body = {};
  return out;
}

http::Response respond_options(std::string_view allowed) {
  http::Response out;
  out.headers.add("Allow", allowed);
  return out;
}

}  // namespace flash::rest
