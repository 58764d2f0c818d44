// Accepts connections on one core: every core has its own socket on the same port (SO_REUSEPORT).
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "loop/core.h"
#include "net/exchange.h"

namespace flash::net {

class Tls;

struct ListenerOptions {
  std::string host;
  unsigned port = 0;  // 0: any free one; see Listener::port()
  std::size_t head_bytes_max = 32 * 1024;
  std::size_t body_bytes_max = 10 * 1024 * 1024;
  std::size_t socket_message_bytes_max = 5'000'000;
  std::size_t socket_queue_bytes_max = 4 * 1024 * 1024;  // a slower reader is closed with 1013
  std::size_t connections_max = 10'000;                  // of this core; more are closed at once
  std::chrono::milliseconds head_ms_max{10'000};
  std::chrono::milliseconds body_ms_max{30'000};
  std::chrono::milliseconds request_ms_max{30'000};
  std::chrono::milliseconds write_ms_max{30'000};
  std::chrono::milliseconds idle_ms_max{75'000};
  std::vector<std::string> trusted_proxies;
  std::shared_ptr<const Tls> tls;  // net/wire.h; null: plain HTTP
};

struct Counts {  // of one core, read by /metrics on that core
  std::size_t connections = 0, sockets = 0;
  std::uint64_t accepted = 0, refused = 0, requests = 0, bytes_sent = 0;
};

class Listener {
 public:
  // Errors: unavailable "listen" with the address and the system's reason.
  static Result<std::unique_ptr<Listener>> open(loop::Core& core, ListenerOptions options,
                                                Handler handler);
  ~Listener();

  [[nodiscard]] unsigned port() const;
  [[nodiscard]] const Counts& counts() const;
  // Stops accepting, closes what is idle, lets running requests end; calls `done` when none is left
  // or `within` has passed. On the listener's core.
  void drain(std::chrono::milliseconds within, std::function<void()> done);

  struct State;

 private:
  explicit Listener(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace flash::net
