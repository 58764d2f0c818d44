#include <utility>
#include <vector>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "render/render.h"
#include "rest/errors.h"
#include "rest/query.h"
#include "rest/respond.h"
#include "rest/to_plan.h"
#include "sql/fragment.h"

namespace flash::api {
namespace {

constexpr std::string_view prefix = "/rest/v1";

rest::Outcome outcome_of(const std::vector<db::Rows>& results) {
  const db::Rows& row = results.front();
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
  if (results.size() > 1) out.explain = results[1].text(0, 0);
  return out;
}

db::Work work_of(db::Identity transaction, const rest::Request& asked, const plan::Plan& plan) {
  transaction.read_only = rest::is_read_only(asked, plan);
  if (!asked.prefer.timezone.empty())
    transaction.settings.emplace_back("timezone", asked.prefer.timezone);
  // What functions and operators of another schema name without it is found there, then in public.
  if (asked.schema != "public")
    transaction.settings.emplace_back(
        "search_path", sql::Fragment::ident(asked.schema).finish().text + ", public");
  render::Statements statements = render::render(plan);
  db::Work work{.identity = std::move(transaction), .statements = {}};
  work.statements.push_back(std::move(statements.main));
  if (statements.explain) work.statements.push_back(*std::move(statements.explain));
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

loop::Task<Result<http::Response>> answer(Context& context, const Identity& identity,
                                          http::Request request) {
  const auto snapshot = context.catalog.load();
  if (!snapshot)
    co_return fail(Kind::unavailable, "PGRST002",
                   "Could not query the database for the schema cache. Retrying.");
  db::Identity transaction = transaction_of(identity, request);
  CO_TRY(rest::Request asked, rest::parse(std::move(request), prefix, context.settings.schemas));
  if (asked.method == http::Method::options) {
    CO_TRY(const std::string allowed, rest::allowed_methods(*snapshot, asked));
    co_return rest::respond_options(allowed);
  }
  CO_TRY(const plan::Plan plan, rest::to_plan(*snapshot, asked, context.settings.rows_max));
  auto results = co_await context.pool.run(work_of(std::move(transaction), asked, plan));
  if (!results) co_return fail(undone(std::move(results).error(), asked));
  co_return rest::respond(asked, plan, outcome_of(*results));
}

}  // namespace

Answer rest(Context& context, http::Request request) {
  const auto identity = identify(context, request);
  if (!identity) co_return rest_error(identity.error());
  auto made = co_await answer(context, *identity, std::move(request));
  if (!made)
    co_return rest::errors::to_response(std::move(made).error(), identity->db_role == "anon");
  co_return *std::move(made);
}

}  // namespace flash::api
