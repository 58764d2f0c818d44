#include "worker/chore.h"

#include <chrono>

#include "worker/queries.gen.h"

namespace flash::worker {
namespace {

struct Round {
  const char* name;
  sql::Literal look;  // (most int) -> (in_ms bigint)
  const char* most;   // of each kind, in one transaction
};

Round round_of(Chore::What what) {
  if (what == Chore::What::timers) return {"timers", queries::timers_ring, "64"};
  return {"housework", queries::housework, "500"};
}

}  // namespace

struct Chore::State {
  db::Pool& pool;
  Round round;
  bool closed = false;

  loop::Task<Result<std::chrono::milliseconds>> look() {
    for (;;) {
      if (closed) co_return jobs::Beat::rest;
      db::Work work;
      work.identity.role = "flash_worker";
      work.statements.push_back(sql::statement(round.look, {round.most}));
      const auto reply = co_await pool.run(std::move(work));
      if (!reply) co_return fail(reply.error());
      const std::string_view in_ms = reply->back().text(0, 0);
      // More than a batch was due, or another server holds some: again, but not without a breath.
      if (!in_ms.starts_with('-')) co_return jobs::Beat::wait_of(in_ms);
      co_await loop::sleep(std::chrono::milliseconds(20));
    }
  }
};

Chore::Chore(loop::Core& core, db::Pool& pool, What what)
    : state_(std::make_shared<State>(pool, round_of(what))),
      beat_(core, state_->round.name,
            [state = state_] -> loop::Task<Result<std::chrono::milliseconds>> {
              co_return co_await state->look();
            }) {}

Chore::~Chore() { state_->closed = true; }

void Chore::start() { beat_.start(); }
void Chore::wake() { beat_.wake(); }

}  // namespace flash::worker
