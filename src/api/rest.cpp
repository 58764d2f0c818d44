#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "api/plan_cache.h"
#include "api/queries.gen.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "json/write.h"
#include "render/render.h"
#include "rest/errors.h"
#include "rest/query.h"
#include "rest/respond.h"
#include "rest/to_plan.h"
#include "sql/fragment.h"

namespace flash::api {
namespace {

constexpr std::string_view prefix = "/rest/v1";

rest::Dialect dialect_of(const config::Settings& settings) {
  return {.schemas = settings.schemas,
          .rows_max = settings.rows_max,
          .count_rows_max = settings.count_rows_max,
          .planner_counts = settings.count_estimates == "planner",
          .aggregates = settings.aggregates,
          .plans = settings.plan,
          .legacy_target_names = settings.legacy_target_names,
          .chooses_end = settings.tx_end.ends_with("override"),
          .pre_request = !settings.pre_request.empty(),
          .openapi = settings.openapi_mode != "disabled",
          .root_function = settings.root_function};
}

// EXPLAIN gives a line a row.
rest::Outcome outcome_of_plan(const db::Rows& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += text::cat(i == 0 ? "" : "\n", lines.text(i, 0));
  return {.body = http::Body(std::move(text))};
}

rest::Outcome outcome_of(const plan::Plan& plan, std::span<const db::Rows> results) {
  const db::Rows& row = results.front();
  if (plan.explain) return outcome_of_plan(row);
  const auto number = [&row](render::Column column) {
    return text::parse_int<std::uint64_t>(row.text(0, column));
  };
  rest::Outcome out;
  out.total = number(render::total);
  out.page = number(render::page).value_or(0);
  out.body = http::Body(row.keeper(), row.text(0, render::body));
  out.headers = row.text(0, render::headers);
  out.status = row.text(0, render::status);
  out.inserted = number(render::inserted);
  out.location = row.text(0, render::location);
  const bool explained = plan.count == plan::Count::planned || plan.count == plan::Count::estimated;
  if (explained && results.size() > 1 && results[1].size() > 0) out.explain = results[1].text(0, 0);
  return out;
}

// What functions and operators of another schema name without it is found in the schema of the
// request, then in those that the settings add.
void set_search_path(const config::Settings& settings, const rest::Request& asked,
                     db::Identity& transaction) {
  const std::vector<std::string>& extra = settings.extra_search_path;
  if (asked.schema == "public" && extra.size() == 1 && extra.front() == "public") return;
  std::string path(sql::Fragment::ident(asked.schema).finish().text.view());
  for (const std::string& each : extra)
    path += text::cat(", ", sql::Fragment::ident(each).finish().text);
  transaction.settings.emplace_back("search_path", std::move(path));
}

void set_app_settings(const config::Settings& settings, db::Identity& transaction) {
  constexpr std::size_t app_settings_max = 8;
  for (const std::string& each :
       std::span(settings.app_settings)
           .first(std::min(app_settings_max, settings.app_settings.size()))) {
    const auto equals = std::min(each.find('='), each.size());
    transaction.settings.emplace_back(text::cat("app.settings.", each.substr(0, equals)),
                                      each.substr(std::min(equals + 1, each.size())));
  }
}

// select schema.function()
sql::Statement call_of(std::string_view function) {
  const auto dot = function.find('.');
  const sql::Fragment name =
      dot == std::string_view::npos
          ? sql::Fragment::ident(function)
          : sql::Fragment::ident(function.substr(0, dot), function.substr(dot + 1));
  return (sql::Fragment("select ") + name + "()").finish();
}

db::End end_of(const config::Settings& settings, const rest::Request& asked) {
  if (asked.prefer.end != rest::End::unsaid)
    return asked.prefer.end == rest::End::commit ? db::End::commit : db::End::rollback;
  return settings.tx_end.starts_with("rollback") ? db::End::rollback : db::End::commit;
}

// Where the main statement stands in the work, and its result in the results.
std::size_t main_index(const config::Settings& settings) {
  return settings.pre_request.empty() ? 0 : 1;
}

constexpr std::size_t settings_max = catalog::settings_max;

void add_settings(const catalog::Settings& more, db::Identity& transaction,
                  const std::vector<std::string>* allowed = nullptr) {
  for (const auto& [name, value] : more) {
    if (transaction.settings.size() >= settings_max) return;
    if (name == "search_path") continue;  // of the request's schema
    if (allowed == nullptr || std::ranges::find(*allowed, name) != allowed->end())
      transaction.settings.emplace_back(name, value);
  }
}

// What `alter role` and `create function ... set` say of this transaction.
void set_declared(const config::Settings& settings, const catalog::Catalog& catalog,
                  const plan::Plan& plan, db::Identity& transaction) {
  add_settings(catalog.settings_of(transaction.role), transaction);
  if (const auto* call = std::get_if<plan::Call>(&plan.what))
    add_settings(call->function->settings, transaction, &settings.hoisted_settings);
}

// Nothing that the owner of the database wrote runs but policies, so nothing that a neighbour could
// notice.
bool may_share(const config::Settings& settings, const Prepared& prepared) {
  return prepared.is_light && settings.pre_request.empty() &&
         end_of(settings, prepared.asked) == db::End::commit;
}

db::Work work_of(const config::Settings& settings, const catalog::Catalog& catalog,
                 db::Identity transaction, Job& job) {
  const rest::Request& asked = job.prepared->asked;
  set_declared(settings, catalog, job.prepared->plan, transaction);  // what the request says wins
  transaction.read_only = rest::is_read_only(asked, job.prepared->plan);
  if (!asked.prefer.timezone.empty())
    transaction.settings.emplace_back("timezone", rest::timezone_setting(asked.prefer.timezone));
  set_search_path(settings, asked, transaction);
  set_app_settings(settings, transaction);
  db::Work work{.identity = std::move(transaction),
                .statements = {},
                .end = end_of(settings, asked),
                .shares = may_share(settings, *job.prepared)};
  if (!settings.pre_request.empty()) work.statements.push_back(call_of(settings.pre_request));
  work.statements.push_back(std::move(job.statements.main));
  if (job.statements.explain) work.statements.push_back(*std::move(job.statements.explain));
  // What would have been checked at the commit is checked before the rollback.
  if (work.end == db::End::rollback)
    work.statements.push_back(sql::statement("set constraints all immediate"));
  return work;
}

// What the database cannot know of its OpenAPI document: where the API is.
std::string openapi_base(const config::Settings& settings) {
  std::string_view url =
      settings.openapi_proxy_url.empty() ? settings.public_url : settings.openapi_proxy_url;
  const auto scheme_end = url.find("://");
  const std::string_view scheme =
      scheme_end == std::string_view::npos ? "http" : url.substr(0, scheme_end);
  if (scheme_end != std::string_view::npos) url.remove_prefix(scheme_end + 3);
  const auto slash = std::min(url.find('/'), url.size());
  const bool is_proxy = !settings.openapi_proxy_url.empty();
  json::Writer w;
  w.object().field("swagger", "2.0").field("host", url.substr(0, slash));
  w.field("basePath", is_proxy ? (slash == url.size() ? "/" : url.substr(slash)) : prefix);
  w.key("schemes").array().value(scheme).end_array();
  if (settings.openapi_security)
    w.raw_field(
         "securityDefinitions",
         R"({"JWT":{"description":"Add the token prepending \"Bearer \" (without quotes) to it","in":"header","name":"Authorization","type":"apiKey"}})")
        .raw_field("security", R"([{"JWT":[]}])");
  w.end_object();
  return std::move(w).take();
}

