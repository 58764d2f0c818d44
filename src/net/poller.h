// Readiness of one core's sockets, by an epoll of their own inside the core's loop: the loop's own
// sockets try a read that is bound to fail before every wait, a sixth of a tiny request.
#pragma once
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include "loop/core.h"

namespace flash::net {

// Told when its socket may be read or written again.
class Watched {
 public:
  // `hung_up`: the peer sends no more; what it sent before may still be read.
  virtual void on_ready(bool hung_up) = 0;

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

 private:
  void wait();
  void deliver();

  boost::asio::posix::basic_stream_descriptor<loop::Executor> epoll_;
  bool waiting_ = false;
};

}  // namespace flash::net
