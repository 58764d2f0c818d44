// What happens to leads because time passes: first responses that are late, leads put by until a
// date.
#pragma once
#include <memory>

#include "base/result.h"
#include "db/pool.h"
#include "jobs/beat.h"
#include "loop/core.h"

namespace flash::worker {

// The clocks are rows (flash.sla_clock), the deeds are SQL (database/programs/40_jobs/timers.sql);
// this sleeps until the next one. Several may run: a clock is one server's at a time.
class Timers {
 public:
  Timers(loop::Core& core, db::Pool& pool);
  ~Timers();
  Timers(const Timers&) = delete;
  Timers& operator=(const Timers&) = delete;

  void start();
  void wake();  // on its core only

 private:
  struct State;
  std::shared_ptr<State> state_;
  jobs::Beat beat_;
};

}  // namespace flash::worker
