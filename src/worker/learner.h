// The learner's process: flash-learn, started for one training, waited for on a thread of its own.
#pragma once
#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "base/result.h"

namespace flash::worker {

class Learner {
 public:
  explicit Learner(std::filesystem::path program) : program_(std::move(program)) {}
  ~Learner();  // kills what is running and waits for its end
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  [[nodiscard]] bool busy() const { return busy_; }
  // `ended` is called on the learner's thread with "" or the reason why it ended badly. The program
  // gets no environment but what it needs; the conninfo goes through a pipe, where nobody sees it.
  // Errors: unavailable "learner_missing", "learner_busy"; internal "learner_start".
  Result<void> start(const std::string& conninfo, const std::string& run,
                     std::function<void(std::string)> ended);

 private:
  void wait(pid_t child, std::function<void(std::string)> ended);

  const std::filesystem::path program_;
  std::atomic<bool> busy_ = false;
  std::atomic<pid_t> child_ = 0;
  std::thread thread_;
};

// flash-learn in the directory of the running program.
std::filesystem::path learner_beside_us();

}  // namespace flash::worker
