#include "worker/intake.h"

#include <boost/asio/async_result.hpp>

#include <deque>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/log.h"
#include "base/time.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/process.h"
#include "leads/validate.h"
#include "worker/ask.h"
#include "worker/queries.gen.h"
#include "worker/record.h"

namespace flash::worker {
namespace {

constexpr std::size_t waiting_max = 2048;
constexpr json::Limits body_limits{.bytes_max = 64 * 1024, .depth_max = 8};
constexpr int tries_max = 3;

std::string new_id() { return ids::uuid7(SystemClock().now()); }

Receipt refusal(unsigned status, std::string_view code, std::string_view message) {
  json::Writer out;
  out.object().field("code", code).field("message", message).end_object();
  return {status, std::move(out).take()};
}

Receipt refusal(const std::vector<leads::Fault>& faults) {
  json::Writer out;
  out.object().field("code", "validation_failed").key("errors").array();
  for (const auto& fault : faults)
    out.object()
        .field("field", fault.field)
        .field("rule", fault.rule)
        .field("message", fault.message)
        .end_object();
  out.end_array().end_object();
  return {422, std::move(out).take()};
}

// Another lead's fault or bad luck with another transaction: worth another try.
bool may_pass(const Error& error) {
  return error.code == "40001" || error.code == "40P01" || error.code == "23505";
}

// The connection is gone, or there was none: the lead is not to blame.
bool is_away(const Error& error) {
  return error.kind == Kind::unavailable || error.kind == Kind::timeout ||
         error.code.starts_with("08");
}

using Answer = Result<Receipt>;

// One lead on its way: from submit() into a batch and back.
struct Waiting {
  Submission submission;
  leads::Arrival arrival;
  AnswerKey key;
  std::move_only_function<void(Answer)> done;
};

using Group = std::vector<std::shared_ptr<Waiting>>;

Error busy() {
  return make_error(Kind::unavailable, "intake_busy", "too many leads at once; try again shortly");
}

// What an attempt came to: an answer a lead, in order; or "read the places again".
struct Outcome {
  bool stale = false;
  std::vector<Answer> answers;
};

}  // namespace

struct Intake::State : std::enable_shared_from_this<Intake::State> {
  State(loop::Core& c, db::Pool& p)
      : core(c), pool(p), loaded(c.executor(), std::chrono::steady_clock::time_point::max()) {}

  loop::Core& core;
  db::Pool& pool;
  Memory memory;
  loop::Timer loaded;  // cancelled, and so everybody woken, when a look at the places has ended
  bool loading = false;
  std::deque<std::shared_ptr<Waiting>> queue;
  bool running = false;
  struct Home {
    loop::Core* core;
    std::weak_ptr<State> state;
  };
  std::vector<Home> homes;  // where a country's leads are batched; empty: here

