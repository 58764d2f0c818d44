#include "worker/models.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"
#include "base/text.h"
#include "json/read.h"
#include "json/write.h"
#include "loop/offload.h"
#include "score/model_file.h"
#include "worker/ask.h"
#include "worker/learner.h"
#include "worker/queries.gen.h"
#include "worker/serving_model.h"

namespace flash::worker {
namespace {

constexpr std::chrono::milliseconds look_every{60'000};
constexpr std::size_t leads_at_once = 500;
constexpr int batches_max = 2'000;  // then others get their turn

// The items of flash.write_scores() for the leads of flash.claim_scores().
std::string score_items(const score::Model& model, const json::Array& leads) {
  std::vector<float> columns(model.schema().columns);
  json::Writer out;
  out.array();
  for (const auto& entry : leads) {
    const auto& lead = entry.as_object();
    score::encode(model.schema(), json::object_or_empty(lead, "features"), columns);
    const double probability = model.probability(columns);
    const auto interval = model.interval(columns, probability, model.similar(probability));
    out.object().field("id", json::text_or(lead, "id"));
    out.field("score", static_cast<int>(std::lround(100 * probability)));
    out.field("probability", probability).field("low", interval.low).field("high", interval.high);
    out.field("badge", score::to_text(model.badge(probability))).end_object();
  }
  out.end_array();
  return std::move(out).take();
}

db::Work as_worker(sql::Statement statement) {
  db::Work work;
  work.identity.role = "flash_worker";
  work.statements.push_back(std::move(statement));
  return work;
}

}  // namespace

struct Models::State : std::enable_shared_from_this<Models::State> {
  State(loop::Core& c, db::Pool& p, ModelSlot& s, ModelsOptions o)
      : core(c),
        pool(p),
        slot(s),
        options(std::move(o)),
        timer(c.executor()),
        learner(std::make_unique<Learner>(core, options.learner, options.conninfo)) {}

  loop::Core& core;
  db::Pool& pool;
  ModelSlot& slot;
  const ModelsOptions options;
  loop::Timer timer;
  std::unique_ptr<Learner> learner;
  std::string refused;  // the id of a model that could not be read: told once
  bool closed = false;
  bool awake = false;
  std::chrono::steady_clock::time_point queued_at{};  // when it was last asked what is due

