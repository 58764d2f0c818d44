// Work that looks by itself what is due: when woken, at the moment it asked for, every ten seconds.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "loop/core.h"

namespace flash::jobs {

// No polling where the change stream runs: it wakes a beat with every commit that makes work, and
// PostgreSQL tells when the next work is due. The look every ten seconds finds what was told while
// the stream was away, or on a server that has none.
class Beat {
 public:
  static constexpr std::chrono::milliseconds rest{10'000};
  // Does all that is due and returns how long it may be left alone then; more than `rest` is cut,
  // and nothing or less means that somebody else holds what is due: a tenth of a second.
  using Look = std::function<loop::Task<Result<std::chrono::milliseconds>>()>;

  // `name` is for the log: a database that is away is told once, and looked for again after 1 s,
  // 2 s, 4 s ... 30 s.
  Beat(loop::Core& core, std::string name, Look look);
  ~Beat();  // no further look begins
  Beat(const Beat&) = delete;
  Beat& operator=(const Beat&) = delete;

  // What PostgreSQL said: milliseconds until the next work, null for none.
  static std::chrono::milliseconds wait_of(std::string_view in_ms);

  void start();
  void wake();  // on its core only; a look that is under way is followed by another

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::jobs
