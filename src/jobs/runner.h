// Runs the jobs of flash.jobs: claims what is due, kind by kind, and writes down how it ended.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "db/pool.h"
#include "jobs/attempt.h"
#include "loop/core.h"
#include "metrics/metrics.h"

namespace flash::jobs {

struct RunnerOptions {
  std::string node;  // tells this server from the others on the database; at most 120 characters
  std::chrono::seconds lease{30};               // how long a job rests when its node dies
  std::chrono::milliseconds beat_every{2'000};  // progress, cancellation and leases of what runs
};

// Several may run, also in several processes: a job is one runner's at a time. Who wants work done
// calls flash.enqueue_job() in the transaction that makes the work necessary.
class Runner {
 public:
  Runner(loop::Core& core, db::Pool& pool, metrics::Set& metrics, RunnerOptions options,
         std::vector<JobKind> kinds);
  ~Runner();  // nothing is claimed any more; runs are told to stop, their ends are not written
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  void start();
  void wake();  // looks now; on its core only
  // Claims no more, tells what runs to stop, waits for it as long as said and gives the rest back
  // to the queue, where another node finds it. Then calls `stopped`, on its core. On its core only.
  void stop(std::chrono::milliseconds wait, std::function<void()> stopped);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::jobs