db::Work openapi_work(const config::Settings& settings, db::Identity transaction,
                      const rest::Request& asked) {
  transaction.read_only = true;
  db::Work work{.identity = std::move(transaction), .statements = {}};
  if (!settings.pre_request.empty()) work.statements.push_back(call_of(settings.pre_request));
  const bool follows = settings.openapi_mode == "follow-privileges";
  work.statements.push_back(sql::statement(
      queries::openapi, {asked.schema, follows ? "true" : "false", openapi_base(settings)}));
  return work;
}

// A write that was undone for its number of rows says so with a cast that failed.
Error undone(Error error, const rest::Request& asked) {
  const auto rows = render::exceeding_rows(error.code, error.message);
  if (!rows) return error;
  const auto& most = asked.prefer.max_affected;
  return most && *rows > *most ? rest::errors::max_affected(*rows)
                               : rest::errors::not_single(*rows);
}

// The phases of one request for the Server-Timing header (W3C Server Timing), in milliseconds:
// jwt, plan (what the request says, too), transaction, response.
class Phases {
 public:
  explicit Phases(bool wanted) : wanted_(wanted) {
    if (wanted_) last_ = std::chrono::steady_clock::now();
  }
  void end(std::string_view name) {
    if (!wanted_) return;
    const auto now = std::chrono::steady_clock::now();
    const auto microseconds =
        std::chrono::duration_cast<std::chrono::microseconds>(now - last_).count();
    const std::string rest = std::to_string(microseconds % 1000);
    text_ +=
        text::cat(text_.empty() ? "" : ", ", name, ";dur=", std::to_string(microseconds / 1000),
                  ".", std::string(3 - rest.size(), '0'), rest);
    last_ = now;
  }
  void tell(http::Response& response) const {
    if (wanted_) response.headers.set("Server-Timing", text_);
  }

