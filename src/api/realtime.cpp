// /realtime/v1/websocket: who calls, which protocol version, then the socket belongs to its core's
// hub.
#include "api/realtime.h"

#include <optional>
#include <string>
#include <utility>

#include "api/doors.h"
#include "api/identity.h"
#include "http/url.h"
#include "json/write.h"
#include "net/exchange.h"
#include "realtime/service.h"

namespace flash::api {
namespace {

// The shape that Supabase's realtime server refuses handshakes with.
http::Response refusal(unsigned status, std::string_view message) {
  json::Writer body;
  body.object().field("error", message).end_object();
  return http::json_response(status, std::move(body).take());
}

// Clients may show the key in x-api-key here, besides what identify() knows.
std::optional<std::string> key_of(const http::Request& request) {
  if (auto credential = credential_of(request)) return std::move(credential->text);
  const auto header = request.headers.find("X-Api-Key");
  return header ? std::optional<std::string>(*header) : std::nullopt;
}

// Clients that name no version speak the first one, as with Phoenix.
std::optional<realtime::Version> version_of(const http::Request& request) {
  const auto query = http::parse_query(request.query());
  if (!query) return std::nullopt;
  const auto named = http::find(*query, "vsn");
  if (!named || named->starts_with("1.")) return realtime::Version::v1;
  return named->starts_with("2.") ? std::optional(realtime::Version::v2) : std::nullopt;
}

net::SocketEvents connect(realtime::Hub& hub, net::WebSocket& socket, realtime::Version version,
                          realtime::Caller caller, std::string token) {
  const realtime::SocketId id =
      hub.open({.send = [&socket](realtime::Frame frame) { socket.send(std::move(frame)); },
                .close = [&socket](std::uint16_t code,
                                   std::string_view reason) { socket.close(code, reason); }},
               version, std::move(caller), std::move(token));
  return {.message = [&hub, id](std::string_view payload,
                                bool binary) { hub.receive(id, payload, binary); },
          .pong = [](std::string_view) {},
          .closed = [&hub, id] { hub.closed(id); }};
}

}  // namespace

realtime::Caller caller_of(Identity identity) {
  std::optional<Instant> expires;
  if (identity.expires_at != 0) expires = Instant(std::chrono::seconds(identity.expires_at));
  return {std::move(identity.db_role), std::move(identity.claims), expires};
}

void realtime_socket(Context& context, net::Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return exchange.reply(refusal(400, "The protocol version (vsn) is not supported"));
  auto token = key_of(exchange.request);
  if (!token) return exchange.reply(refusal(401, "API key is missing"));
  auto identity = identify(context, *token);
  if (!identity) {
    const unsigned status = identity.error().kind == Kind::unavailable ? 503 : 401;
    return exchange.reply(refusal(status, realtime::sentence_of(identity.error())));
  }
  realtime::Hub& hub = context.realtime.hub(context.core);
  if (hub.full()) return exchange.reply(refusal(429, "Too many connected users"));
  exchange.upgrade([&hub, version, caller = caller_of(*std::move(identity)),
                    token = *std::move(token)](net::WebSocket& socket) {
    return connect(hub, socket, *version, caller, token);
  });
}

}  // namespace flash::api
