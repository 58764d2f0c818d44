// THE table of what exists over HTTP, and the router that calls it.
#pragma once
#include <span>
#include <string_view>

#include "api/context.h"
#include "api/doors.h"
#include "http/cors.h"
#include "net/exchange.h"

namespace flash::api {

struct Route {
  // Exactly one is set: at once, as a coroutine, or with the socket itself.
  using Now = http::Response (*)(Context&, const http::Request&);
  using Later = Answer (*)(Context&, http::Request);
  using Socket = void (*)(Context&, net::Exchange&);

  std::string_view methods;  // "GET HEAD"; "*": all
  std::string_view path;  // a segment "{}" matches any one; an ending "/*" any rest, none included
  Now now = nullptr;
  Later later = nullptr;
  Socket socket = nullptr;
  std::size_t body_bytes_max = 0;  // 0: the server's own limit
};

std::span<const Route> routes();
bool matches(std::string_view pattern, std::string_view path);

class Router {
 public:
  explicit Router(Context& context);
  void handle(net::Exchange& exchange);

 private:
  struct Trace;
  static loop::Task<void> run(Router& self, const Route& route, net::Exchange& exchange);
  void finish(net::Exchange& exchange, http::Response response, const Trace& trace);

  Context& context_;
  http::CorsRules cors_;
};

}  // namespace flash::api
