// One connection of a listener: requests in, replies out, then perhaps a WebSocket.
#pragma once
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "loop/core.h"
#include "loop/poller.h"
#include "net/exchange.h"
#include "net/listener.h"

namespace flash::net {

using SteadyTime = std::chrono::steady_clock::time_point;

// What the listener holds of a session.
class Session {
 public:
  virtual ~Session() = default;
  virtual void start() = 0;
  virtual void sweep(SteadyTime now) = 0;  // closes what is past its deadline
  virtual void drain() = 0;                // ends when the running request has ended
};

// What a session needs of its listener. Buffers are shared by all sessions of a core, so that an
// idle connection costs none; each is used within one call only.
struct SessionHost {
  loop::Core& core;
  const ListenerOptions& options;
  const Handler& handler;
  Counts& counts;
  const std::string& date;  // "Date: …\r\n", renewed with `now`
  const SteadyTime&
      now;  // renewed twice a second: deadlines need no better, and reading a clock costs
  std::function<void(std::list<std::unique_ptr<Session>>::iterator)> gone;
  bool draining = false;
  std::vector<char> in;
  std::string out;
};

// Takes the descriptor of an accepted socket that does not block.
std::unique_ptr<Session> make_session(SessionHost& host, int descriptor, std::string peer,
                                      std::list<std::unique_ptr<Session>>::iterator place);

}  // namespace flash::net