 private:
  bool wanted_;
  std::chrono::steady_clock::time_point last_;
  std::string text_;
};

loop::Task<Result<http::Response>> answer(Context& context, const Identity& identity,
                                          http::Request request, Phases& phases) {
  const auto snapshot = context.catalog.load();
  if (!snapshot)
    co_return fail(Kind::unavailable, "PGRST002",
                   "Could not query the database for the schema cache. Retrying.");
  db::Identity transaction = transaction_of(identity, request);
  const rest::Dialect dialect = dialect_of(context.settings);
  if (request.method == http::Method::options) {
    CO_TRY(const rest::Request asked, rest::parse(std::move(request), prefix, dialect));
    CO_TRY(const std::string allowed, rest::allowed_methods(*snapshot, asked));
    co_return rest::respond_options(allowed);
  }
  CO_TRY(Job job, context.plans->job_of(snapshot, std::move(request), dialect));
  const Prepared& done = *job.prepared;
  phases.end("plan");
  db::Work work = done.asked.is_root
                      ? openapi_work(context.settings, std::move(transaction), done.asked)
                      : work_of(context.settings, *snapshot, std::move(transaction), job);
  auto results = co_await context.pool.run(std::move(work));
  phases.end("transaction");
  if (!results) co_return fail(undone(std::move(results).error(), done.asked));
  const auto rows = std::span(*results).subspan(main_index(context.settings));
  if (done.asked.is_root)
    co_return rest::respond_openapi(done.asked, http::Body(rows[0].keeper(), rows[0].text(0, 0)));
  rest::Outcome outcome = outcome_of(done.plan, rows);
  outcome.canonical_query = std::move(job.canonical_query);
  co_return rest::respond(done.asked, done.plan, std::move(outcome));
}

}  // namespace

Answer rest(Context& context, http::Request request) {
  const config::Settings& settings = context.settings;
  Phases phases(settings.server_timing);
  const auto identity = identify(context, request);
  if (!identity) co_return rest_error(identity.error());
  phases.end("jwt");
  const std::string trace(settings.trace_header.empty()
                              ? std::string_view{}
                              : request.headers.value_or(settings.trace_header, {}));
  auto made = co_await answer(context, *identity, std::move(request), phases);
  http::Response response =
      made ? *std::move(made)
           : rest::errors::to_response(
                 std::move(made).error(), identity->db_role == settings.anon_role,
                 settings.error_verbosity == "minimal" ? rest::errors::Verbosity::minimal
                                                       : rest::errors::Verbosity::verbose);
  phases.end("response");
  phases.tell(response);
  if (!trace.empty()) response.headers.set(settings.trace_header, trace);
  co_return response;
}

}  // namespace flash::api
