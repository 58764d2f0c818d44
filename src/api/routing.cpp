// /api/routing/*: saving the rules of a territory, trying a draft of them; and one lead's decision
// made again.
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
#include "leads/rehearse.h"
#include "loop/offload.h"
#include "worker/intake.h"

namespace flash::api {
namespace {

constexpr json::Limits body_limits{.bytes_max = std::size_t{512} << 10U, .depth_max = 20};
// A hundred leads with everybody who was looked at; a bound for what is computed on a core.
constexpr json::Limits cases_limits{.bytes_max = std::size_t{8} << 20U, .depth_max = 20};
constexpr int leads_max = 100;

http::Response document(unsigned status, std::string json) {
  auto response = http::json_response(status, std::move(json));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

// 422 as the form's faults are told, with the place in the list of rules as a JSON Pointer.
http::Response refusal(const leads::ConditionFault& fault) {
  json::Writer out;
  out.object().field("code", "validation_failed").key("errors").array().object();
  out.field("field", fault.path).field("rule", fault.rule).field("message", fault.message);
  out.end_object().end_array().end_object();
  return document(422, std::move(out).take());
}

Result<db::Identity> manager(Context& context, const http::Request& request) {
  TRY(const auto caller, identify(context, request));
  if (caller.db_role != "flash_manager" && caller.db_role != "flash_admin")
    return fail(Kind::forbidden, "not_manager", "Managers and admins see and change the rules.");
  return transaction_of(caller, request);
}

struct Draft {
  db::Identity caller;
  json::Object body;
  std::optional<int> territory;  // none: everywhere
  std::expected<leads::Rules, leads::ConditionFault> rules;

  [[nodiscard]] std::optional<std::string> scope() const {
    return territory ? std::optional(std::to_string(*territory)) : std::nullopt;
  }
};

// {territory: id or null, rules: [...], version?}
Result<Draft> draft_in(Context& context, const http::Request& request) {
  TRY(auto caller, manager(context, request));
  TRY(auto body, json::parse_object(request.body, body_limits));
  TRY(const auto territory, json::read_optional_int(body, "territory"));
  const auto* rules = json::find(body, "rules");
  if (rules == nullptr || !rules->is_array() || territory.value_or(1) < 1 ||
      territory.value_or(1) > INT32_MAX)
    return fail(Kind::invalid, "json_field", "rules is a list, territory a number or null");
  auto checked = leads::draft_of(rules->get_array());
  std::optional<int> scope;
  if (territory) scope = static_cast<int>(*territory);
  return Draft{std::move(caller), std::move(body), scope, std::move(checked)};
}

loop::Task<Result<json::Value>> read(Context& context, db::Identity caller,
                                     sql::Statement statement) {
  db::Work work;
  work.identity = std::move(caller);
  work.statements.push_back(std::move(statement));
  const auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  if (rows->back().size() != 1) co_return json::Value{};
  co_return json::parse(rows->back().text(0, 0), cases_limits);
}

// The rules as they were when `document` was read, or newer.
loop::Task<Result<std::shared_ptr<const leads::Places>>> current(Context& context,
                                                                 const json::Object& document) {
  return context.intake.places(json::int_or(document, "places_version"));
}

loop::Task<Result<http::Response>> save(Context& context, http::Request request) {
  CO_TRY(auto draft, draft_in(context, request));
  CO_TRY(auto version, json::read_string(draft.body, "version"));
  if (!draft.rules) co_return refusal(draft.rules.error());
  std::string rules = "[";
  for (const auto& rule : *draft.rules) rules += (rules.size() > 1 ? "," : "") + rule->source;
  const auto scope = draft.scope();
  db::Work work;
  work.identity = std::move(draft.caller);
  work.statements.push_back(
      sql::statement(queries::save_routing_rules, {scope, rules + "]", std::move(version)}));
  const auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  co_return document(200, std::string(rows->back().text(0, 0)));
}

loop::Task<Result<http::Response>> dry_run(Context& context, http::Request request) {
  CO_TRY(auto draft, draft_in(context, request));
  if (!draft.rules) co_return refusal(draft.rules.error());
  const auto scope = draft.scope();
  CO_TRY(const auto cases,
         co_await read(context, std::move(draft.caller),
                       sql::statement(queries::routing_cases, {scope, std::to_string(leads_max)})));
  if (!cases.is_object()) co_return fail(Kind::internal, "routing_cases", "no list of leads");
  CO_TRY(const auto places, co_await current(context, cases.get_object()));
  // A hundred decisions, twice: beside the core, which has other requests to answer.
  std::string told = co_await loop::offload(
      [cases, places, at = draft.territory.value_or(0), rules = *draft.rules] {
        return leads::dry_run_json(json::array_or_empty(cases.get_object(), "leads"), *places, at,
                                   rules);
      });
  co_return document(200, std::move(told));
}

// "/api/leads/{id}/routing": whoever sees the lead sees how it was decided.
loop::Task<Result<http::Response>> replay(Context& context, http::Request request) {
  const auto segments = http::path_segments(request.path());
  if (!segments || segments->size() != 4 || !ids::is_uuid((*segments)[2]))
    co_return fail(Kind::not_found, "not_found", "No such lead.");
  CO_TRY(const auto caller, identify(context, request));
  if (caller.db_role == "anon")
    co_return fail(Kind::unauthenticated, "sign_in_required", "Sign in to see leads.");
  CO_TRY(const auto decision,
         co_await read(context, transaction_of(caller, request),
                       sql::statement(queries::routing_decision, {(*segments)[2]})));
  if (!decision.is_object())
    co_return fail(Kind::not_found, "not_found", "No decision of the rules is kept for this lead.");
  CO_TRY(const auto places, co_await current(context, decision.get_object()));
  CO_TRY(auto told, leads::replay_json(decision.get_object(), *places));
  co_return document(200, std::move(told));
}

template <class Work>
Answer answer(Context& context, http::Request request, Work work) {
  auto response = co_await work(context, std::move(request));
  co_return response ? *std::move(response) : lead_error(response.error());
}

}  // namespace

Answer routing_rules(Context& context, http::Request request) {
  return answer(context, std::move(request), save);
}

Answer routing_dry_run(Context& context, http::Request request) {
  return answer(context, std::move(request), dry_run);
}

Answer lead_routing(Context& context, http::Request request) {
  return answer(context, std::move(request), replay);
}

}  // namespace flash::api
