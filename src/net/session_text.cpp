#include "net/session_text.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/text.h"

namespace flash::net {
namespace {

bool is_request_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
    return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_';
  });
}

bool has_token(std::optional<std::string> list, std::string_view token) {
  if (!list) return false;
  return std::ranges::any_of(http::comma_list(*list), [&](std::string_view item) {
    return text::equal_ignoring_case(item, token);
  });
}

}  // namespace

void give_id(http::Request& request) {
  const std::string_view given = request.headers.value_or("X-Request-Id", {});
  request.id = is_request_id(given) ? std::string(given) : ids::request_id();
}

std::string peer_of(const http::Request& request, const std::string& peer,
                    const std::vector<std::string>& trusted_proxies) {
  const auto trusted = [&](std::string_view address) {
    return std::ranges::find(trusted_proxies, address) != trusted_proxies.end();
  };
  if (trusted_proxies.empty() || !trusted(peer)) return peer;
  const auto forwarded = request.headers.joined("X-Forwarded-For");
  if (!forwarded) return peer;
  auto hops = http::comma_list(*forwarded);
  for (; !hops.empty(); hops.pop_back())
    if (!trusted(hops.back())) return std::string(text::clip_utf8(hops.back(), 64));
  return peer;
}

void append_head(std::string& out, const http::Response& response, std::string_view date,
                 std::string_view id, bool keep_alive, bool http11) {
  const auto field = [&](std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  };
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += http::reason_phrase(response.status);
  out += "\r\n";
  out += date;
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const auto [name, value] = response.headers.at(i);
    if (http::is_safe_value(name) && http::is_safe_value(value)) field(name, value);
  }
  if (!id.empty()) field("X-Request-Id", id);
  if (response.stream != nullptr) {
    if (http11) field("Transfer-Encoding", "chunked");
  } else if (has_body(response.status)) {
    field("Content-Length", std::to_string(response.body.bytes().size()));
  }
  if (!keep_alive) {
    out += "Connection: close\r\n";
  } else if (!http11) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

std::string chunk_of(std::string_view piece) {
  std::array<char, 16> size{};
  const auto end = std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16).ptr;
  return text::cat(std::string_view(size.data(), end), "\r\n", piece, "\r\n");
}

bool has_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

http::Response simple_response(unsigned status, std::string_view code, std::string_view message) {
  return http::json_response(status,
                             text::cat("{\"code\":\"", code, "\",\"message\":\"", message, "\"}"));
}

std::optional<std::string> websocket_accept(const http::Request& request) {
  const auto key = request.headers.find("Sec-WebSocket-Key");
  if (request.method != http::Method::get || !key ||
      request.headers.value_or("Sec-WebSocket-Version", {}) != "13" ||
      !has_token(request.headers.joined("Upgrade"), "websocket") ||
      !has_token(request.headers.joined("Connection"), "upgrade"))
    return std::nullopt;
  const auto decoded = bytes::from_base64(*key);
  if (!decoded || decoded->size() != 16) return std::nullopt;
  const std::string joined = text::cat(*key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(joined.data(), joined.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    return std::nullopt;
  return bytes::to_base64(std::string(digest.begin(), digest.begin() + size));
}

std::string switching_protocols(std::string_view accept) {
  return text::cat(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: ",
      accept, "\r\n\r\n");
}

}  // namespace flash::net
