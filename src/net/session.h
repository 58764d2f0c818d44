// One connection of a listener: requests in, replies out, then perhaps a WebSocket.
#pragma once
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <list>
#include <memory>
#include <string>

#include "loop/core.h"
#include "net/exchange.h"
#include "net/listener.h"

namespace flash::net {

using Tcp = boost::asio::ip::tcp;
using TcpSocket = boost::asio::basic_stream_socket<Tcp, loop::Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What the listener holds of a session, plain or TLS.
class Session {
 public:
  virtual ~Session() = default;
  virtual void start() = 0;
  virtual void sweep(SteadyTime now) = 0;  // closes what is past its deadline
  virtual void drain() = 0;                // ends when the running request has ended
};

// What a session needs of its listener.
struct SessionHost {
  const ListenerOptions& options;
  const Handler& handler;
  Counts& counts;
  const std::string& date;  // "Date: …\r\n", renewed with `now`
  const SteadyTime&
      now;  // renewed twice a second: deadlines need no better, and reading a clock costs
  std::function<void(std::list<std::unique_ptr<Session>>::iterator)> gone;
  bool draining = false;
};

std::unique_ptr<Session> make_session(SessionHost& host, TcpSocket socket, std::string peer,
                                      std::list<std::unique_ptr<Session>>::iterator place);

}  // namespace flash::net
