#include "worker/ask.h"

#include <set>

#include "base/time.h"
#include "json/read.h"
#include "json/write.h"
#include "worker/queries.gen.h"

namespace flash::worker {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::seconds history_fresh{60};
constexpr json::Limits reply_limits{.bytes_max = std::size_t{64} << 20U, .depth_max = 16};

void add_item(json::Writer& out, const Asked& asked) {
  const auto& lead = asked.arrival.lead;
  out.object().field("n", asked.arrival.number).field("business_name", lead.business_name);
  out.field("country", lead.country).field("email", lead.email);
  if (asked.arrival.late) out.field("self", asked.arrival.id);
  out.key("phones").array();
  for (const auto& phone : lead.phones) out.value(phone.number);
  out.end_array();
  if (!asked.key.key.empty()) out.field("scope", asked.key.scope).field("key", asked.key.key);
  out.end_object();
}

}  // namespace

std::string context_request(const std::vector<Asked>& batch, std::string_view caller,
                            const leads::Places& places, bool with_history) {
  std::set<int> countries;
  json::Writer out;
  out.object().field("places_version", places.version()).field("history", with_history);
  if (!caller.empty()) out.field("caller", caller);
  out.key("items").array();
  for (const auto& asked : batch) {
    add_item(out, asked);
    countries.insert(places.country_of(leads::placed(asked.arrival, places).territory).id);
  }
  out.end_array().key("countries").array();
  for (const int id : countries) out.value(id);
  out.end_array().end_object();
  return std::move(out).take();
}

loop::Task<Result<void>> Memory::load(db::Pool& pool) {
  db::Work work;
  work.identity.role = "flash_intake";
  work.statements.push_back(sql::statement(queries::intake_places));
  const auto reply = co_await pool.run(std::move(work));
  if (!reply) co_return fail(reply.error());
  CO_TRY(auto parsed, leads::Places::parse(reply->back().text(0, 0)));
  places_ = std::make_shared<const leads::Places>(std::move(parsed));
  co_return Result<void>{};
}

bool Memory::wants_history() const {
  return !has_history_ || steady_clock::now() - history_at_ > history_fresh;
}

Result<std::optional<leads::Desk>> Memory::desk(const json::Object& reply) {
  if (places_ == nullptr || json::int_or(reply, "places_version") != places_->version())
    return std::optional<leads::Desk>{};
  if (json::find(reply, "history") != nullptr) {
    history_ = leads::History::parse(json::object_or_empty(reply, "history"));
    history_at_ = steady_clock::now();
    has_history_ = true;
  }
  TRY(auto desk, leads::Desk::parse(reply));
  desk.recall(history_);
  return std::optional(std::move(desk));
}

Result<json::Value> document_of(const Result<std::vector<db::Rows>>& reply) {
  if (!reply) return fail(reply.error());
  if (reply->empty() || reply->back().size() != 1)
    return fail(Kind::internal, "intake_reply",
                "the database answered something else than one document");
  return json::parse(reply->back().text(0, 0), reply_limits);
}

int year_of(std::int64_t microseconds) {
  const Instant at{Duration(microseconds)};
  return static_cast<int>(
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)).year());
}

std::int64_t now_microseconds() { return SystemClock().now().time_since_epoch().count(); }

}  // namespace flash::worker
