// The limit for a tiny HTTP reply: one thread, one epoll loop, no parsing beyond the end of the
// head.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

int main(int argc, char** argv) {
  const int port = argc > 1 ? std::atoi(argv[1]) : 9099;
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 1024) != 0) {
    std::perror("raw_epoll");
    return 1;
  }
  const int epoll = ::epoll_create1(0);
  epoll_event add{};
  add.events = EPOLLIN;
  add.data.fd = listener;
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &add);
  // The same bytes that flashd sends for /livez, so that both move equal amounts.
  constexpr std::string_view reply =
      "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\nContent-Type: text/plain\r\n"
      "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
      "X-Request-Id: aaaaaaaaaaaaaaaaaaaa\r\nContent-Length: 3\r\n\r\nok\n";
  std::array<epoll_event, 256> events{};
  std::array<char, 16384> buffer{};
  for (;;) {
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      if (fd == listener) {
        const int peer = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (peer < 0) continue;
        ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event one{};
        one.events = EPOLLIN;
        one.data.fd = peer;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, peer, &one);
        continue;
      }
      const ssize_t size = ::read(fd, buffer.data(), buffer.size());
      if (size <= 0) {
        ::close(fd);
        continue;
      }
      if (size >= 4 && std::memcmp(buffer.data() + size - 4, "\r\n\r\n", 4) == 0)
        if (::write(fd, reply.data(), reply.size()) < 0) ::close(fd);
    }
  }
}
