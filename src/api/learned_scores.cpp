// /api/leads/{id}/score, /what-if and /recommendations: what the model in force says of a lead that
// the caller sees, and what to do next with it.
#include <chrono>
#include <memory>
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
#include "json/read.h"
#include "json/write.h"
#include "score/advice.h"
#include "score/answer.h"
#include "sql/array.h"
#include "worker/serving_model.h"

namespace flash::api {
namespace {

constexpr json::Limits body_limits{.bytes_max = 64 * 1024, .depth_max = 4};

http::Response document(std::string json) {
  auto response = http::json_response(200, std::move(json));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

// "/api/leads/{id}/score"
std::optional<std::string> id_in(const http::Request& request) {
  const auto segments = http::path_segments(request.path());
  if (!segments || segments->size() != 4 || !ids::is_uuid((*segments)[2])) return std::nullopt;
  return (*segments)[2];
}

struct Facts {
  db::Identity caller;
  json::Object document;  // of queries::lead_facts
  json::Object steps;     // of queries::lead_recommendations, where they were asked for
};

loop::Task<Result<Facts>> facts_of(Context& context, const http::Request& request,
                                   bool with_steps = false) {
  const auto id = id_in(request);
  if (!id) co_return fail(Kind::not_found, "not_found", "No such lead.");
  CO_TRY(const auto caller, identify(context, request));
  if (caller.db_role == "anon")
    co_return fail(Kind::unauthenticated, "sign_in_required", "Sign in to see leads.");
  Facts out{transaction_of(caller, request), {}, {}};
  db::Work work;
  work.identity = out.caller;
  if (with_steps) work.statements.push_back(sql::statement(queries::lead_recommendations, {*id}));
  work.statements.push_back(sql::statement(queries::lead_facts, {*id}));
  const auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  if (rows->back().size() != 1 || rows->front().size() != 1)
    co_return fail(Kind::not_found, "not_found", "No such lead.");
  CO_TRY(out.document, json::parse_object(rows->back().text(0, 0)));
  if (with_steps) {
    CO_TRY(out.steps, json::parse_object(rows->front().text(0, 0)));
  }
  co_return out;
}

// No model: the rules' points, which are no probability, and why there is none.
std::string rule_json(const json::Object& facts) {
  const auto& rule = json::object_or_empty(facts, "rule");
  json::Writer out;
  out.object().key("score");
  if (json::find(rule, "score") != nullptr) {
    out.value(json::int_or(rule, "score"));
  } else {
    out.null();
  }
  out.key("probability").null().field("stage", "rule");
  out.field("model_version", json::text_or(rule, "model", "points-v2"));
  out.field("reason", "No learned model is in force: the points are an order, not a chance.");
  const json::Value* factors = json::find(rule, "factors");
  out.raw_field("factors", factors != nullptr ? json::serialize(*factors) : "[]");
  out.key("levers").array().end_array();
  for (const char* key :
       {"interval80", "confidence", "horizons", "median_days", "expected_value", "historical"})
    out.key(key).null();
  out.key("recommendations").array().end_array().end_object();
  return std::move(out).take();
}

score::Asked asked_of(const json::Object& facts) {
  score::Asked out;
  out.age_days = json::number_or(facts, "age_days");
  if (json::find(facts, "amount") != nullptr) out.amount = json::number_or(facts, "amount");
  return out;
}

loop::Task<Result<std::string>> examples_for(Context& context, db::Identity caller,
                                             std::string lead, std::vector<std::string> ids) {
  db::Work work;
  work.identity = std::move(caller);
  work.statements.push_back(
      sql::statement(queries::lead_examples, {std::move(lead), sql::array_literal(ids)}));
  const auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  co_return std::string(rows->back().text(0, 0));
}

loop::Task<Result<http::Response>> say(Context& context, http::Request request) {
  CO_TRY(const Facts facts, co_await facts_of(context, request));
  const auto serving = context.model != nullptr ? context.model->load() : nullptr;
  if (!serving) co_return document(rule_json(facts.document));
  const auto& features = json::object_or_empty(facts.document, "features");
  const auto answer = score::answer(serving->model, features, asked_of(facts.document));
  CO_TRY(const std::string examples,
         co_await examples_for(context, facts.caller, *id_in(request), score::example_ids(answer)));
  co_return document(score::answer_json(serving->model, answer, features,
                                        {.model_version = serving->sha256,
                                         .examples = examples,
                                         .currency = json::text_or(facts.document, "currency"),
                                         .computed_at = SystemClock().now()}));
}

loop::Task<Result<http::Response>> advise(Context& context, http::Request request) {
  CO_TRY(const Facts facts, co_await facts_of(context, request, true));
  const auto serving = context.model != nullptr ? context.model->load() : nullptr;
  co_return document(score::advice_json(
      {.steps = facts.steps,
       .features = json::object_or_empty(facts.document, "features"),
       .model = serving ? &serving->model : nullptr,
       .model_version = serving ? std::string_view(serving->sha256) : std::string_view()}));
}

// The changes of a what-if must be facts that the model knows, of the type it knows.
Result<void> apply(const score::Schema& schema, const json::Object& changes,
                   json::Object& features) {
  for (const auto& [key, value] : changes) {
    const std::string_view name(key);
    const score::Field* field = schema.find(name);
    if (field == nullptr)
      return fail(Kind::invalid, "unknown_feature",
                  text::cat("The model knows no fact '", text::clip_utf8(name, 60), "'."));
    const bool number = value.is_number() || value.is_bool();
    const bool good =
        value.is_null() ||
        (field->type == score::FieldType::number ? number : number || value.is_string());
    if (!good)
      return fail(Kind::invalid, "feature_type",
                  text::cat(field->label, " takes ",
                            field->type == score::FieldType::number ? "a number." : "a word."));
    features[name] = value;
  }
  return {};
}

loop::Task<Result<http::Response>> suppose(Context& context, http::Request request) {
  CO_TRY(const auto body, json::parse_object(request.body, body_limits));
  CO_TRY(const Facts facts, co_await facts_of(context, request));
  const auto serving = context.model != nullptr ? context.model->load() : nullptr;
  if (!serving) co_return fail(Kind::conflict, "no_model", "No learned model is in force to ask.");
  json::Object features = json::object_or_empty(facts.document, "features");
  std::vector<float> columns(serving->model.schema().columns);
  score::encode(serving->model.schema(), features, columns);
  const double before = serving->model.probability(columns);
  CO_TRY_DONE(apply(serving->model.schema(), json::object_or_empty(body, "features"), features));
  const auto answer = score::answer(serving->model, features, asked_of(facts.document));
  std::string json = score::answer_json(serving->model, answer, features,
                                        {.model_version = serving->sha256,
                                         .currency = json::text_or(facts.document, "currency"),
                                         .computed_at = SystemClock().now()});
  // Beside the answer, what it is compared with.
  json::Writer out;
  out.object().field("before", before).field("change_pp", 100 * (answer.probability - before));
  out.raw_field("after", json).end_object();
  co_return document(std::move(out).take());
}

}  // namespace

Answer lead_score(Context& context, http::Request request) {
  auto response = co_await say(context, std::move(request));
  co_return response ? *std::move(response) : lead_error(response.error());
}

Answer lead_recommendations(Context& context, http::Request request) {
  auto response = co_await advise(context, std::move(request));
  co_return response ? *std::move(response) : lead_error(response.error());
}

Answer lead_what_if(Context& context, http::Request request) {
  auto response = co_await suppose(context, std::move(request));
  co_return response ? *std::move(response) : lead_error(response.error());
}

}  // namespace flash::api
