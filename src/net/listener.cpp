#include "net/listener.h"

#include <fmt/chrono.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <ctime>

#include "base/log.h"
#include "net/session.h"

namespace flash::net {
namespace {

using Acceptor = boost::asio::basic_socket_acceptor<Tcp, loop::Executor>;
using ReusePort = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

std::string date_line() {
  return fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(std::time(nullptr)));
}

}  // namespace

struct Listener::State {
  State(loop::Core& c, ListenerOptions o, Handler h)
      : core(c),
        options(std::move(o)),
        handler(std::move(h)),
        acceptor(c.executor()),
        timer(c.executor()),
        date(date_line()),
        host{options, handler, counts, date, now, [this](auto place) { remove(place); }, false} {}

  loop::Core& core;
  ListenerOptions options;
  Handler handler;
  Acceptor acceptor;
  loop::Timer timer;
  Counts counts;
  std::string date;
  SteadyTime now = std::chrono::steady_clock::now();
  SessionHost host;
  std::list<std::unique_ptr<Session>> sessions;
  std::function<void()> drained;
  SteadyTime drain_until{};

  void accept() {
    acceptor.async_accept([this](const boost::system::error_code& fault, TcpSocket socket) {
      if (fault == boost::asio::error::operation_aborted || !acceptor.is_open()) return;
      if (!fault) welcome(std::move(socket));
      accept();
    });
  }

  void welcome(TcpSocket socket) {
    boost::system::error_code fault;
    const auto peer = socket.remote_endpoint(fault);
    if (fault || sessions.size() >= options.connections_max) {
      ++counts.refused;
      return;
    }
    ++counts.accepted;
    ++counts.connections;
    socket.set_option(Tcp::no_delay(true), fault);
    sessions.emplace_front();
    sessions.front() =
        make_session(host, std::move(socket), peer.address().to_string(), sessions.begin());
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
      for (auto it = sessions.begin(); it != sessions.end();) (*it++)->sweep(now);
      if (drained && now > drain_until) finish_drain(true);
      tick();
    });
  }
};

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(loop::Core& core, ListenerOptions options,
                                                 Handler handler) {
  const std::string place = options.host + " port " + std::to_string(options.port);
  const auto refuse = [&](const boost::system::error_code& fault) {
    return fail(Kind::unavailable, "listen", "cannot listen on " + place + ": " + fault.message());
  };
  boost::system::error_code fault;
  const auto address = boost::asio::ip::make_address(
      options.host == "localhost" ? "127.0.0.1" : options.host, fault);
  if (fault) return refuse(fault);
  auto state = std::make_unique<State>(core, std::move(options), std::move(handler));
  const Tcp::endpoint endpoint(address, static_cast<unsigned short>(state->options.port));
  Acceptor& acceptor = state->acceptor;
  acceptor.open(endpoint.protocol(), fault);
  if (fault) return refuse(fault);
  acceptor.set_option(boost::asio::socket_base::reuse_address(true), fault);
  acceptor.set_option(ReusePort(true), fault);
  acceptor.bind(endpoint, fault);
  if (fault) return refuse(fault);
  constexpr int backlog = 4096;
  acceptor.listen(backlog, fault);
  if (fault) return refuse(fault);
  State* raw = state.get();
  core.post([raw] {
    raw->accept();
    raw->tick();
  });
  return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

unsigned Listener::port() const {
  boost::system::error_code fault;
  return state_->acceptor.local_endpoint(fault).port();
}

const Counts& Listener::counts() const { return state_->counts; }

void Listener::drain(std::chrono::milliseconds within, std::function<void()> done) {
  boost::system::error_code fault;
  state_->acceptor.close(fault);
  state_->host.draining = true;
  state_->drained = std::move(done);
  state_->drain_until = std::chrono::steady_clock::now() + within;
  for (auto it = state_->sessions.begin(); it != state_->sessions.end();) (*it++)->drain();
  state_->finish_drain(false);
}

Result<std::shared_ptr<boost::asio::ssl::context>> load_tls(const std::string& cert,
                                                            const std::string& key) {
  using Context = boost::asio::ssl::context;
  auto context = std::make_shared<Context>(Context::tls_server);
  const auto refuse = [](const std::string& file, const boost::system::error_code& fault) {
    return fail(Kind::invalid, "tls", "cannot read " + file + ": " + fault.message());
  };
  boost::system::error_code fault;
  context->set_options(Context::default_workarounds | Context::no_sslv2 | Context::no_sslv3 |
                           Context::no_tlsv1 | Context::no_tlsv1_1,
                       fault);
  context->use_certificate_chain_file(cert, fault);
  if (fault) return refuse(cert, fault);
  context->use_private_key_file(key, Context::pem, fault);
  if (fault) return refuse(key, fault);
  return context;
}

}  // namespace flash::net
