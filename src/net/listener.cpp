#include "net/listener.h"

#include <fmt/chrono.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <ctime>
#include <utility>

#include "base/log.h"
#include "net/session.h"
#include "net/wire.h"

namespace flash::net {
namespace {

using Endpoint = boost::asio::ip::tcp::endpoint;

constexpr std::size_t in_bytes = 64 * 1024;

std::string date_line() {
  return fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(std::time(nullptr)));
}

}  // namespace

struct Listener::State final : loop::Watched {
  State(loop::Core& c, ListenerOptions o, Handler h)
      : core(c),
        options(std::move(o)),
        handler(std::move(h)),
        timer(c.executor()),
        date(date_line()),
        host{core,
             options,
             handler,
             counts,
             date,
             now,
             [this](auto place) { remove(place); },
             false,
             std::vector<char>(in_bytes),
             {}} {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { close(); }

  loop::Core& core;
  ListenerOptions options;
  Handler handler;
  int socket = -1;  // listens; -1: closed
  loop::Timer timer;
  Counts counts;
  std::string date;
  SteadyTime now = std::chrono::steady_clock::now();
  SessionHost host;
  std::list<std::unique_ptr<Session>> sessions;
  std::function<void()> drained;
  SteadyTime drain_until{};

  void close() {
    if (socket >= 0) ::close(std::exchange(socket, -1));
  }

  void on_ready(bool) override { accept(); }

  // All who wait. What fails for want of descriptors is tried again at the next tick.
  void accept() {
    constexpr int at_once_max = 1024;
    for (int i = 0; i < at_once_max && socket >= 0; ++i) {
      Endpoint peer;
      auto size = static_cast<socklen_t>(peer.capacity());
      const int descriptor = ::accept4(socket, peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (descriptor >= 0) {
        welcome(descriptor, peer);
      } else if (errno != EINTR && errno != ECONNABORTED) {
        return;
      }
    }
  }

  void welcome(int descriptor, const Endpoint& peer) {
    if (sessions.size() >= options.connections_max) {
      ::close(descriptor);
      ++counts.refused;
      return;
    }
    ++counts.accepted;
    ++counts.connections;
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sessions.emplace_front();
    sessions.front() = make_session(host, descriptor, peer.address().to_string(), sessions.begin());
    sessions.front()->start();
  }

  void remove(std::list<std::unique_ptr<Session>>::iterator place) {
    --counts.connections;
    sessions.erase(place);
    finish_drain(false);
  }

  void finish_drain(bool forced) {
    if (!drained || (!sessions.empty() && !forced)) return;
    boost::asio::post(core.executor(), std::exchange(drained, nullptr));
  }

  // One coarse timer for all sessions: a timer an operation would cost half of the throughput.
  void tick() {
    timer.expires_after(std::chrono::milliseconds(500));
    timer.async_wait([this](const boost::system::error_code& fault) {
      if (fault) return;
      date = date_line();
      now = std::chrono::steady_clock::now();
      accept();
      for (auto it = sessions.begin(); it != sessions.end();) (*it++)->sweep(now);
      if (drained && now > drain_until) finish_drain(true);
      tick();
    });
  }
};

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}
Listener::~Listener() = default;

namespace {

// A socket that listens there; errno says why not: -1.
int listening_socket(const Endpoint& endpoint) {
  const int descriptor = ::socket(endpoint.protocol().family(),
                                  SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  if (descriptor < 0) return -1;
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  constexpr int backlog = 4096;
  if (::bind(descriptor, endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0 &&
      ::listen(descriptor, backlog) == 0)
    return descriptor;
  const int reason = errno;
  ::close(descriptor);
  errno = reason;
  return -1;
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(loop::Core& core, ListenerOptions options,
                                                 Handler handler) {
  const std::string place = options.host + " port " + std::to_string(options.port);
  const auto refuse = [&](const std::string& reason) {
    return fail(Kind::unavailable, "listen", "cannot listen on " + place + ": " + reason);
  };
  boost::system::error_code fault;
  const auto address = boost::asio::ip::make_address(
      options.host == "localhost" ? "127.0.0.1" : options.host, fault);
  if (fault) return refuse(fault.message());
  auto state = std::make_unique<State>(core, std::move(options), std::move(handler));
  const Endpoint endpoint(address, static_cast<unsigned short>(state->options.port));
  state->socket = listening_socket(endpoint);
  if (state->socket < 0) return refuse(std::generic_category().message(errno));
  State* raw = state.get();
  core.post([raw] {
    if (raw->socket >= 0) raw->core.poller().watch(raw->socket, *raw);
    raw->tick();
  });
  return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

unsigned Listener::port() const {
  Endpoint bound;
  auto size = static_cast<socklen_t>(bound.capacity());
  ::getsockname(state_->socket, bound.data(), &size);
  return bound.port();
}

const Counts& Listener::counts() const { return state_->counts; }

void Listener::drain(std::chrono::milliseconds within, std::function<void()> done) {
  state_->close();
  state_->host.draining = true;
  state_->drained = std::move(done);
  state_->drain_until = std::chrono::steady_clock::now() + within;
  for (auto it = state_->sessions.begin(); it != state_->sessions.end();) (*it++)->drain();
  state_->finish_drain(false);
}

}  // namespace flash::net
