// One attempt at a job, as the function that does the work sees it; and a kind of job.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "loop/core.h"

namespace flash::jobs {

class Attempt {
 public:
  Attempt(std::string id, std::string kind, std::string key, std::string payload, int attempt);

  const std::string id;  // of flash.jobs
  const std::string kind;
  const std::string key;      // empty: none
  const std::string payload;  // a JSON object
  const int number;           // 1, 2 ...

  // How far it is, 0 to 100, and in words (cut at 200 characters). From any thread; written to the
  // row at the next beat, so it may be called as often as one likes.
  void progress(int percent, std::string_view words);
  // True: a person cancelled it, its time is over, or the server stops. Work that takes longer than
  // a second asks now and then, from any thread, and ends soon; what it returns is ignored.
  [[nodiscard]] bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

  struct Progress {
    int percent = 0;
    std::string words;
  };
  [[nodiscard]] Progress progress() const;
  void stop() { stopped_.store(true, std::memory_order_relaxed); }

 private:
  mutable std::mutex mutex_;  // progress comes from offloaded threads; contended once a beat
  Progress progress_;
  std::atomic<bool> stopped_ = false;
};

// Does the work on the runner's core; what is heavy goes through loop::offload. Returns a JSON
// object that is kept as the job's result; empty: none. Work may run twice (a node dies after it
// was done and before that was written), so it is such that doing it again does no harm. Errors of
// kind invalid, not_found, unsupported, unprocessable and unimplemented end the job as 'dead':
// trying again would not help. Any other is tried again, later and later.
using Work = std::function<loop::Task<Result<std::string>>(std::shared_ptr<Attempt>)>;

struct JobKind {
  std::string name;  // flash.jobs.kind
  Work work;
  unsigned at_once = 1;  // on this node; 1 to 1000
  std::chrono::seconds seconds_max{300};
};

}  // namespace flash::jobs
