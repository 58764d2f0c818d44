// Idle keep-alive connections: opens COUNT to PORT, has one request answered on each, and keeps
// them open until its input ends. idle_connections PORT COUNT REQUEST; prints "ready" when all are
// idle. The peer addresses are 127.0.0.1 and upwards, as one has too few ports.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

// True when the whole answer has come: its head, and a body of the length that it names.
bool read_answer(int fd) {
  std::string in;
  char piece[4096];
  for (;;) {
    const ssize_t size = ::recv(fd, piece, sizeof piece, 0);
    if (size <= 0) return false;
    in.append(piece, static_cast<std::size_t>(size));
    const auto end = in.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    const auto length = in.find("Content-Length: ");
    if (length == std::string::npos || length > end) return true;
    const auto body = static_cast<std::size_t>(std::atol(in.c_str() + length + 16));
    if (in.size() >= end + 4 + body) return true;
  }
}

int connect_to(int port, long number) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in from{};
  from.sin_family = AF_INET;
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(number / 10'000));
  sockaddr_in to = from;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&from), sizeof from) != 0 ||
      ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  return fd;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("idle_connections PORT COUNT REQUEST\n", stderr);
    return 64;
  }
  const long count = std::atol(argv[2]);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  std::string request;
  for (const char* c = argv[3]; *c != '\0'; ++c)
    request += *c == '\n' ? "\r\n" : std::string(1, *c);
  std::vector<int> open;
  for (long i = 0; i < count; ++i) {
    const int fd = connect_to(std::atoi(argv[1]), i);
    if (::send(fd, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size()) ||
        !read_answer(fd)) {
      std::fputs("no answer\n", stderr);
      return 1;
    }
    open.push_back(fd);
  }
  std::puts("ready");
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
