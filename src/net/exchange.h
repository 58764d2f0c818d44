// What an endpoint gets and gives: one request, exactly one reply or one upgrade.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace flash::net {

class WebSocket;

// What a WebSocket calls back, always on its own core.
struct SocketEvents {
  std::function<void(std::string_view payload, bool binary)> message;
  std::function<void(std::string_view payload)> pong;
  std::function<void()> closed;  // once, last; the WebSocket is gone after it
};

// Valid until `closed` was called. Frames are built once (net/frame.h) and shared by all receivers.
class WebSocket {
 public:
  virtual ~WebSocket() = default;
  virtual void send(std::shared_ptr<const std::string> frame) = 0;
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
};

// Lives until reply() or upgrade(); both from its core, once, now or later.
class Exchange {
 public:
  http::Request request;

  virtual void reply(http::Response response) = 0;
  // Answers 101 and gives the socket to `opened`, which says whom to call.
  virtual void upgrade(std::function<SocketEvents(WebSocket&)> opened) = 0;

 protected:
  ~Exchange() = default;
};

using Handler = std::function<void(Exchange&)>;

}  // namespace flash::net
