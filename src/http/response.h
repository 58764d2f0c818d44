// A response as a value: status, headers, body bytes that are owned or kept alive, never copied.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/headers.h"

namespace flash::http {

class Body {
 public:
  Body() = default;
  Body(std::string text) : text_(std::move(text)) {}  // NOLINT: implicit on purpose
  // Bytes that belong to `keeper` (a PGresult, an embedded file): sent without a copy.
  Body(std::shared_ptr<const void> keeper, std::string_view bytes)
      : keeper_(std::move(keeper)), bytes_(bytes), kept_(true) {}
  static Body of_static(std::string_view bytes) { return Body(nullptr, bytes); }

  [[nodiscard]] std::string_view bytes() const { return kept_ ? bytes_ : std::string_view(text_); }

 private:
  std::string text_;
  std::shared_ptr<const void> keeper_;
  std::string_view bytes_;
  bool kept_ = false;
};

// A body that is made while it is sent. Its owner drops it when the peer is gone.
class Stream {
 public:
  virtual ~Stream() = default;
  // Asks for the next piece; one question at a time. `got` is called once, later and on the same
  // core: with bytes, with nothing at the end, or with nullopt when it broke off, which cuts the
  // connection so that nobody takes a part for the whole.
  virtual void next(std::function<void(std::optional<std::string>)> got) = 0;
};

struct Response {
  unsigned status = 200;
  Headers headers;  // without Content-Length, Date, Connection: the session writes those
  Body body;
  std::shared_ptr<Stream> stream = nullptr;  // instead of the body
};

inline Response json_response(unsigned status, std::string body) {
  return Response{status, Headers{{"Content-Type", "application/json; charset=utf-8"}},
                  Body(std::move(body))};
}

std::string_view reason_phrase(unsigned status);  // RFC 9110 section 15; "Unknown" otherwise

}  // namespace flash::http
