// Keep-alive HTTP load from one thread: one request in flight a connection; prints one line of
// JSON. http_load PORT CONNECTIONS SECONDS REQUEST_FILE REQUEST_FILE holds a whole request with \n
// line ends in its head; %N% becomes a number no other request has, %L% the length of the body.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

struct Peer {
  int fd = -1;
  std::string in;
  Steady::time_point sent;
};

std::string replace_all(std::string text, std::string_view mark, const std::string& with) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
    text.replace(at, mark.size(), with);
  return text;
}

// The head with CRLF, and the body behind the empty line.
struct Template {
  std::string head, body;
  bool varies = false;
  std::string fixed;

  explicit Template(const std::string& path) {
    std::stringstream all;
    all << std::ifstream(path).rdbuf();
    const std::string text = all.str();
    const auto split = text.find("\n\n");
    head = replace_all(text.substr(0, split), "\n", "\r\n") + "\r\n\r\n";
    body = split == std::string::npos ? "" : text.substr(split + 2);
    while (!body.empty() && body.back() == '\n') body.pop_back();
    varies = text.find("%N%") != std::string::npos;
    fixed = replace_all(head, "%L%", std::to_string(body.size())) + body;
  }
  std::string make(std::uint64_t n) const {
    if (!varies) return fixed;
    const std::string number = std::to_string(n);
    const std::string b = replace_all(body, "%N%", number);
    return replace_all(replace_all(head, "%N%", number), "%L%", std::to_string(b.size())) + b;
  }
};

int connect_to(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) std::exit(2);
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// Bytes of the whole answer at the front of `in`; 0: more are needed.
std::size_t answer_size(const std::string& in) {
  const auto end = in.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  const auto at = in.find("Content-Length: ");
  const std::size_t length = at < end ? std::strtoul(in.c_str() + at + 16, nullptr, 10) : 0;
  return in.size() >= end + 4 + length ? end + 4 + length : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fputs("http_load PORT CONNECTIONS SECONDS REQUEST_FILE\n", stderr);
    return 64;
  }
  const int port = std::atoi(argv[1]);
  const auto connections = static_cast<std::size_t>(std::atoi(argv[2]));
  const double seconds = std::atof(argv[3]);
  const Template request(argv[4]);
  const auto base =
      static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  std::uint64_t n = base;
  const int epoll = ::epoll_create1(0);
  std::vector<Peer> peers(connections);
  for (std::size_t i = 0; i < connections; ++i) {
    peers[i].fd = connect_to(port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, peers[i].fd, &event);
    peers[i].sent = Steady::now();
    send_all(peers[i].fd, request.make(n++));
  }
  const auto begin = Steady::now();
  const auto warm = begin + std::chrono::duration_cast<Steady::duration>(
                                std::chrono::duration<double>(seconds * 0.15));
  const auto end =
      begin + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
  std::vector<float> times_ms;
  times_ms.reserve(1 << 22);
  std::uint64_t good = 0, bad = 0;
  std::string first_bad;
  std::array<epoll_event, 512> events{};
  std::array<char, 1 << 16> buffer{};
  for (auto now = begin; now < end; now = Steady::now()) {
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 100);
    for (int i = 0; i < count; ++i) {
      Peer& peer = peers[events[static_cast<std::size_t>(i)].data.u64];
      const ssize_t size = ::recv(peer.fd, buffer.data(), buffer.size(), 0);
      if (size <= 0) {
        std::fputs("the server closed a connection\n", stderr);
        return 3;
      }
      peer.in.append(buffer.data(), static_cast<std::size_t>(size));
      const std::size_t whole = answer_size(peer.in);
      if (whole == 0) continue;
      const auto at = Steady::now();
      if (at > warm) {
        const bool ok = peer.in.compare(9, 1, "2") == 0;
        ++(ok ? good : bad);
        if (!ok && first_bad.empty()) first_bad = peer.in.substr(0, 400);
        times_ms.push_back(std::chrono::duration<float, std::milli>(at - peer.sent).count());
      }
      peer.in.erase(0, whole);
      peer.sent = at;
      send_all(peer.fd, request.make(n++));
    }
  }
  const double measured = seconds * 0.85;
  std::ranges::sort(times_ms);
  const auto quantile = [&](double q) {
    return times_ms.empty()
               ? 0.0F
               : times_ms[static_cast<std::size_t>(q * static_cast<double>(times_ms.size() - 1))];
  };
  std::printf("{\"per_second\":%.0f,\"good\":%lu,\"bad\":%lu,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n",
              static_cast<double>(good) / measured, good, bad, static_cast<double>(quantile(0.5)),
              static_cast<double>(quantile(0.99)));
  if (!first_bad.empty()) std::fprintf(stderr, "first refusal:\n%s\n", first_bad.c_str());
  return 0;
}
