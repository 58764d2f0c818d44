#include "net/listener.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <string>
#include <vector>

#include "base/text.h"
#include "net/frame.h"

namespace flash::net {
namespace {

// A blocking client that sends exactly the bytes a test wants on the wire.
class Client {
 public:
  explicit Client(unsigned port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // Reads until `wanted` stands in what came `times` times, the peer closes, or two seconds pass.
  std::string read_until(std::string_view wanted, std::size_t times = 1) {
    for (;;) {
      std::size_t found = 0;
      for (auto at = got_.find(wanted); at != std::string::npos;
           at = got_.find(wanted, at + wanted.size()))
        ++found;
      if (found >= times || !more()) return std::exchange(got_, {});
    }
  }
  std::string read_to_end() {
    while (more()) {
    }
    return std::exchange(got_, {});
  }
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  bool more() {
    pollfd wait{fd_, POLLIN, 0};
    if (::poll(&wait, 1, 2000) != 1) return false;
    char buffer[65536];
    const ssize_t size = ::recv(fd_, buffer, sizeof buffer, 0);
    if (size <= 0) {
      ended_ = true;
      return false;
    }
    got_.append(buffer, static_cast<std::size_t>(size));
    return true;
  }
  int fd_;
  bool connected_ = false, ended_ = false;
  std::string got_;
};

class ListenerTest : public testing::Test {
 protected:
  void open(ListenerOptions options, Handler handler) {
    options.host = "127.0.0.1";
    cores_.start();
    auto opened = Listener::open(cores_[0], std::move(options), std::move(handler));
    ASSERT_TRUE(opened) << opened.error().message;
    listener_ = *std::move(opened);
  }
  void TearDown() override {
    cores_.stop();
    listener_.reset();
  }
  static void echo(Exchange& exchange) {
    exchange.reply(http::Response{
        200,
        {{"Content-Type", "text/plain"}},
        text::cat(http::to_text(exchange.request.method), " ", exchange.request.target, " ",
                  std::to_string(exchange.request.body.size()), "\n")});
  }
  [[nodiscard]] unsigned port() const { return listener_->port(); }

