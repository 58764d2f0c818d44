// Leads that came by another door (REST, import, plain SQL), and leads whose facts changed: decided
// in batches.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "db/pool.h"
#include "jobs/beat.h"
#include "loop/core.h"

namespace flash::worker {

// Their rows wait in flash.jobs, written in the transaction that made them, so none is lost. A job
// that fails is tried again later and later, and rests as 'dead' in the end. Several may run, also
// in several processes.
class LateLeads {
 public:
  LateLeads(loop::Core& core, db::Pool& pool);
  ~LateLeads();  // stops; what is under way ends by itself
  LateLeads(const LateLeads&) = delete;
  LateLeads& operator=(const LateLeads&) = delete;

  void start();
  void wake();  // looks now; on its core only. The change stream tells of every new job.
  // Whether a job of this kind is for it; other kinds are for jobs::Runner.
  static bool does(std::string_view kind);
  // One round over all that is due now; returns how many jobs were taken.
  loop::Task<Result<std::size_t>> round();

 private:
  struct State;
  std::shared_ptr<State> state_;
  jobs::Beat beat_;
};

}  // namespace flash::worker
