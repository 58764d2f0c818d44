#include "net/session.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstring>
#include <deque>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "base/text.h"
#include "net/frame.h"
#include "net/session_text.h"

namespace flash::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using ErrorCode = boost::system::error_code;
using TlsStream = asio::ssl::stream<TcpSocket>;
using Parser = beast::http::request_parser<beast::http::string_body>;

constexpr std::size_t buffer_bytes = 16 * 1024;
constexpr auto socket_ping_every = std::chrono::seconds(25);
constexpr auto socket_silence_max = std::chrono::seconds(60);

// Sizes in bytes of what one gathered write takes from the queue of a WebSocket.
constexpr std::size_t gather_max = 64;

template <class Stream>
class StreamSession final : public Session, public Exchange, public WebSocket {
 public:
  StreamSession(SessionHost& host, Stream stream, std::string peer,
                std::list<std::unique_ptr<Session>>::iterator place)
      : host_(host), stream_(std::move(stream)), peer_(std::move(peer)), place_(place) {}

  void start() override {
    set_deadline(host_.options.head_ms_max);
    if constexpr (tls) {
      ++pending_;
      stream_.async_handshake(asio::ssl::stream_base::server, [this](const ErrorCode& fault) {
        --pending_;
        if (fault) return end();
        begin_request();
        read();
      });
    } else {
      ErrorCode fault;
      stream_.non_blocking(true, fault);
      begin_request();
      read();
    }
  }

  void sweep(SteadyTime now) override {
    if (phase_ == Phase::socket) return sweep_socket(now);
    if (now < deadline_ || phase_ == Phase::ended) return;
    if (phase_ == Phase::handling) {
      abandoned_ = true;  // the handler's answer will be dropped: this one is in its place
      keep_alive_ = false;
      put(simple_response(504, "timeout", "the request took too long"));
      return;
    }
    if (phase_ == Phase::reading && received_any_) {
      keep_alive_ = false;
      put(simple_response(408, "timeout", "the request did not arrive in time"));
      return;
    }
    end();
  }

  void drain() override {
    if (phase_ == Phase::socket) return close(1001, "the server is going away");
    keep_alive_ = false;
    if (phase_ == Phase::reading && !received_any_) end();
  }

  // Exchange
  void reply(http::Response response) override {
    CHECK(in_handler_);
    in_handler_ = false;
    if (std::exchange(abandoned_, false)) return settle();
    if (phase_ == Phase::ended) return settle();
    put(std::move(response));
  }

  void upgrade(std::function<SocketEvents(WebSocket&)> opened) override {
    CHECK(in_handler_);
    in_handler_ = false;
    if (phase_ == Phase::ended || abandoned_) return settle();
    const auto accept = websocket_accept(request);
    if (!accept) {
      put(simple_response(426, "upgrade_required", "a WebSocket handshake was expected"));
      return;
    }
    phase_ = Phase::socket;
    ++host_.counts.sockets;
    frames_.emplace(host_.options.socket_message_bytes_max);
    queue(std::make_shared<const std::string>(switching_protocols(*accept)));
    heard_ = pinged_ = host_.now;
    events_ = opened(*this);
    if (phase_ == Phase::ended) return settle();
    if (used_ > 0) {
      frames_->feed({in_.data(), std::exchange(used_, 0)});
      if (!take_messages()) return;
    }
    if (!in_pump_) read();
  }

  // WebSocket
  void send(std::shared_ptr<const std::string> bytes) override {
    if (phase_ != Phase::socket || closing_) return;
    if (queued_ + bytes->size() > host_.options.socket_queue_bytes_max)
      return close(1013, "slow_consumer");
    queue(std::move(bytes));
  }

  void close(std::uint16_t code, std::string_view reason) override {
    if (phase_ != Phase::socket || std::exchange(closing_, true)) return;
    queue(std::make_shared<const std::string>(close_frame(code, reason)));
    set_deadline(std::chrono::seconds(5));
  }

  [[nodiscard]] std::size_t queued_bytes() const override { return queued_; }

 private:
  static constexpr bool tls = std::is_same_v<Stream, TlsStream>;
  enum class Phase : std::uint8_t { reading, handling, writing, socket, ended };

