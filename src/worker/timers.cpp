#include "worker/timers.h"

#include <chrono>

#include "worker/queries.gen.h"

namespace flash::worker {
namespace {

constexpr const char* batch_max = "64";  // of each kind, in one transaction

}  // namespace

struct Timers::State {
  db::Pool& pool;
  bool closed = false;

  loop::Task<Result<std::chrono::milliseconds>> look() {
    for (;;) {
      if (closed) co_return jobs::Beat::rest;
      db::Work work;
      work.identity.role = "flash_worker";
      work.statements.push_back(sql::statement(queries::timers_ring, {batch_max}));
      const auto reply = co_await pool.run(std::move(work));
      if (!reply) co_return fail(reply.error());
      const std::string_view in_ms = reply->back().text(0, 0);
      // More than a batch was due, or another server holds some: again, but not without a breath.
      if (!in_ms.starts_with('-')) co_return jobs::Beat::wait_of(in_ms);
      co_await loop::sleep(std::chrono::milliseconds(20));
    }
  }
};

Timers::Timers(loop::Core& core, db::Pool& pool)
    : state_(std::make_shared<State>(pool)),
      beat_(core, "timers", [state = state_] -> loop::Task<Result<std::chrono::milliseconds>> {
        co_return co_await state->look();
      }) {}

Timers::~Timers() { state_->closed = true; }

void Timers::start() { beat_.start(); }
void Timers::wake() { beat_.wake(); }

}  // namespace flash::worker
