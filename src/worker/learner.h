// The learner's process: flash-learn, started for one training and watched on a thread of its own.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "base/result.h"
#include "jobs/attempt.h"
#include "loop/core.h"

namespace flash::worker {

class Learner {
 public:
  Learner(loop::Core& core, std::filesystem::path program, std::string conninfo)
      : core_(core), program_(std::move(program)), conninfo_(std::move(conninfo)) {}
  ~Learner();  // kills what is running and waits for its end
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  // One training, from its start to its end; on the core only, one at a time. What the program says
  // of its progress becomes the attempt's; an attempt that shall stop kills it. Returns the id of
  // the new row of public.models. The program gets no environment but what it needs; the conninfo
  // goes through a pipe, where nobody sees it.
  // Errors: unsupported "learner_missing", which trying again does not mend; internal
  // "learner_start", "learner_failed"; canceled "canceled".
  loop::Task<Result<std::string>> run(std::shared_ptr<jobs::Attempt> attempt);

 private:
  loop::Core& core_;
  const std::filesystem::path program_;
  const std::string conninfo_;
  std::shared_ptr<std::atomic<bool>> closed_ = std::make_shared<std::atomic<bool>>(false);
  std::thread thread_;
};

// flash-learn in the directory of the running program.
std::filesystem::path learner_beside_us();

}  // namespace flash::worker
