#include "net/wire.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <utility>

#include "base/text.h"

namespace flash::net {
namespace {

constexpr std::size_t pieces_max = 64;

Wire::Moved plain_result(ssize_t result, std::size_t wanted) {
  if (result >= 0) {
    const auto size = static_cast<std::size_t>(result);
    return {.size = size, .wait = size < wanted, .ended = false};
  }
  const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {.size = 0, .wait = later, .ended = !later};
}

std::string openssl_reason() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  return text.data();
}

}  // namespace

void Tls::Free::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

Result<std::shared_ptr<const Tls>> Tls::load(const std::string& cert, const std::string& key) {
  // OpenSSL writes to sockets with write(2): a peer that is gone must be an error, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  const auto refuse = [](const std::string& file) {
    return fail(Kind::invalid, "tls", text::cat("cannot read ", file, ": ", openssl_reason()));
  };
  auto out = std::make_shared<Tls>();
  out->context_.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* context = out->context_.get();
  if (context == nullptr) return refuse(cert);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_use_certificate_chain_file(context, cert.c_str()) != 1) return refuse(cert);
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1)
    return refuse(key);
  return out;
}

SSL* Tls::connection(int descriptor) const {
  SSL* ssl = SSL_new(context_.get());
  if (ssl == nullptr) return nullptr;
  SSL_set_fd(ssl, descriptor);
  SSL_set_accept_state(ssl);
  return ssl;
}

Wire::Wire(int descriptor, const Tls* tls)
    : descriptor_(descriptor), ssl_(tls == nullptr ? nullptr : tls->connection(descriptor)) {
  // Without memory for TLS the connection must not go on in the clear.
  if (tls != nullptr && ssl_ == nullptr) close();
}

Wire::~Wire() {
  close();
  SSL_free(ssl_);
}

Wire::Moved Wire::secure_failure(int result) {
  const int reason = SSL_get_error(ssl_, result);
  const bool later = reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
  return {.size = 0, .wait = later, .ended = !later};
}

Wire::Moved Wire::read(char* to, std::size_t size) {
  if (descriptor_ < 0) return {.ended = true};
  if (ssl_ == nullptr) {
    const ssize_t got = ::recv(descriptor_, to, size, 0);
    if (got == 0) return {.ended = true};
    return plain_result(got, size);
  }
  ERR_clear_error();
  const int got = SSL_read(ssl_, to, static_cast<int>(std::min<std::size_t>(size, INT_MAX)));
  // A record may end anywhere: only "want" says that nothing is left.
  if (got > 0) return {.size = static_cast<std::size_t>(got)};
  return secure_failure(got);
}

Wire::Moved Wire::write(std::span<const std::string_view> pieces) {
  if (descriptor_ < 0) return {.ended = true};
  if (ssl_ == nullptr) {
    // send() is faster than sendmsg() for the one buffer of most answers.
    if (pieces.size() == 1)
      return plain_result(::send(descriptor_, pieces[0].data(), pieces[0].size(), MSG_NOSIGNAL),
                          pieces[0].size());
    std::array<iovec, pieces_max> parts{};
    std::size_t count = 0, wanted = 0;
    for (const std::string_view piece : pieces.first(std::min(pieces.size(), pieces_max))) {
      parts[count++] = {const_cast<char*>(piece.data()), piece.size()};
      wanted += piece.size();
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    return plain_result(::sendmsg(descriptor_, &message, MSG_NOSIGNAL), wanted);
  }
  Moved all;
  for (std::string_view piece : pieces) {
    while (!piece.empty()) {
      ERR_clear_error();
      const int sent = SSL_write(ssl_, piece.data(),
                                 static_cast<int>(std::min<std::size_t>(piece.size(), INT_MAX)));
      if (sent <= 0) {
        const Moved failure = secure_failure(sent);
        return {.size = all.size, .wait = failure.wait, .ended = failure.ended};
      }
      all.size += static_cast<std::size_t>(sent);
      piece.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  return all;
}

void Wire::say_goodbye() {
  if (ssl_ == nullptr || SSL_is_init_finished(ssl_) != 1) return;
  ERR_clear_error();
  SSL_shutdown(ssl_);  // one try: a peer that does not read need not be told
}

void Wire::finish() {
  if (descriptor_ < 0) return;
  say_goodbye();
  ::shutdown(descriptor_, SHUT_WR);
}

void Wire::close() {
  if (descriptor_ < 0) return;
  say_goodbye();
  ::shutdown(descriptor_, SHUT_RDWR);
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace flash::net
