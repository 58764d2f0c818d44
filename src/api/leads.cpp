// /api/submissions and one of them: the lead pipeline's own addresses, under the caller's row
// security.
#include <optional>
#include <string>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "api/intake_limits.h"
#include "api/queries.gen.h"
#include "base/bytes.h"
#include "base/ids.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "http/url.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/patch.h"
#include "worker/intake.h"
#include "worker/rescore.h"

namespace flash::api {
namespace {

constexpr json::Limits body_limits{.bytes_max = 64 * 1024, .depth_max = 8};
constexpr std::int64_t page_default = 50, page_max = 200;

std::unexpected<Error> invalid(std::string message) {
  return fail(Kind::invalid, "invalid_request", std::move(message));
}

http::Response document(unsigned status, std::string json) {
  auto response = http::json_response(status, std::move(json));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

bool has_credentials(const http::Request& request) {
  return request.headers.find("Authorization") || request.headers.find("apikey");
}

// The form's own page sends no key: who shows nothing is anonymous.
Result<Identity> sender(Context& context, const http::Request& request) {
  if (!has_credentials(request)) return auth::anonymous();
  return identify(context, request);
}

// Everything but intake is for people (and the secret key).
Result<Identity> reader(Context& context, const http::Request& request) {
  TRY(auto caller, identify(context, request));
  if (caller.db_role == "anon")
    return fail(Kind::unauthenticated, "sign_in_required", "Sign in to see leads.");
  return caller;
}

Result<std::string> idempotency_key(const http::Request& request) {
  const auto key = text::trim(request.headers.value_or("Idempotency-Key", ""));
  if (key.size() > 200 || !text::is_clean_utf8(key))
    return fail(Kind::invalid, "invalid_idempotency_key",
                "Idempotency-Key takes at most 200 characters.");
  return std::string(key);
}

Result<worker::Submission> submission_of(Context& context, const http::Request& request,
                                         const Identity& caller) {
  const auto type = request.headers.value_or("Content-Type", "application/json");
  if (!text::lower(type).starts_with("application/json"))
    return fail(Kind::unsupported, "unsupported_media_type", "Send the form as application/json.");
  const Instant now = SystemClock().now();
  std::optional<std::chrono::seconds> wait;
  if (caller.db_role == "anon")
    wait = intake_limits().take_public(context.settings, request.peer, now);
  if (!caller.sub.empty()) wait = intake_limits().take_person(context.settings, caller.sub, now);
  if (wait)
    return fail(Error{Kind::rate_limited, "too_many_requests",
                      "Too many leads from here. Please wait a moment.",
                      std::to_string(wait->count()), ""});
  worker::Submission out;
  TRY(out.key, idempotency_key(request));
  if (!out.key.empty()) out.body_hash = bytes::to_hex(crypto::sha256(request.body));
  out.body = request.body;
  out.channel = caller.db_role == "anon" ? "public_form" : caller.sub.empty() ? "api" : "rep_form";
  out.caller = caller.sub;
  out.claims = caller.claims;
  return out;
}

Answer take_in(Context& context, http::Request request) {
  auto caller = sender(context, request);
  if (!caller) co_return lead_error(caller.error());
  auto submission = submission_of(context, request, *caller);
  if (!submission) co_return lead_error(submission.error());
  const auto receipt = co_await context.intake.submit(*std::move(submission));
  if (!receipt) co_return lead_error(receipt.error());
  co_return document(receipt->status, receipt->body);
}

struct PageAsked {
  sql::Param status, territory, before_time, before_id;
  std::int64_t most = page_default;
};

Result<PageAsked> page_of(const http::Request& request) {
  const auto query = http::parse_query(request.query());
  if (!query) return invalid("The query is not well formed.");
  PageAsked out;
  for (const auto& [name, value] : *query) {
    if (name == "status") {
      out.status = value;
    } else if (name == "territory") {
      out.territory = value;
    } else if (name == "limit") {
      const auto most = text::parse_int<std::int64_t>(value);
      if (!most || *most < 1 || *most > page_max)
        return invalid("limit is a number from 1 to 200.");
      out.most = *most;
    } else if (name == "before") {
      // As `next` of the page before: "<time>,<id>".
      const auto comma = value.find(',');
      if (comma == std::string::npos || !parse_rfc3339(value.substr(0, comma)) ||
          !ids::is_uuid(value.substr(comma + 1)))
        return invalid("before is the `next` of another page.");
      out.before_time = value.substr(0, comma);
      out.before_id = value.substr(comma + 1);
    } else {
      return invalid("Known parameters are status, territory, limit and before.");
    }
  }
  return out;
}

// One document of one statement, as the caller.
loop::Task<Result<http::Response>> read(Context& context, http::Request request,
                                        sql::Statement statement) {
  CO_TRY(const auto caller, reader(context, request));
  db::Work work;
  work.identity = transaction_of(caller, request);
  work.statements.push_back(std::move(statement));
  auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  const auto& last = rows->back();
  if (last.size() != 1) co_return fail(Kind::not_found, "not_found", "No such lead.");
  http::Response response = document(200, {});
  response.body = http::Body(last.keeper(), last.text(0, 0));
  co_return response;
}

Answer answer_read(Context& context, http::Request request, sql::Statement statement) {
  auto response = co_await read(context, std::move(request), std::move(statement));
  co_return response ? *std::move(response) : lead_error(response.error());
}

Answer list(Context& context, http::Request request) {
  auto page = page_of(request);
  if (!page) co_return lead_error(page.error());
  co_return co_await answer_read(
      context, std::move(request),
      sql::statement(queries::list_submissions, {page->status, page->territory, page->before_time,
                                                 page->before_id, std::to_string(page->most)}));
}

struct InsightsAsked {
  sql::Param territory;  // a code; null: everything that the caller sees
  int days = 365;
};

Result<InsightsAsked> insights_asked(const http::Request& request) {
  constexpr int days_max = 3650;
  const auto query = http::parse_query(request.query());
  if (!query) return invalid("The query is not well formed.");
  InsightsAsked out;
  for (const auto& [name, value] : *query) {
    if (name == "territory") {
      out.territory = value;
    } else if (name == "days") {
      const auto days = text::parse_int<int>(value);
      if (!days || *days < 1 || *days > days_max)
        return invalid("days is a number from 1 to 3650.");
      out.days = *days;
    } else {
      return invalid("Known parameters are territory and days.");
    }
  }
  return out;
}

// "/api/submissions/{id}"; nullopt: what stands there is no id.
std::optional<std::string> id_in(const http::Request& request) {
  const auto segments = http::path_segments(request.path());
  if (!segments || segments->size() != 3 || !ids::is_uuid(segments->back())) return std::nullopt;
  return segments->back();
}

http::Response refused(const std::vector<leads::Fault>& faults) {
  json::Writer out;
  out.object().field("code", "validation_failed").key("errors").array();
  for (const auto& fault : faults)
    out.object()
        .field("field", fault.field)
        .field("rule", fault.rule)
        .field("message", fault.message)
        .end_object();
  out.end_array().end_object();
  return document(422, std::move(out).take());
}

Error not_found() { return make_error(Kind::not_found, "not_found", "No such lead."); }

Error stale(std::int64_t version) {
  return make_error(Kind::conflict, "version_conflict",
                    text::cat("The lead is at version ", std::to_string(version), "."));
}

int this_year() {
  const auto today = std::chrono::floor<std::chrono::days>(SystemClock().now());
  return static_cast<int>(std::chrono::year_month_day(today).year());
}

// The row that the last statement returned; nullopt: none.
Result<std::optional<json::Object>> row_in(const Result<std::vector<db::Rows>>& reply) {
  if (!reply) return fail(reply.error());
  if (reply->back().size() != 1) return std::optional<json::Object>{};
  TRY(auto row, json::parse_object(reply->back().text(0, 0)));
  return std::optional(std::move(row));
}

// Reads the row, checks, writes the facts, and scores anew where they are part of the score: one
// transaction.
loop::Task<Result<http::Response>> change(Context& context, http::Request request, std::string id) {
  CO_TRY(const auto caller, reader(context, request));
  CO_TRY(const auto changes, json::parse_object(request.body, body_limits));
  CO_TRY(const auto places, co_await context.intake.places());
  CO_TRY(auto session, co_await context.pool.begin(transaction_of(caller, request)));
  std::vector<sql::Statement> look;
  look.push_back(sql::statement(queries::submission_row, {id}));
  const auto found = co_await session.run(std::move(look));
  CO_TRY(const auto row, row_in(found));
  if (!row) co_return fail(not_found());
  const auto patch = leads::read_patch(*row, changes, *places, this_year());
  if (!patch.faults.empty()) co_return refused(patch.faults);
  if (json::int_or(*row, "version") != patch.version)
    co_return fail(stale(json::int_or(*row, "version")));
  std::vector<sql::Statement> write;
  write.push_back(
      sql::statement(queries::change_submission, {id, std::to_string(patch.version), patch.facts}));
  const auto written = co_await session.run(std::move(write));
  CO_TRY(const auto changed, row_in(written));
  if (!changed) {
    // Visible at that version and still not changed: somebody was faster, or it is not his to
    // change.
    std::vector<sql::Statement> again;
    again.push_back(sql::statement(queries::submission_row, {id}));
    const auto reply = co_await session.run(std::move(again));
    CO_TRY(const auto now, row_in(reply));
    if (now && json::int_or(*now, "version") != patch.version)
      co_return fail(stale(json::int_or(*now, "version")));
    co_return fail(Kind::forbidden, "not_owner", "Only its owner or a manager changes this lead.");
  }
  std::vector<sql::Statement> last;
  if (patch.rescore) last = worker::rescore(*changed, *places, caller.db_role);
  last.push_back(sql::statement(queries::submission, {id}));
  const auto done = co_await session.commit(std::move(last));
  if (!done) co_return fail(done.error());
  http::Response response = document(200, {});
  response.body = http::Body(done->back().keeper(), done->back().text(0, 0));
  co_return response;
}

loop::Task<Result<http::Response>> remove(Context& context, http::Request request, std::string id) {
  CO_TRY(const auto caller, reader(context, request));
  const auto query = http::parse_query(request.query());
  sql::Param version;
  if (const auto given = query ? http::find(*query, "version") : std::nullopt) {
    if (!text::parse_int<std::int32_t>(*given)) co_return invalid("version is a number.");
    version = std::string(*given);
  }
  db::Work work;
  work.identity = transaction_of(caller, request);
  work.statements.push_back(sql::statement(queries::delete_submission, {id, version}));
  const auto done = co_await context.pool.run(std::move(work));
  if (!done) co_return fail(done.error());
  co_return http::Response{.status = 204};
}

}  // namespace

Answer submissions(Context& context, http::Request request) {
  if (request.method == http::Method::post) return take_in(context, std::move(request));
  return list(context, std::move(request));
}

Answer submission(Context& context, http::Request request) {
  auto id = id_in(request);
  if (!id) co_return lead_error(not_found());
  if (request.method == http::Method::patch) {
    auto response = co_await change(context, std::move(request), *std::move(id));
    co_return response ? *std::move(response) : lead_error(response.error());
  }
  if (request.method == http::Method::del) {
    auto response = co_await remove(context, std::move(request), *std::move(id));
    co_return response ? *std::move(response) : lead_error(response.error());
  }
  co_return co_await answer_read(context, std::move(request),
                                 sql::statement(queries::submission, {*std::move(id)}));
}

Answer submission_stats(Context& context, http::Request request) {
  return answer_read(context, std::move(request), sql::statement(queries::submission_stats));
}

Answer insights(Context& context, http::Request request) {
  const auto asked = insights_asked(request);
  if (!asked) co_return lead_error(asked.error());
  co_return co_await answer_read(
      context, std::move(request),
      sql::statement(queries::insights, {asked->territory, std::to_string(asked->days)}));
}

Answer rep_tracking(Context& context, http::Request request) {
  return answer_read(context, std::move(request), sql::statement(queries::rep_tracking));
}

Answer rep_tracking_stats(Context& context, http::Request request) {
  return answer_read(context, std::move(request), sql::statement(queries::rep_tracking_stats));
}

}  // namespace flash::api
