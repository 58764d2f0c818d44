// Readiness of one core's sockets, by an epoll of their own inside the core's loop: the loop's own
// sockets try a read that is bound to fail before every wait, a sixth of a tiny request.
#pragma once
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <memory>
#include <vector>

#include "loop/core.h"

namespace flash::loop {

// Told when its socket may be read or written again.
class Watched {
 public:
  // `hung_up`: the peer sends no more; what it sent before may still be read.
  virtual void on_ready(bool hung_up) = 0;
  // Asked for by at_round_end(): every socket that was ready has been served.
  virtual void on_round_end() {}

 protected:
  ~Watched() = default;
};

class Poller {
 public:
  explicit Poller(loop::Core& core);

  // Edge-triggered, both directions, from now until the descriptor is closed: after on_ready() read
  // until a read is short and write until a write is. `who` must stay while a round of calls runs;
  // destroy it in a handler of its own. False: the system refuses to watch it.
  bool watch(int descriptor, Watched& who);

  // Calls who's on_round_end() once, when the round that runs is over; outside a round, soon. What
  // many callers write in one round leaves with one system call.
  void at_round_end(std::weak_ptr<Watched> who);

 private:
  void wait();
  void deliver();
  int deliver_ready();
  void end_round();

  boost::asio::posix::basic_stream_descriptor<loop::Executor> epoll_;
  loop::Executor executor_;
  std::vector<std::weak_ptr<Watched>> enders_, ending_;
  bool waiting_ = false;
  bool in_round_ = false;
};

}  // namespace flash::loop