  loop::Task<Result<void>> ready();
  // Nullopt: it may queue. Otherwise the answer is ready.
  std::optional<Receipt> check(Waiting& one) const;
  void send_home(std::shared_ptr<Waiting> one);
  void enqueue(std::shared_ptr<Waiting> one);
  Group take();
  static loop::Task<void> run(std::shared_ptr<State> self);
  loop::Task<void> settle(Group group);
  loop::Task<Result<Outcome>> attempt(const Group& group);
  loop::Task<Result<Outcome>> write(const Group& group, db::Session session, leads::Desk desk,
                                    const json::Object& reply);
};

// The places are there. Thousands may ask at the first moment; one looks, the others wait for it.
loop::Task<Result<void>> Intake::State::ready() {
  while (memory.places() == nullptr) {
    if (loading) {
      co_await loaded.async_wait(loop::no_throw);
      if (memory.places() == nullptr && !loading)
        co_return fail(Kind::unavailable, "08006", "the database is not reachable");
      continue;
    }
    loading = true;
    const auto done = co_await memory.load(pool);
    loading = false;
    loaded.cancel();
    if (!done) co_return fail(done.error());
  }
  co_return Result<void>{};
}

std::optional<Receipt> Intake::State::check(Waiting& one) const {
  const auto& submission = one.submission;
  const auto object = json::parse_object(submission.body, body_limits);
  if (!object) return refusal(400, object.error().code, object.error().message);
  const bool anonymous = submission.channel == "public_form";
  auto checked = leads::validate(*object, *memory.places(),
                                 anonymous ? leads::Sender::anonymous : leads::Sender::person,
                                 year_of(now_microseconds()));
  if (!checked.faults.empty()) return refusal(checked.faults);
  one.arrival.lead = std::move(checked.lead);
  one.arrival.channel = submission.channel;
  one.arrival.caller = submission.caller;
  one.key = {anonymous                   ? "anon"
             : submission.caller.empty() ? "service"
                                         : submission.caller,
             submission.key, submission.body_hash};
  return std::nullopt;
}

// To the core that batches this lead's country; the answer comes back to this one.
void Intake::State::send_home(std::shared_ptr<Waiting> one) {
  if (homes.empty()) return enqueue(std::move(one));
  const auto& home = homes[std::hash<std::string>{}(one->arrival.lead.country) % homes.size()];
  if (home.core == &core) return enqueue(std::move(one));
  one->done = [done = std::make_shared<decltype(one->done)>(std::move(one->done)),
               &from = core](Answer answer) {
    from.post([done, answer = std::move(answer)] { (*done)(answer); });
  };
  home.core->post([state = home.state, one = std::move(one)] {
    if (const auto there = state.lock()) return there->enqueue(one);
    one->done(std::unexpected(busy()));
  });
}

void Intake::State::enqueue(std::shared_ptr<Waiting> one) {
  if (queue.size() >= waiting_max) return one->done(std::unexpected(busy()));
  queue.push_back(std::move(one));
  if (!std::exchange(running, true)) core.spawn(run(shared_from_this()));
}

// The next batch: leads of one caller, so that the transaction has one actor; a key only once.
Group Intake::State::take() {
  Group group;
  std::set<std::string> keys;
  for (auto at = queue.begin(); at != queue.end() && group.size() < batch_max;) {
    auto& one = **at;
    const bool same = group.empty() || (one.submission.claims == group.front()->submission.claims &&
                                        one.key.scope == group.front()->key.scope);
    if (same && (one.key.key.empty() || keys.insert(one.key.key).second)) {
      group.push_back(std::move(*at));
      at = queue.erase(at);
    } else {
      ++at;
    }
  }
  return group;
}

loop::Task<void> Intake::State::run(std::shared_ptr<State> self) {
  while (!self->queue.empty()) co_await self->settle(self->take());
  self->running = false;
}

// Gives every lead of the group its answer. A batch that fails is tried again lead by lead, so that
// one bad lead costs the others nothing but time.
loop::Task<void> Intake::State::settle(Group group) {
  Result<Outcome> result = fail(Kind::internal, "intake", "not tried");
  for (int tries = 0; tries < tries_max; ++tries) {
    result = co_await attempt(group);
    if (result && result->stale) {
      const auto again = co_await memory.load(pool);
      if (!again) {
        result = fail(again.error());
        break;
      }
      result = fail(Kind::unavailable, "places_changed", "the territories are changing; try again");
      continue;
    }
    if (result || group.size() > 1 || !may_pass(result.error())) break;
  }
  if (result) {
    for (std::size_t i = 0; i < group.size(); ++i) group[i]->done(std::move(result->answers[i]));
    co_return;
  }
  if (group.size() == 1 || is_away(result.error())) {
    log::warning("intake_failed", {{"code", result.error().code},
                                   {"message", result.error().message},
                                   {"leads", group.size()}});
    for (auto& one : group) one->done(fail(result.error()));
    co_return;
  }
  for (auto& one : group) co_await settle(Group{std::move(one)});
}

loop::Task<Result<Outcome>> Intake::State::attempt(const Group& group) {
  CO_TRY_DONE(co_await ready());  // leads of another core may come before any of this one
  const auto places = memory.places();
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < group.size(); ++i) {
    auto& one = *group[i];
    one.arrival.number = i;
    one.arrival.id = new_id();
    asked.push_back({one.arrival, one.key});
  }
  const auto& first = group.front()->submission;
  db::Identity identity;
  identity.role = "flash_intake";
  identity.settings = {{"request.jwt.claims", first.claims}};
  CO_TRY(auto session, co_await pool.begin(std::move(identity)));
  std::vector<sql::Statement> ask;
  ask.push_back(
      sql::statement(queries::intake_context,
                     {context_request(asked, first.caller, *places, memory.wants_history())}));
  const auto reply = co_await session.run(std::move(ask));
  CO_TRY(const auto document, document_of(reply));
  CO_TRY(auto desk, memory.desk(document.as_object()));
  if (!desk) co_return Outcome{.stale = true};
  co_return co_await write(group, std::move(session), *std::move(desk), document.as_object());
}

