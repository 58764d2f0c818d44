#include "net/session.h"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <deque>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "http/head.h"
#include "net/frame.h"
#include "net/session_text.h"
#include "net/wire.h"

namespace flash::net {
namespace {

constexpr auto socket_ping_every = std::chrono::seconds(25);
constexpr auto socket_silence_max = std::chrono::seconds(60);
constexpr auto linger_max = std::chrono::seconds(2);
constexpr std::size_t gather_max = 64;             // frames in one write
constexpr std::size_t kept_bytes_max = 64 * 1024;  // of a request's buffers between two requests
constexpr int reads_max = 16;  // in a row, of one connection; then others have their turn

class StreamSession final : public Session,
                            public Exchange,
                            public WebSocket,
                            public loop::Watched {
 public:
  StreamSession(SessionHost& host, int descriptor, std::string peer,
                std::list<std::unique_ptr<Session>>::iterator place)
      : host_(host),
        wire_(descriptor, host.options.tls.get()),
        peer_(std::move(peer)),
        place_(place) {}

  void start() override {
    begin_request();
    set_deadline(host_.options.head_ms_max);
    if (!host_.core.poller().watch(wire_.descriptor(), *this)) end();
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

  void on_ready(bool hung_up) override {
    hung_up_ = hung_up_ || hung_up;
    readable_ = true;
    if (phase_ == Phase::writing) write_rest();
    if (phase_ == Phase::socket && !outbox_.empty()) flush_socket();
    receive();
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
    resume();
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
  // refused: an error was answered; what still comes is read over, since closing a socket with
  // unread bytes would take the answer from the peer.
  enum class Phase : std::uint8_t { reading, handling, writing, refused, socket, ended };

  void set_deadline(std::chrono::milliseconds from_now) { deadline_ = host_.now + from_now; }

  // ---- Bytes in

  void begin_request() {
    phase_ = Phase::reading;
    head_done_ = false;
    seen_ = 0;
    received_any_ = !in_.empty();
    set_deadline(received_any_ ? host_.options.head_ms_max : host_.options.idle_ms_max);
  }

  [[nodiscard]] bool wants_bytes() const {
    return phase_ == Phase::reading || phase_ == Phase::socket || phase_ == Phase::refused;
  }

  // Reads until nothing is left or an answer is under way.
  void receive() {
    for (int reads = 0; readable_ && wants_bytes(); ++reads) {
      if (reads == reads_max) return receive_later();
      const Wire::Moved got = wire_.read(host_.in.data(), host_.in.size());
      if (got.ended) return end();
      // After a hang-up the end is still to be read: no other event will tell of it.
      if (got.wait && !(hung_up_ && got.size > 0)) readable_ = false;
      if (got.size > 0) take({host_.in.data(), got.size});
    }
  }

  void receive_later() {
    ++pending_;
    boost::asio::post(host_.core.executor(), [this] {
      --pending_;
      if (phase_ == Phase::ended) return settle();
      receive();
    });
  }

  // Handles the requests in what was held back and `bytes`, one after the other. A loop and not a
  // recursion: a client may send thousands at once.
  void take(std::string_view bytes) {
    if (phase_ == Phase::refused || peer_closed_) return;
    std::string held;
    if (!in_.empty()) {
      held = std::exchange(in_, {});
      held += bytes;
      bytes = held;
    }
    in_take_ = true;
    while (phase_ == Phase::reading && !bytes.empty() && parse(bytes)) {
    }
    in_take_ = false;
    if (phase_ == Phase::socket) {
      heard_ = host_.now;
      frames_->feed(bytes);
      take_messages();
    } else if (phase_ != Phase::ended && phase_ != Phase::refused) {
      in_.assign(bytes);
      if (phase_ == Phase::reading && !in_.empty() && !std::exchange(received_any_, true))
        set_deadline(host_.options.head_ms_max);
    }
  }

  // After an answer that did not come at once: on with what was held back, then with the socket.
  void resume() {
    if (in_take_) return;
    if (!in_.empty()) take({});
    receive();
  }

  // False: more bytes are needed, or the connection was refused.
  bool parse(std::string_view& bytes) {
    if (!head_done_ && !take_head(bytes)) return false;
    if (!take_body(bytes)) return false;
    handle();
    return true;
  }

  bool take_head(std::string_view& bytes) {
    while (bytes.starts_with("\r\n")) bytes.remove_prefix(2);  // RFC 9112 section 2.2
    const std::size_t size = http::head_size(bytes, std::min(seen_, bytes.size()));
    if (size > host_.options.head_bytes_max ||
        (size == 0 && bytes.size() > host_.options.head_bytes_max))
      return refuse(431, "head_too_large", "the request's header fields are too large");
    seen_ = bytes.size();
    if (size == 0) return false;
    const auto framing = http::parse_head(bytes.substr(0, size), request);
    if (!framing)
      return framing.error().code == "head_too_large"
                 ? refuse(431, "head_too_large", "the request has too many header fields")
                 : refuse(400, "malformed_request", "not a valid HTTP/1.1 request");
    bytes.remove_prefix(size);
    framing_ = *framing;
    head_done_ = true;
    if (request.body.capacity() > kept_bytes_max) request.body = {};
    request.body.clear();
    if (framing_.chunked || framing_.length > 0) return begin_body(bytes.empty());
    return true;
  }

  bool begin_body(bool nothing_yet) {
    if (framing_.length > host_.options.body_bytes_max) return refuse_body();
    received_any_ = true;
    set_deadline(host_.options.body_ms_max);
    chunks_.reset();
    if (framing_.chunked) chunks_.emplace(host_.options.body_bytes_max);
    request.body.reserve(std::min<std::size_t>(framing_.length, kept_bytes_max));
    if (framing_.expects_continue && nothing_yet) {
      constexpr std::array<std::string_view, 1> line{"HTTP/1.1 100 Continue\r\n\r\n"};
      // The first bytes on an idle connection: they fit, or the connection is broken.
      if (wire_.write(line).size != line[0].size()) {
        end();
        return false;
      }
    }
    return true;
  }

  bool take_body(std::string_view& bytes) {
    using State = http::ChunkReader::State;
    if (!framing_.chunked) {
      const std::size_t wanted = framing_.length - request.body.size();
      request.body.append(bytes.substr(0, wanted));
      bytes.remove_prefix(std::min(wanted, bytes.size()));
      return request.body.size() == framing_.length;
    }
    switch (chunks_->take(bytes, request.body)) {
      case State::done: return true;
      case State::more: return false;
      case State::too_large: return refuse_body();
      case State::malformed: break;
    }
    return refuse(400, "malformed_request", "not a valid chunked body");
  }

  bool refuse_body() { return refuse(413, "body_too_large", "the request's body is too large"); }

  bool refuse(unsigned status, std::string_view code, std::string_view message) {
    keep_alive_ = false;
    refused_ = true;
    put(simple_response(status, code, message));
    return false;
  }

  void handle() {
    ++host_.counts.requests;
    give_id(request);
    request.peer = peer_of(request, peer_, host_.options.trusted_proxies);
    request.secure = wire_.secure();
    keep_alive_ = framing_.keep_alive && !host_.draining;
    head_only_ = request.method == http::Method::head;
    phase_ = Phase::handling;
    in_handler_ = true;
    set_deadline(host_.options.request_ms_max);
    host_.handler(*this);
  }

  // ---- Bytes out

  // Small bodies go out in one piece with the head.
  void put(http::Response response) {
    constexpr std::size_t joined_max = 8 * 1024;
    phase_ = Phase::writing;
    set_deadline(host_.options.write_ms_max);
    // Without chunks only the end of the connection tells where such a body ends.
    if (response.stream != nullptr && !framing_.http11) keep_alive_ = false;
    if (!head_only_) stream_ = response.stream;
    std::string& head = host_.out;
    head.clear();
    append_head(head, response, host_.date, request.id, keep_alive_, framing_.http11);
    body_ = std::move(response.body);
    std::string_view rest =
        head_only_ || !has_body(response.status) ? std::string_view{} : body_.bytes();
    if (rest.size() <= joined_max) {
      head += rest;
      rest = {};
    }
    const std::array<std::string_view, 2> pieces{head, rest};
    const Wire::Moved sent = wire_.write(std::span(pieces).first(rest.empty() ? 1 : 2));
    if (sent.ended) return end();
    host_.counts.bytes_sent += head.size() + rest.size();
    if (sent.size == head.size() + rest.size()) return written();
    out_ = head.substr(std::min(sent.size, head.size()));
    rest_ = rest.substr(sent.size - std::min(sent.size, head.size()));
  }

  void write_rest() {
    if (out_.empty() && rest_.empty()) return;  // the next piece of a stream is being made
    const std::array<std::string_view, 2> pieces{out_, rest_};
    const Wire::Moved sent =
        out_.empty() ? wire_.write(std::span(pieces).last(1)) : wire_.write(pieces);
    if (sent.ended) return end();
    const std::size_t of_head = std::min(sent.size, out_.size());
    out_.erase(0, of_head);
    rest_.remove_prefix(sent.size - of_head);
    if (out_.empty() && rest_.empty()) written();
  }

  void written() {
    body_ = {};
    out_ = {};
    if (stream_ != nullptr) return pull();
    if (refused_) return linger();
    if (!keep_alive_ || host_.draining) return end();
    begin_request();
    resume();
  }

  // The next piece of a stream, once the one before has left: what is held is one piece.
  void pull() {
    set_deadline(host_.options.request_ms_max);
    ++pending_;
    stream_->next([this](std::optional<std::string> piece) {
      --pending_;
      if (!piece || phase_ == Phase::ended) return end();
      set_deadline(host_.options.write_ms_max);
      if (piece->empty()) stream_.reset();
      out_ = framing_.http11 ? chunk_of(*piece) : *std::move(piece);
      host_.counts.bytes_sent += out_.size();
      out_.empty() ? written() : write_rest();
    });
  }

  void linger() {
    phase_ = Phase::refused;
    wire_.finish();
    set_deadline(linger_max);
    if (!in_take_) receive();
  }

  // ---- WebSocket

  void queue(std::shared_ptr<const std::string> bytes) {
    queued_ += bytes->size();
    outbox_.push_back(std::move(bytes));
    if (std::exchange(flush_posted_, true)) return;
    // At the end of the tick, so that frames of one tick leave in one call.
    ++pending_;
    boost::asio::post(host_.core.executor(), [this] {
      --pending_;
      flush_posted_ = false;
      if (phase_ == Phase::ended) return settle();
      flush_socket();
    });
  }

  // Writes until the queue is empty or the socket is full; on_ready() goes on.
  void flush_socket() {
    while (!outbox_.empty()) {
      std::array<std::string_view, gather_max> pieces;
      const std::size_t count = std::min(outbox_.size(), gather_max);
      for (std::size_t i = 0; i < count; ++i) pieces[i] = *outbox_[i];
      pieces[0].remove_prefix(front_sent_);
      const Wire::Moved sent = wire_.write(std::span(pieces).first(count));
      host_.counts.bytes_sent += sent.size;
      drop_sent(sent.size);
      if (sent.ended) return end();
      if (sent.wait) return;
    }
    if (closing_ && peer_closed_) end();
  }

  void drop_sent(std::size_t size) {
    for (size += std::exchange(front_sent_, 0); !outbox_.empty(); outbox_.pop_front()) {
      const std::size_t front = outbox_.front()->size();
      if (size < front) break;
      size -= front;
      queued_ -= front;
    }
    front_sent_ = size;
  }

  void take_messages() {
    Message message;
    while (phase_ == Phase::socket) {
      const auto next = frames_->next(message);
      if (!next) {
        close(text::parse_int<std::uint16_t>(next.error().code).value_or(1002),
              next.error().message);
        peer_closed_ = true;
        return;
      }
      if (!*next) return;
      take_message(message);
    }
  }

  void take_message(const Message& message) {
    switch (message.opcode) {
      case Opcode::ping: queue(shared_frame(Opcode::pong, message.payload)); break;
      case Opcode::pong:
        if (events_.pong) events_.pong(message.payload);
        break;
      case Opcode::close:
        peer_closed_ = true;
        close(1000, "");
        if (outbox_.empty()) end();
        break;
      default:
        if (!closing_ && events_.message)
          events_.message(message.payload, message.opcode == Opcode::binary);
    }
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
      stream_.reset();
      wire_.close();
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
    boost::asio::post(host_.core.executor(), [gone = host_.gone, place = place_] { gone(place); });
  }

  SessionHost& host_;
  Wire wire_;
  std::string peer_;
  std::list<std::unique_ptr<Session>>::iterator place_;
  std::string in_;        // bytes of requests that are not whole or not yet their turn
  std::size_t seen_ = 0;  // of them, searched for the end of a head
  http::Framing framing_;
  std::optional<http::ChunkReader> chunks_;
  std::string out_;  // what a full socket did not take: of the head, and of the body
  std::string_view rest_;
  http::Body body_;
  std::shared_ptr<http::Stream> stream_;  // of the answer that is being written
  SteadyTime deadline_{};
  int pending_ = 0;  // handlers posted that will call back
  Phase phase_ = Phase::reading;
  bool readable_ = false, hung_up_ = false;
  bool received_any_ = false, head_done_ = false, keep_alive_ = true, refused_ = false;
  bool head_only_ = false, in_handler_ = false, abandoned_ = false, in_take_ = false,
       settled_ = false;

  std::optional<FrameReader> frames_;
  SocketEvents events_;
  std::deque<std::shared_ptr<const std::string>> outbox_;
  std::size_t queued_ = 0, front_sent_ = 0;
  bool flush_posted_ = false, closing_ = false, peer_closed_ = false;
  SteadyTime heard_{}, pinged_{};
};

}  // namespace

std::unique_ptr<Session> make_session(SessionHost& host, int descriptor, std::string peer,
                                      std::list<std::unique_ptr<Session>>::iterator place) {
  return std::make_unique<StreamSession>(host, descriptor, std::move(peer), place);
}

}  // namespace flash::net
