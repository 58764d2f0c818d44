// The text of HTTP that a session needs beside the head's parser: ids, addresses, answers as bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/response.h"

namespace flash::net {

// Its X-Request-Id when that is harmless, so that a trace runs through, or a new one.
void give_id(http::Request& request);
// The caller's address: behind a trusted proxy the last X-Forwarded-For item that is no trusted
// proxy.
std::string peer_of(const http::Request& request, const std::string& peer,
                    const std::vector<std::string>& trusted_proxies);
// Status line and fields up to the empty line. `date` is a whole field line.
void append_head(std::string& out, const http::Response& response, std::string_view date,
                 std::string_view id, bool keep_alive, bool http11);
// A piece as a chunk (RFC 9112 section 7.1); an empty one is the end.
std::string chunk_of(std::string_view piece);
bool has_body(unsigned status);  // false: 1xx, 204, 304 (RFC 9110 section 6.4.1)
http::Response simple_response(unsigned status, std::string_view code, std::string_view message);
// The Sec-WebSocket-Accept of a valid handshake (RFC 6455 section 4.2.2); nullopt: not one.
std::optional<std::string> websocket_accept(const http::Request& request);
std::string switching_protocols(std::string_view accept);

}  // namespace flash::net