  TcpSocket& lowest() {
    if constexpr (tls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }

  void set_deadline(std::chrono::milliseconds from_now) { deadline_ = host_.now + from_now; }

  void begin_request() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(host_.options.head_bytes_max));
    parser_->body_limit(host_.options.body_bytes_max);
    parser_->eager(true);
    phase_ = Phase::reading;
    received_any_ = used_ > 0;
    head_done_ = false;
    set_deadline(received_any_ ? host_.options.head_ms_max : host_.options.idle_ms_max);
  }

  void read() {
    ++pending_;
    stream_.async_read_some(asio::buffer(in_.data() + used_, in_.size() - used_),
                            [this](const ErrorCode& fault, std::size_t size) {
                              --pending_;
                              if (fault || phase_ == Phase::ended) return end();
                              if (phase_ == Phase::socket) {
                                heard_ = host_.now;
                                frames_->feed({in_.data(), size});
                                if (take_messages()) read();
                                return;
                              }
                              if (!std::exchange(received_any_, true))
                                set_deadline(host_.options.head_ms_max);
                              used_ += size;
                              pump();
                            });
  }

  // Parses and handles what is in the buffer until bytes are missing or an answer is under way. A
  // loop and not a recursion: a client may send thousands of requests at once.
  void pump() {
    if (in_pump_) return;
    in_pump_ = true;
    while (phase_ == Phase::reading && used_ > 0 && parse()) {
    }
    in_pump_ = false;
    if (phase_ == Phase::reading) {
      read();
    } else if (phase_ == Phase::socket) {
      read();
    }
  }

  // False: more bytes are needed or the connection is no longer reading.
  bool parse() {
    ErrorCode fault;
    const std::size_t taken = parser_->put(asio::const_buffer(in_.data(), used_), fault);
    std::memmove(in_.data(), in_.data() + taken, used_ - taken);
    used_ -= taken;
    if (fault && fault != beast::http::error::need_more) return refuse(fault);
    if (!head_done_ && parser_->is_header_done()) {
      head_done_ = true;
      set_deadline(host_.options.body_ms_max);
      if (!parser_->is_done() &&
          text::equal_ignoring_case(std::string_view(parser_->get()[beast::http::field::expect]),
                                    "100-continue"))
        send_continue();
    }
    if (!parser_->is_done()) {
      if (taken == 0 && used_ == in_.size()) return refuse(beast::http::error::header_limit);
      return taken > 0 && used_ > 0;
    }
    handle();
    return phase_ == Phase::reading;
  }

  bool refuse(const ErrorCode& fault) {
    keep_alive_ = false;
    if (fault == beast::http::error::header_limit || fault == beast::http::error::buffer_overflow) {
      put(simple_response(431, "head_too_large", "the request's header fields are too large"));
    } else if (fault == beast::http::error::body_limit) {
      put(simple_response(413, "body_too_large", "the request's body is too large"));
    } else {
      put(simple_response(400, "malformed_request", "not a valid HTTP/1.1 request"));
    }
    return false;
  }

  void send_continue() {
    static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
    ++pending_;
    asio::async_write(stream_, asio::buffer(line.data(), line.size()),
                      [this](const ErrorCode& fault, std::size_t) {
                        --pending_;
                        if (fault) end();
                      });
  }

  void handle() {
    ++host_.counts.requests;
    auto& message = parser_->get();
    take_request(message, request);
    request.peer = peer_of(request, peer_, host_.options.trusted_proxies);
    request.secure = tls;
    http11_ = message.version() >= 11;
    keep_alive_ = message.keep_alive() && !host_.draining;
    head_only_ = request.method == http::Method::head;
    phase_ = Phase::handling;
    in_handler_ = true;
    set_deadline(host_.options.request_ms_max);
    host_.handler(*this);
  }

  // Writes a response; small bodies go out in the same call as the head, without waiting for the
  // loop.
  void put(http::Response response) {
    phase_ = Phase::writing;
    set_deadline(host_.options.write_ms_max);
    out_.clear();
    append_head(out_, response, host_.date, request, keep_alive_, http11_);
    body_ = std::move(response.body);
    std::string_view rest =
        head_only_ || !has_body(response.status) ? std::string_view{} : body_.bytes();
    constexpr std::size_t joined_max = 8 * 1024;
    if (rest.size() <= joined_max) {
      out_ += rest;
      rest = {};
    }
    std::array<asio::const_buffer, 2> buffers{asio::buffer(out_),
                                              asio::buffer(rest.data(), rest.size())};
    std::size_t sent = 0;
    if constexpr (!tls) {
      ErrorCode fault;
      // One buffer goes out by send(), several by the slower sendmsg().
      sent =
          rest.empty() ? stream_.write_some(buffers[0], fault) : stream_.write_some(buffers, fault);
      if (fault && fault != asio::error::would_block) return end();
    }
    host_.counts.bytes_sent += out_.size() + rest.size();
    if (sent == out_.size() + rest.size()) return written();
    if (sent < out_.size()) {
      buffers[0] += sent;
    } else {
      buffers[0] = {};
      buffers[1] += sent - out_.size();
    }
    ++pending_;
    asio::async_write(stream_, buffers, [this](const ErrorCode& fault, std::size_t) {
      --pending_;
      if (fault || phase_ == Phase::ended) return end();
      written();
    });
  }

  void written() {
    body_ = {};
    if (!keep_alive_ || host_.draining) return end();
    begin_request();
    pump();
  }

  // ---- WebSocket

  void queue(std::shared_ptr<const std::string> bytes) {
    queued_ += bytes->size();
    outbox_.push_back(std::move(bytes));
    if (writing_ || std::exchange(flush_posted_, true)) return;
    // At the end of the tick, so that frames of one tick leave in one call.
    ++pending_;
    asio::post(lowest().get_executor(), [this] {
      --pending_;
      flush_posted_ = false;
      if (phase_ == Phase::ended) return settle();
      flush_socket();
    });
  }

  void flush_socket() {
    if (writing_ || outbox_.empty()) return;
    std::vector<asio::const_buffer> buffers;
    for (std::size_t i = 0; i < outbox_.size() && i < gather_max; ++i)
      buffers.push_back(asio::buffer(*outbox_[i]));
    in_write_ = buffers.size();
    writing_ = true;
    ++pending_;
    asio::async_write(stream_, buffers, [this](const ErrorCode& fault, std::size_t size) {
      --pending_;
      writing_ = false;
      host_.counts.bytes_sent += size;
      for (; in_write_ > 0; --in_write_) {
        queued_ -= outbox_.front()->size();
        outbox_.pop_front();
      }
      if (fault || phase_ == Phase::ended) return end();
      if (outbox_.empty() && closing_ && peer_closed_) return end();
      flush_socket();
    });
  }

  // False: the socket has ended.
  bool take_messages() {
    Message message;
    for (;;) {
      auto next = frames_->next(message);
      if (!next) {
        close(text::parse_int<std::uint16_t>(next.error().code).value_or(1002),
              next.error().message);
        peer_closed_ = true;
        return false;
      }
      if (!*next) return true;
      if (!take_message(message)) return false;
    }
  }

  bool take_message(const Message& message) {
    switch (message.opcode) {
      case Opcode::ping: queue(shared_frame(Opcode::pong, message.payload)); break;
      case Opcode::pong:
        if (events_.pong) events_.pong(message.payload);
        break;
      case Opcode::close:
        peer_closed_ = true;
        close(1000, "");
        if (outbox_.empty() && !writing_) {
          end();
        }
        return false;
      default:
        if (!closing_ && events_.message)
          events_.message(message.payload, message.opcode == Opcode::binary);
    }
    return phase_ == Phase::socket;
  }

  void sweep_socket(SteadyTime now) {
    if (closing_) {
      if (now > deadline_) end();
      return;
    }
    if (now - heard_ > socket_silence_max) return end();
    if (now - heard_ > socket_ping_every && now - pinged_ > socket_ping_every) {
      pinged_ = now;
      queue(shared_frame(Opcode::ping, {}));
    }
  }

  // ---- The end: close the socket; destroy when no operation and no handler refers to this any
  // more.

  void end() {
    if (phase_ != Phase::ended) {
      const bool was_socket = phase_ == Phase::socket;
      phase_ = Phase::ended;
      ErrorCode fault;
      if constexpr (!tls) lowest().shutdown(TcpSocket::shutdown_both, fault);
      lowest().close(fault);
      if (was_socket) {
        --host_.counts.sockets;
        if (auto closed = std::exchange(events_.closed, nullptr)) closed();
      }
    }
    settle();
  }

  void settle() {
    if (phase_ != Phase::ended || pending_ != 0 || in_handler_ || settled_) return;
    settled_ = true;
    // Posted, since callers up the stack still hold `this`.
    asio::post(lowest().get_executor(), [gone = host_.gone, place = place_] { gone(place); });
  }

  SessionHost& host_;
  Stream stream_;
  std::string peer_;
  std::list<std::unique_ptr<Session>>::iterator place_;
  std::optional<Parser> parser_;
  std::array<char, buffer_bytes> in_{};
  std::size_t used_ = 0;
  std::string out_;
  http::Body body_;
  SteadyTime deadline_{};
  int pending_ = 0;  // asynchronous operations that will call back
  Phase phase_ = Phase::reading;
  bool received_any_ = false, head_done_ = false, http11_ = true, keep_alive_ = true;
  bool head_only_ = false, in_handler_ = false, abandoned_ = false, in_pump_ = false,
       settled_ = false;

  std::optional<FrameReader> frames_;
  SocketEvents events_;
  std::deque<std::shared_ptr<const std::string>> outbox_;
  std::size_t queued_ = 0, in_write_ = 0;
  bool writing_ = false, flush_posted_ = false, closing_ = false, peer_closed_ = false;
  SteadyTime heard_{}, pinged_{};
};

}  // namespace

std::unique_ptr<Session> make_session(SessionHost& host, TcpSocket socket, std::string peer,
                                      std::list<std::unique_ptr<Session>>::iterator place) {
  if (host.options.tls)
    return std::make_unique<StreamSession<TlsStream>>(
        host, TlsStream(std::move(socket), *host.options.tls), std::move(peer), place);
  return std::make_unique<StreamSession<TcpSocket>>(host, std::move(socket), std::move(peer),
                                                    place);
}

}  // namespace flash::net
