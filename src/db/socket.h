// The socket of a connection that libpq opened and signed in, read and written past libpq: one read
// and one write serve many transactions, where libpq makes a call of each.
#pragma once
#include <openssl/types.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

struct pg_conn;

namespace flash::db {

class Socket {
 public:
  // Neither is owned: `connection` must stay, and libpq must not read or write it any more.
  explicit Socket(pg_conn* connection);

  [[nodiscard]] int descriptor() const { return descriptor_; }
  // A plain socket's short read means that nothing is left; TLS has to be asked until it gives 0.
  [[nodiscard]] bool is_secure() const { return ssl_ != nullptr; }
  // Bytes moved; 0: none for now; nullopt: the connection is gone.
  std::optional<std::size_t> read(std::span<char> to);
  std::optional<std::size_t> write(std::string_view bytes);

 private:
  std::optional<std::size_t> secure_outcome(int result);
  int descriptor_;
  ssl_st* ssl_;
};

}  // namespace flash::db
