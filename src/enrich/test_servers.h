// A name server and a web server on local ports, for tests: real sockets, answers out of a table.
#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/text.h"

namespace flash::enrich {

class LocalSocket {
 public:
  explicit LocalSocket(int type) : socket_(::socket(AF_INET, type | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&at), size), 0);
    if (type == SOCK_STREAM) EXPECT_EQ(::listen(socket_, 16), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size), 0);
    port = ntohs(at.sin_port);
  }
  ~LocalSocket() { ::close(socket_); }
  LocalSocket(const LocalSocket&) = delete;
  LocalSocket& operator=(const LocalSocket&) = delete;

  [[nodiscard]] int get() const { return socket_; }
  // False: told to stop.
  bool wait(const std::atomic<bool>& stop) const {
    while (!stop) {
      pollfd one{socket_, POLLIN, 0};
      if (::poll(&one, 1, 20) > 0) return true;
    }
    return false;
  }
  std::uint16_t port = 0;

 private:
  int socket_;
};

// Answers one question a datagram. A name without an entry does not exist.
class TestNameServer {
 public:
  struct Entry {
    std::vector<std::pair<int, std::string>> mx;  // preference, host
    bool host = false;                            // 192.0.2.1
    bool silent = false;                          // no reply at all
    int rcode = 0;                                // 2: SERVFAIL, 5: REFUSED
    std::string raw;                              // these bytes instead of the answers, one counted
  };
  explicit TestNameServer(std::map<std::string, Entry> entries)
      : entries_(std::move(entries)), thread_([this] { serve(); }) {}
  ~TestNameServer() {
    stop_ = true;
    thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return socket_.port; }
  [[nodiscard]] std::string setting() const {
    return text::cat("127.0.0.1:", std::to_string(socket_.port));
  }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  static std::string two(int number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 255)};
  }
  static std::string wire_name(const std::string& name) {
    std::string out;
    for (const auto label : text::split(name, '.'))
      if (!label.empty()) out += text::cat(static_cast<char>(label.size()), label);
    return out + '\0';
  }
  static std::string record(int type, const std::string& data) {
    return text::cat(two(0xc00c), two(type), two(1), two(0), two(60),
                     two(static_cast<int>(data.size())), data);
  }
  std::string reply_to(const std::string& question) {
    std::string name;
    std::size_t at = 12;
    while (at < question.size() && question[at] != 0) {
      const auto length = static_cast<std::size_t>(question[at]);
      name += text::cat(name.empty() ? "" : ".", question.substr(at + 1, length));
      at += length + 1;
    }
    const int type = static_cast<unsigned char>(question.at(at + 2));
    const std::string asked = question.substr(12, at + 5 - 12);
    const auto found = entries_.find(text::lower(name));
    std::vector<std::string> answers;
    int rcode = found == entries_.end() ? 3 : found->second.rcode;
    if (found != entries_.end()) {
      const Entry& entry = found->second;
      if (entry.silent) return {};
      if (!entry.raw.empty()) answers.push_back(entry.raw);
      if (type == 15 && entry.raw.empty())
        for (const auto& [preference, host] : entry.mx)
          answers.push_back(record(15, two(preference) + wire_name(host)));
      if (type == 1 && entry.host) answers.push_back(record(1, std::string("\xC0\x00\x02\x01", 4)));
    }
    std::string out = text::cat(question.substr(0, 2), two(0x8180 | rcode), two(1),
                                two(static_cast<int>(answers.size())), two(0), two(0), asked);
    for (const auto& answer : answers) out += answer;
    return out;
  }
  void serve() {
    while (socket_.wait(stop_)) {
      std::string question(1024, '\0');
      sockaddr_in from{};
      socklen_t size = sizeof from;
      const auto length = ::recvfrom(socket_.get(), question.data(), question.size(), 0,
                                     reinterpret_cast<sockaddr*>(&from), &size);
      if (length < 17) continue;
      ++asked_;
      question.resize(static_cast<std::size_t>(length));
      const std::string reply = reply_to(question);
      if (!reply.empty())
        (void)::sendto(socket_.get(), reply.data(), reply.size(), 0,
                       reinterpret_cast<sockaddr*>(&from), size);
    }
  }

  std::map<std::string, Entry> entries_;
  LocalSocket socket_{SOCK_DGRAM};
  std::atomic<bool> stop_ = false;
  std::atomic<int> asked_ = 0;
  std::thread thread_;
};

// One request a connection; what it is answered is a function of it.
class TestWebServer {
 public:
  // The whole reply as bytes; empty: none ever.
  using Answering = std::function<std::string(const std::string& request)>;
  explicit TestWebServer(Answering answering)
      : answering_(std::move(answering)), thread_([this] { serve(); }) {}
  ~TestWebServer() {
    stop_ = true;
    thread_.join();
  }
  static std::string ok(std::string_view body, std::string_view status = "200 OK") {
    return text::cat("HTTP/1.1 ", status, "\r\nContent-Type: application/json\r\nContent-Length: ",
                     std::to_string(body.size()), "\r\nConnection: close\r\n\r\n", body);
  }
  [[nodiscard]] std::string url(std::string_view path = "/") const {
    return text::cat("http://127.0.0.1:", std::to_string(socket_.port), path);
  }
  std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  static bool is_whole(const std::string& request) {
    const auto head = request.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const auto length = request.find("Content-Length: ");
    if (length == std::string::npos || length > head) return true;
    const auto digits = length + std::string_view("Content-Length: ").size();
    const auto bytes = text::parse_int<std::size_t>(
        std::string_view(request).substr(digits, request.find('\r', digits) - digits));
    return request.size() >= head + 4 + bytes.value_or(0);
  }
  void answer(int connection) {
    std::string request;
    while (!is_whole(request)) {
      char some[4096];
      const auto length = ::recv(connection, some, sizeof some, 0);
      if (length <= 0) return;
      request.append(some, static_cast<std::size_t>(length));
    }
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const std::string reply = answering_(request);
    if (reply.empty()) {
      const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
      while (!stop_ && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    for (std::size_t sent = 0; sent < reply.size();) {
      const auto some = ::send(connection, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
      if (some <= 0) return;
      sent += static_cast<std::size_t>(some);
    }
  }
  void serve() {
    while (socket_.wait(stop_)) {
      const int connection = ::accept(socket_.get(), nullptr, nullptr);
      if (connection < 0) continue;
      answer(connection);
      ::close(connection);
    }
  }

  Answering answering_;
  LocalSocket socket_{SOCK_STREAM};
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace flash::enrich
