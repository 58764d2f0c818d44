// Work that is SQL alone and comes round: what time does to leads, and keeping the database tidy.
#pragma once
#include <cstdint>
#include <memory>

#include "base/result.h"
#include "db/pool.h"
#include "jobs/beat.h"
#include "loop/core.h"

namespace flash::worker {

// Several servers may run the same: a clock is one server's at a time, the housework is one
// server's.
class Chore {
 public:
  enum class What : std::uint8_t {
    timers,     // late first responses, leads put by until a date (40_jobs/timers.sql)
    housework,  // words of the search, lists of indexes, what is over (40_jobs/housework.sql)
  };

  Chore(loop::Core& core, db::Pool& pool, What what);
  ~Chore();
  Chore(const Chore&) = delete;
  Chore& operator=(const Chore&) = delete;

  void start();
  void wake();  // on its core only

 private:
  struct State;
  std::shared_ptr<State> state_;
  jobs::Beat beat_;
};

}  // namespace flash::worker
