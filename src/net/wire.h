// A connected socket that does not block, plain or under TLS.
#pragma once
#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace flash::net {

// A certificate chain with its key; shared by all connections.
class Tls {
 public:
  // Two PEM files; TLS 1.2 and 1.3. Errors: invalid "tls" with OpenSSL's reason.
  static Result<std::shared_ptr<const Tls>> load(const std::string& cert, const std::string& key);
  [[nodiscard]] ssl_st* connection(int descriptor) const;  // null: out of memory

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  std::unique_ptr<ssl_ctx_st, Free> context_;
};

class Wire {
 public:
  // What a call moved. `wait`: nothing more for now, until the socket is ready again. `ended`: the
  // peer closed or the connection is broken.
  struct Moved {
    std::size_t size = 0;
    bool wait = false, ended = false;
  };

  Wire(int descriptor, const Tls* tls);  // takes the descriptor; null: plain
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool secure() const { return ssl_ != nullptr; }
  Moved read(char* to, std::size_t size);  // size > 0; the TLS handshake happens here
  Moved write(std::span<const std::string_view> pieces);  // at most 64 of them
  void finish();  // nothing more will be written; the peer may go on
  void close();   // safe to call twice

 private:
  Moved secure_failure(int result);
  void say_goodbye();

  int descriptor_;
  ssl_st* ssl_ = nullptr;
};

}  // namespace flash::net
