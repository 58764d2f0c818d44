// A blocking connection's notifications (LISTEN), awaited together with a wake-up from outside.
#pragma once
#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/blocking.h"

namespace flash::db {

// Wakes one waiting thread; may be called before it waits, and from any thread.
class Wake {
 public:
  Wake();
  ~Wake();
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;

  void ring();
  // Waits for a ring, taking all that came; false: `most` passed without one.
  bool wait(std::chrono::milliseconds most);

 private:
  friend Result<std::vector<std::string>> heard(Blocking&, Wake&, std::chrono::milliseconds);
  void take();
  int descriptor_;  // an eventfd
};

Result<void> listen(Blocking& connection, std::string_view channel);
// The payloads that came since the last call. Waits at most so long for one, or for a ring, which
// gives none. Error: unavailable "08006" when the connection is gone.
Result<std::vector<std::string>> heard(Blocking& connection, Wake& wake,
                                       std::chrono::milliseconds most);

}  // namespace flash::db