namespace {

// The answer given before under the same key, or that the key was used for something else.
Receipt answered(const json::Object& before, const Submission& submission) {
  if (json::text_or(before, "hash") != submission.body_hash)
    return refusal(422, "idempotency_mismatch",
                   "this Idempotency-Key was used for another submission");
  return Receipt{200, json::serialize(before.at("response"))};
}

}  // namespace

loop::Task<Result<Outcome>> Intake::State::write(const Group& group, db::Session session,
                                                 leads::Desk desk, const json::Object& reply) {
  const auto places = memory.places();
  Outcome out;
  out.answers.resize(group.size(), Answer(fail(Kind::internal, "intake", "no answer")));
  for (const auto& item : json::array_or_empty(reply, "answers")) {
    const auto n = static_cast<std::size_t>(json::int_or(item.as_object(), "n"));
    if (n < group.size()) out.answers[n] = answered(item.as_object(), group[n]->submission);
  }
  leads::Batch batch(*places, std::move(desk), new_id);
  Record record(new_id);
  std::size_t stored = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (out.answers[i]) continue;
    const auto decision = batch.decide(group[i]->arrival);
    if (!decision) {
      out.answers[i] = fail(decision.error());
      continue;
    }
    const auto links = batch.desk().links.find(i);
    record.add(group[i]->arrival, *decision,
               links == batch.desk().links.end() ? std::string{} : links->second.business_key,
               group[i]->key);
    ++stored;
  }
  if (stored == 0) co_return out;
  std::vector<sql::Statement> statements;
  statements.push_back(std::move(record).finish(batch.notices()).write());
  const auto written = co_await session.commit(std::move(statements));
  CO_TRY(const auto document, document_of(written));
  if (!document.is_array())
    co_return fail(Kind::internal, "intake_reply", "the database answered no list");
  for (const auto& item : document.get_array()) {
    const auto n = static_cast<std::size_t>(json::int_or(item.as_object(), "n"));
    if (n < group.size())
      out.answers[n] = Receipt{201, json::serialize(item.as_object().at("response"))};
  }
  co_return out;
}

Intake::Intake(loop::Core& core, db::Pool& pool, const config::Settings&)
    : state_(std::make_shared<State>(core, pool)) {}

Intake::~Intake() = default;

void Intake::share(const std::vector<Intake*>& all) {
  std::vector<State::Home> homes;
  for (const auto* one : all) homes.push_back({&one->state_->core, one->state_});
  for (const auto* one : all) one->state_->homes = homes;
}

loop::Task<Result<std::shared_ptr<const leads::Places>>> Intake::places(std::int64_t at_least) {
  auto state = state_;
  CO_TRY_DONE(co_await state->ready());
  if (state->memory.places()->version() < at_least)
    CO_TRY_DONE(co_await state->memory.load(state->pool));
  co_return state->memory.places();
}

loop::Task<Result<Receipt>> Intake::submit(Submission submission) {
  auto state = state_;
  CO_TRY_DONE(co_await state->ready());
  auto one = std::make_shared<Waiting>();
  one->submission = std::move(submission);
  if (auto ready = state->check(*one)) co_return *std::move(ready);
  co_return co_await loop::asio::async_initiate<const loop::asio::use_awaitable_t<loop::Executor>,
                                                void(Answer)>(
      [](auto handler, std::shared_ptr<State> s, std::shared_ptr<Waiting> waiting) {
        waiting->done = [handler = std::move(handler)](Answer answer) mutable {
          std::move(handler)(std::move(answer));
        };
        s->send_home(std::move(waiting));
      },
      loop::use_task, state, one);
}

}  // namespace flash::worker
