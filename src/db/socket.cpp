#include "db/socket.h"

#include <libpq-fe.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace flash::db {
namespace {

std::optional<std::size_t> outcome(ssize_t moved) {
  if (moved >= 0) return static_cast<std::size_t>(moved);
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return 0;
  return std::nullopt;
}

int bounded(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

Socket::Socket(pg_conn* connection)
    : descriptor_(PQsocket(connection)),
      ssl_(static_cast<ssl_st*>(PQsslStruct(connection, "OpenSSL"))) {}

std::optional<std::size_t> Socket::read(std::span<char> to) {
  if (ssl_ != nullptr) {
    ERR_clear_error();
    return secure_outcome(SSL_read(ssl_, to.data(), bounded(to.size())));
  }
  const ssize_t got = ::recv(descriptor_, to.data(), to.size(), 0);
  if (got == 0) return std::nullopt;  // the server closed it
  return outcome(got);
}

std::optional<std::size_t> Socket::write(std::string_view bytes) {
  if (ssl_ != nullptr) {
    ERR_clear_error();
    return secure_outcome(SSL_write(ssl_, bytes.data(), bounded(bytes.size())));
  }
  return outcome(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

std::optional<std::size_t> Socket::secure_outcome(int result) {
  if (result > 0) return static_cast<std::size_t>(result);
  const int why = SSL_get_error(ssl_, result);
  if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return 0;
  return std::nullopt;
}

}  // namespace flash::db
