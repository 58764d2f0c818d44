// /api/models: how models were trained and judged; training, cancelling, going back to one.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "api/queries.gen.h"
#include "base/ids.h"
#include "base/text.h"
#include "http/url.h"

namespace flash::api {
namespace {

// One document of one statement, as the caller; the database says who may.
loop::Task<Result<http::Response>> run(Context& context, http::Request request, unsigned status,
                                       sql::Statement statement) {
  CO_TRY(const auto caller, identify(context, request));
  if (caller.db_role != "flash_manager" && caller.db_role != "flash_admin")
    co_return fail(Kind::forbidden, "not_manager", "Managers and admins train and choose models.");
  db::Work work;
  work.identity = transaction_of(caller, request);
  work.statements.push_back(std::move(statement));
  const auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  const auto& last = rows->back();
  http::Response response = http::json_response(status, {});
  response.body = http::Body(last.keeper(), last.text(0, 0));
  response.headers.set("Cache-Control", "no-store");
  co_return response;
}

Answer answer(Context& context, http::Request request, unsigned status, sql::Statement statement) {
  auto response = co_await run(context, std::move(request), status, std::move(statement));
  co_return response ? *std::move(response) : lead_error(response.error());
}

// "/api/models/{id}/promote"
std::optional<std::string> id_in(const http::Request& request) {
  const auto segments = http::path_segments(request.path());
  if (!segments || segments->size() <= 2 || !ids::is_uuid((*segments)[2])) return std::nullopt;
  return (*segments)[2];
}

Error not_found() { return make_error(Kind::not_found, "not_found", "There is no such model."); }

}  // namespace

Answer models(Context& context, http::Request request) {
  return answer(context, std::move(request), 200, sql::statement(queries::models));
}

Answer train_models(Context& context, http::Request request) {
  return answer(context, std::move(request), 202, sql::statement(queries::train_models));
}

Answer promote_model(Context& context, http::Request request) {
  const auto id = id_in(request);
  if (!id) co_return lead_error(not_found());
  co_return co_await answer(context, std::move(request), 200,
                            sql::statement(queries::promote_model, {*id}));
}

Answer cancel_training(Context& context, http::Request request) {
  const auto segments = http::path_segments(request.path());
  const auto job = segments && segments->size() > 3 ? text::parse_int<std::int64_t>((*segments)[3])
                                                    : std::nullopt;
  if (!job) co_return lead_error(not_found());
  co_return co_await answer(context, std::move(request), 200,
                            sql::statement(queries::cancel_training, {std::to_string(*job)}));
}

}  // namespace flash::api