  static loop::Task<void> run(std::shared_ptr<State> self);
  loop::Task<Result<std::size_t>> round();
  loop::Task<Result<void>> load();
  loop::Task<Result<void>> queue_work();
  loop::Task<Result<std::size_t>> score_batch(std::shared_ptr<const ServingModel> serving);
  static loop::Task<Result<std::string>> train(std::shared_ptr<State> self,
                                               std::shared_ptr<jobs::Attempt> attempt);
  static loop::Task<Result<std::string>> score_open_leads(std::shared_ptr<State> self,
                                                          std::shared_ptr<jobs::Attempt> attempt);
  loop::Task<Result<std::size_t>> score_missing(std::shared_ptr<const ServingModel> serving,
                                                std::shared_ptr<jobs::Attempt> attempt);
};

// The old model serves until the new one stands, and on if it cannot be read.
loop::Task<Result<void>> Models::State::load() {
  const auto found = co_await pool.run(as_worker(sql::statement(queries::model_in_force)));
  if (!found) co_return fail(found.error());
  const auto& row = found->back();
  if (row.size() == 0) {
    slot.store(nullptr);
    co_return Result<void>{};
  }
  const std::string id(row.text(0, 0)), sha256(row.text(0, 1));
  if (const auto now = slot.load(); (now && now->id == id) || refused == id)
    co_return Result<void>{};
  const auto file = co_await pool.run(as_worker(sql::statement(queries::model_file, {id})));
  if (!file) co_return fail(file.error());
  auto model = co_await loop::offload([hex = std::string(file->back().text(0, 0))] {
    return std::make_shared<Result<score::Model>>(
        score::read_model(bytes::from_hex(hex).value_or("")));
  });
  if (!*model) {
    refused = id;
    log::error("model_refused",
               {{"model", id}, {"code", model->error().code}, {"reason", model->error().message}});
    co_return Result<void>{};
  }
  slot.store(std::make_shared<const ServingModel>(id, sha256, std::move(model->value())));
  log::info("model_in_force", {{"model", id}, {"sha256", sha256}});
  co_return Result<void>{};
}

// Trainings that nobody asks for; where the learner is missing, their job says so.
loop::Task<Result<void>> Models::State::queue_work() {
  const auto now = std::chrono::steady_clock::now();
  if (now - queued_at < look_every) co_return Result<void>{};
  queued_at = now;
  const auto queued = co_await pool.run(as_worker(sql::statement(queries::queue_model_work)));
  if (!queued) co_return fail(queued.error());
  co_return Result<void>{};
}

loop::Task<Result<std::string>> Models::State::train(std::shared_ptr<State> self,
                                                     std::shared_ptr<jobs::Attempt> attempt) {
  CO_TRY(const std::string model, co_await self->learner->run(std::move(attempt)));
  json::Writer out;
  out.object().field("model", model).end_object();
  co_return std::move(out).take();
}

loop::Task<Result<std::string>> Models::State::score_open_leads(
    std::shared_ptr<State> self, std::shared_ptr<jobs::Attempt> attempt) {
  CO_TRY(const auto payload, json::parse_object(attempt->payload));
  const std::string wanted(json::text_or(payload, "model"));
  CO_TRY_DONE(co_await self->load());
  const auto serving = self->slot.load();
  if (self->refused == wanted)
    co_return fail(Kind::unprocessable, "model_refused", "this server cannot read the model");
  std::size_t scored = 0;
  if (serving && serving->id == wanted) {
    CO_TRY(scored, co_await self->score_missing(serving, std::move(attempt)));
  }
  json::Writer out;
  out.object().field("scored", scored).end_object();
  co_return std::move(out).take();
}

// Lead by lead in the order of their ids; one that is edited meanwhile is in the queue of
// score_batch(), which comes after.
loop::Task<Result<std::size_t>> Models::State::score_missing(
    std::shared_ptr<const ServingModel> serving, std::shared_ptr<jobs::Attempt> attempt) {
  const auto counted =
      co_await pool.run(as_worker(sql::statement(queries::scores_missing, {serving->id})));
  if (!counted) co_return fail(counted.error());
  const auto all = text::parse_int<std::size_t>(counted->back().text(0, 0)).value_or(0);
  std::string after = "00000000-0000-0000-0000-000000000000";
  std::size_t done = 0;
  for (;;) {
    attempt->progress(
        all == 0 ? 100 : static_cast<int>(std::min<std::size_t>(100 * done / all, 99)),
        text::cat(std::to_string(done), " of ", std::to_string(all)));
    if (closed || attempt->stopped())
      co_return fail(Kind::canceled, "canceled", "the scoring was stopped");
    if (const auto now = slot.load(); !now || now->id != serving->id) co_return done;
    const auto reply = co_await pool.run(as_worker(
        sql::statement(queries::scores_next, {serving->id, after, std::to_string(leads_at_once)})));
    CO_TRY(const auto leads, document_of(reply));
    if (!leads.is_array() || leads.get_array().empty()) co_return done;
    const auto& some = leads.get_array();
    const auto written = co_await pool.run(as_worker(
        sql::statement(queries::scores_write, {serving->id, score_items(serving->model, some)})));
    if (!written) co_return fail(written.error());
    done += some.size();
    after = json::text_or(some.back().as_object(), "id");
  }
}

// Taken, scored and written in one transaction: a crash leaves them in the queue.
loop::Task<Result<std::size_t>> Models::State::score_batch(
    std::shared_ptr<const ServingModel> serving) {
  db::Identity identity;
  identity.role = "flash_worker";
  CO_TRY(auto session, co_await pool.begin(std::move(identity)));
  std::vector<sql::Statement> claim;
  claim.push_back(sql::statement(queries::scores_claim, {std::to_string(leads_at_once)}));
  const auto reply = co_await session.run(std::move(claim));
  CO_TRY(const auto leads, document_of(reply));
  if (!leads.is_array()) co_return std::size_t{0};
  std::vector<sql::Statement> write;
  if (!leads.get_array().empty())
    write.push_back(sql::statement(queries::scores_write,
                                   {serving->id, score_items(serving->model, leads.get_array())}));
  const auto written = co_await session.commit(std::move(write));
  if (!written) co_return fail(written.error());
  co_return leads.get_array().size();
}

loop::Task<Result<std::size_t>> Models::State::round() {
  CO_TRY_DONE(co_await load());
  CO_TRY_DONE(co_await queue_work());
  std::size_t scored = 0;
  for (int batch = 0; batch < batches_max && !closed; ++batch) {
    const auto serving = slot.load();
    if (!serving) break;
    CO_TRY(const std::size_t count, co_await score_batch(serving));
    scored += count;
    if (count == 0) break;
  }
  co_return scored;
}

loop::Task<void> Models::State::run(std::shared_ptr<State> self) {
  bool told = false;
  while (!self->closed) {
    self->awake = false;
    const auto done = co_await self->round();
    if (!done && !told)
      log::warning("models_wait", {{"code", done.error().code}, {"message", done.error().message}});
    told = !done;
    if (self->closed || self->awake) continue;
    self->timer.expires_after(look_every);
    co_await self->timer.async_wait(loop::no_throw);
  }
}

Models::Models(loop::Core& core, db::Pool& pool, ModelSlot& slot, ModelsOptions options)
    : state_(std::make_shared<State>(core, pool, slot, std::move(options))) {}

Models::~Models() {
  state_->closed = true;
  state_->timer.cancel();
  state_->learner.reset();
}

void Models::start() { state_->core.spawn(State::run(state_)); }

void Models::wake() {
  state_->awake = true;
  state_->timer.cancel();
}

loop::Task<Result<std::size_t>> Models::round() {
  auto state = state_;
  co_return co_await state->round();
}

loop::Task<Result<std::string>> Models::train(std::shared_ptr<jobs::Attempt> attempt) {
  return State::train(state_, std::move(attempt));
}

loop::Task<Result<std::string>> Models::score_open_leads(std::shared_ptr<jobs::Attempt> attempt) {
  return State::score_open_leads(state_, std::move(attempt));
}

loop::Task<Result<std::string>> Models::watch(std::shared_ptr<jobs::Attempt>) {
  auto state = state_;
  const auto rows = co_await state->pool.run(as_worker(sql::statement(queries::watch_model)));
  if (!rows) co_return fail(rows.error());
  co_return text::cat(R"({"fields":)", rows->back().text(0, 0), "}");
}

}  // namespace flash::worker
