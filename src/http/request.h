// A request as a value: method, target, headers, body. No socket.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "http/headers.h"

namespace flash::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };

constexpr std::string_view to_text(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: return "OTHER";
  }
  return "OTHER";
}

struct Request {
  Method method = Method::get;
  std::string target;  // as sent: path, then "?" and the query where there is one
  Headers headers;
  std::string body;
  std::string peer;  // the caller's address; a trusted proxy's X-Forwarded-For is resolved already
  std::string id;    // request id; goes into the log line and the X-Request-Id header
  bool secure = false;  // came over TLS

  [[nodiscard]] std::string_view path() const {
    return std::string_view(target).substr(0, target.find('?'));
  }
  [[nodiscard]] std::string_view query() const {  // without "?"; empty when there is none
    const auto at = target.find('?');
    return at == std::string::npos ? std::string_view{} : std::string_view(target).substr(at + 1);
  }
};

}  // namespace flash::http