  loop::Cores cores_{1};
  std::unique_ptr<Listener> listener_;
};

TEST_F(ListenerTest, answers_and_keeps_the_connection_for_the_next_request) {
  open({}, echo);
  Client client(port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /a?b=1 HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string answer = client.read_until("GET /a?b=1 0\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_NE(answer.find("Content-Length: 13\r\n"), std::string::npos) << answer;
    EXPECT_NE(answer.find("X-Request-Id: "), std::string::npos);
    EXPECT_NE(answer.find("Date: "), std::string::npos);
  }
}

TEST_F(ListenerTest, ten_thousand_pipelined_requests_are_answered_in_order) {
  open({}, echo);
  Client client(port());
  constexpr int count = 10'000;
  auto writer = std::async(std::launch::async, [&] {
    for (int i = 0; i < count; ++i)
      client.send(text::cat("GET /", std::to_string(i), " HTTP/1.1\r\nHost: x\r\n\r\n"));
  });
  const std::string all = client.read_until("GET /9999 0\n");
  writer.wait();
  std::size_t at = 0;
  for (int i = 0; i < count; ++i) {
    at = all.find(text::cat("GET /", std::to_string(i), " 0\n"), at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(ListenerTest, head_has_the_length_and_no_body) {
  open({}, echo);
  Client client(port());
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_NE(answer.find("Content-Length: 9\r\n"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

// Gives its pieces one by one, later; nullopt among them breaks off.
class Pieces final : public http::Stream {
 public:
  Pieces(loop::Core& core, std::vector<std::optional<std::string>> pieces)
      : core_(core), pieces_(std::move(pieces)) {}
  void next(std::function<void(std::optional<std::string>)> got) override {
    core_.post([this, got = std::move(got)] {
      got(at_ < pieces_.size() ? pieces_[at_++] : std::optional(std::string{}));
    });
  }

 private:
  loop::Core& core_;
  std::vector<std::optional<std::string>> pieces_;
  std::size_t at_ = 0;
};

http::Response streamed(loop::Core& core, std::vector<std::optional<std::string>> pieces) {
  http::Response response;
  response.stream = std::make_shared<Pieces>(core, std::move(pieces));
  return response;
}

TEST_F(ListenerTest, a_stream_leaves_in_chunks_and_the_connection_goes_on) {
  open({}, [this](Exchange& exchange) {
    exchange.reply(streamed(cores_[0], {"hello ", std::string(20, 'x')}));
  });
  Client client(port());
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string answer = client.read_until("0\r\n\r\n");
    EXPECT_NE(answer.find("Transfer-Encoding: chunked\r\n"), std::string::npos) << answer;
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n6\r\nhello \r\n14\r\nxxxxxxxxxxxxxxxxxxxx\r\n0\r\n\r\n"))
        << answer;
  }
}

TEST_F(ListenerTest, a_stream_to_an_old_client_ends_with_the_connection) {
  open({}, [this](Exchange& exchange) { exchange.reply(streamed(cores_[0], {"a", "b"})); });
  Client client(port());
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(answer.ends_with("\r\n\r\nab")) << answer;
}

TEST_F(ListenerTest, a_stream_that_breaks_off_cuts_the_connection_without_an_end) {
  open({},
       [this](Exchange& exchange) { exchange.reply(streamed(cores_[0], {"part", std::nullopt})); });
  Client client(port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(answer.ends_with("4\r\npart\r\n")) << answer;
}

TEST_F(ListenerTest, the_head_of_a_stream_alone_asks_for_no_piece) {
  open({}, [this](Exchange& exchange) { exchange.reply(streamed(cores_[0], {"a"})); });
  Client client(port());
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\n"));
}

TEST_F(ListenerTest, bodies_come_by_length_and_in_chunks) {
  open({}, echo);
  Client client(port());
  client.send("POST /l HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_NE(client.read_until("POST /l 5\n").find("200 OK"), std::string::npos);
  client.send("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  client.send("3\r\nabc\r\n0\r\n\r\n");
  EXPECT_NE(client.read_until("POST /c 8\n").find("200 OK"), std::string::npos);
}

TEST_F(ListenerTest, a_client_that_expects_100_continue_gets_it_before_its_body) {
  open({}, echo);
  Client client(port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 100 Continue"));
  client.send("abc");
  EXPECT_NE(client.read_until("POST / 3\n").find("200 OK"), std::string::npos);
}

TEST_F(ListenerTest, what_is_over_a_limit_or_malformed_is_refused_and_the_connection_ends) {
  struct Case {
    std::string name, bytes, status;
  };
  ListenerOptions options;
  options.head_bytes_max = 8192;
  options.body_bytes_max = 1000;
  open(options, echo);
  const std::vector<Case> cases{
      {"no http", "hello\r\n\r\n", "400"},
      {"two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
      {"length and chunks",
       "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "400"},
      {"a long head", text::cat("GET / HTTP/1.1\r\nX: ", std::string(9000, 'a'), "\r\n\r\n"),
       "431"},
      {"a head without end", text::cat("GET / HTTP/1.1\r\nX: ", std::string(40000, 'a')), "431"},
      {"a long body",
       text::cat("POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", std::string(1001, 'a')), "413"},
      {"a long chunked body",
       text::cat("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
                 std::string(1001, 'a'), "\r\n0\r\n\r\n"),
       "413"},
      {"a header with a NUL", std::string("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 27), "400"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    Client client(port());
    client.send(c.bytes);
    const std::string answer = client.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + c.status)) << answer;
    EXPECT_TRUE(client.ended());
  }
}

TEST_F(ListenerTest, a_slow_client_is_told_so_and_an_idle_one_is_let_go) {
  ListenerOptions options;
  options.head_ms_max = std::chrono::milliseconds(200);
  options.idle_ms_max = std::chrono::milliseconds(200);
  open(options, echo);
  Client slow(port());
  slow.send("GET / HTTP/1.1\r\nHo");
  EXPECT_TRUE(slow.read_to_end().starts_with("HTTP/1.1 408"));
  EXPECT_TRUE(slow.ended());
  Client idle(port());
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_TRUE(idle.ended());
}

TEST_F(ListenerTest, a_handler_that_takes_too_long_is_answered_for_and_its_late_reply_is_dropped) {
  ListenerOptions options;
  options.request_ms_max = std::chrono::milliseconds(200);
  std::promise<void> replied;
  open(options, [this, &replied](Exchange& exchange) {
    auto* late = &exchange;
    auto timer = std::make_shared<loop::Timer>(cores_[0].executor());
    timer->expires_after(std::chrono::milliseconds(1200));
    timer->async_wait([timer, late, &replied](const boost::system::error_code&) {
      late->reply(http::Response{200, {}, std::string("late")});
      replied.set_value();
    });
  });
  Client client(port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 504")) << answer;
  EXPECT_EQ(answer.find("late"), std::string::npos);
  replied.get_future().wait();
}

TEST_F(ListenerTest, a_large_body_arrives_whole_at_a_client_that_reads_slowly) {
  open({}, [](Exchange& exchange) {
    exchange.reply(http::Response{200, {}, std::string(20'000'000, 'x')});
  });
  Client client(port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const std::string answer = client.read_to_end();
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, 20'000'000U);
}

// ---- WebSocket

std::string masked(unsigned char first, std::string_view payload) {
  std::string out;
  out += static_cast<char>(first);
  if (payload.size() < 126) {
    out += static_cast<char>(0x80U | payload.size());
  } else {
    out += static_cast<char>(0x80U | 126U);
    out += static_cast<char>(payload.size() >> 8U);
    out += static_cast<char>(payload.size() & 0xFFU);
  }
  const std::string_view mask = "\x01\x02\x03\x04";
  out += mask;
  for (std::size_t i = 0; i < payload.size(); ++i)
    out += static_cast<char>(payload[i] ^ mask[i % 4]);
  return out;
}

constexpr std::string_view handshake =
    "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

class WebSocketTest : public ListenerTest {
 protected:
  void open_echo(ListenerOptions options = {}) {
    open(std::move(options), [this](Exchange& exchange) {
      exchange.upgrade([this](WebSocket& socket) {
        return SocketEvents{
            [&socket](std::string_view payload, bool binary) {
              socket.send(shared_frame(binary ? Opcode::binary : Opcode::text, payload));
            },
            nullptr, [this] { closed_.set_value(); }};
      });
    });
  }
  std::promise<void> closed_;
};

TEST_F(WebSocketTest, shakes_hands_echoes_joins_fragments_and_closes) {
  open_echo();
  Client client(port());
  client.send(handshake);
  // The answer to the key of RFC 6455 section 1.3.
  EXPECT_NE(
      client.read_until("\r\n\r\n").find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
      std::string::npos);
  client.send(masked(0x81, "hello"));
  EXPECT_EQ(client.read_until("hello"), frame(Opcode::text, "hello"));
  client.send(masked(0x01, "he") + masked(0x89, "p") + masked(0x80, "y"));
  EXPECT_EQ(client.read_until("hey"), frame(Opcode::pong, "p") + frame(Opcode::text, "hey"));
  const std::string large(1000, 'z');
  client.send(masked(0x82, large));
  EXPECT_EQ(client.read_until(large), frame(Opcode::binary, large));
  client.send(masked(0x88, std::string("\x03\xe8", 2)));
  EXPECT_EQ(client.read_to_end(), close_frame(1000, ""));
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(closed_.get_future().wait_for(std::chrono::seconds(2)), std::future_status::ready);
}

TEST_F(WebSocketTest, a_broken_frame_closes_with_the_code_of_the_standard) {
  struct Case {
    std::string name, bytes;
    std::uint16_t code;
  };
  ListenerOptions options;
  options.socket_message_bytes_max = 2000;
  open_echo(options);
  const std::vector<Case> cases{
      {"unmasked", frame(Opcode::text, "x"), 1002},
      {"reserved bits", masked(0xC1, "x"), 1002},
      {"unknown opcode", masked(0x83, "x"), 1002},
      {"continuation of nothing", masked(0x80, "x"), 1002},
      {"not UTF-8", masked(0x81, "\xff\xfe"), 1007},
      {"too large", masked(0x81, std::string(2001, 'a')), 1009},
      {"too large in pieces",
       masked(0x01, std::string(1500, 'a')) + masked(0x80, std::string(600, 'a')), 1009},
      {"a long ping", masked(0x89, std::string(126, 'a')), 1002},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    closed_ = {};
    Client client(port());
    client.send(handshake);
    client.read_until("\r\n\r\n");
    client.send(c.bytes);
    const std::string answer = client.read_to_end();
    ASSERT_GE(answer.size(), 4U);
    EXPECT_EQ(static_cast<unsigned char>(answer[0]), 0x88U);
    EXPECT_EQ(static_cast<unsigned char>(answer[2]) * 256 + static_cast<unsigned char>(answer[3]),
              c.code);
    EXPECT_TRUE(client.ended());
    EXPECT_EQ(closed_.get_future().wait_for(std::chrono::seconds(2)), std::future_status::ready);
  }
}

TEST_F(WebSocketTest, a_receiver_that_does_not_read_is_closed_and_costs_bounded_memory) {
  ListenerOptions options;
  options.socket_queue_bytes_max = 100'000;
  options.socket_message_bytes_max = 100'000;
  open(options, [this](Exchange& exchange) {
    exchange.upgrade([this](WebSocket& socket) {
      return SocketEvents{[&socket](std::string_view, bool) {
                            const auto one = shared_frame(Opcode::text, std::string(10'000, 'x'));
                            for (int i = 0; i < 5000; ++i) socket.send(one);
                            EXPECT_LE(socket.queued_bytes(), 100'200U);
                          },
                          nullptr, [this] { closed_.set_value(); }};
    });
  });
  Client client(port());
  client.send(handshake);
  client.read_until("\r\n\r\n");
  client.send(masked(0x81, "go"));
  const std::string all = client.read_to_end();
  EXPECT_LT(all.size(), 10'000'000U);
  EXPECT_NE(all.find("slow_consumer"), std::string::npos);
}

TEST_F(WebSocketTest, a_request_that_is_no_handshake_is_answered_426) {
  open_echo();
  Client client(port());
  client.send("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 426"));
}

TEST_F(ListenerTest, draining_lets_a_running_request_end_and_accepts_no_more) {
  std::promise<Exchange*> arrived;
  open({}, [&](Exchange& exchange) { arrived.set_value(&exchange); });
  Client client(port());
  Client idle(port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  Exchange* running = arrived.get_future().get();
  const unsigned at = port();
  std::promise<void> drained;
  cores_[0].post([&] { listener_->drain(std::chrono::seconds(5), [&] { drained.set_value(); }); });
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_FALSE(Client(at).connected());
  cores_[0].post([&] { running->reply(http::Response{200, {}, std::string("done")}); });
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.ends_with("done")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos) << answer;
  EXPECT_EQ(drained.get_future().wait_for(std::chrono::seconds(2)), std::future_status::ready);
}

}  // namespace
}  // namespace flash::net
