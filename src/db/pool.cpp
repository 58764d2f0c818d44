#include "db/pool.h"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/this_coro.hpp>
#include <deque>
#include <utility>

#include "db/connection.h"

namespace flash::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Error busy_error() {
  return make_error(Kind::unavailable, "53300", "the database is busy; try again shortly");
}

Error away_error() {
  return make_error(Kind::unavailable, "08006", "the database is not reachable");
}

std::string startup_options(const PoolOptions& options) {
  return "-c statement_timeout=" + std::to_string(options.statement_ms_max.count()) +
         " -c idle_in_transaction_session_timeout=60000 -c jit=off -c timezone=UTC";
}

}  // namespace

// Lives as long as anything of it is under way: the pool, a session, a connection's coroutine.
struct Pool::State {
  State(loop::Core& c, PoolOptions o) : core(c), options(std::move(o)), sweep(c.executor()) {}

  loop::Core& core;
  PoolOptions options;
  std::vector<std::shared_ptr<Connection>> shared;
  std::vector<std::shared_ptr<Connection>> exclusive;  // all, idle or not
  std::vector<std::shared_ptr<Connection>> idle;
  std::deque<Flight> waiting;        // in the order in which they came
  std::deque<Flight> light_waiting;  // the light reads among them, for their own connection
  struct Wish {
    SteadyTime since;
    std::move_only_function<void(std::shared_ptr<Connection>)> done;  // null: none to be had
  };
  std::deque<Wish> wishes;
  loop::Timer sweep;
  bool closed = false;

  std::shared_ptr<Connection> make(const std::shared_ptr<State>& self) {
    auto connection = std::make_shared<Connection>(core, options.conninfo, startup_options(options),
                                                   [weak = std::weak_ptr(self)] {
                                                     if (auto state = weak.lock()) {
                                                       state->grow(state);
                                                       state->send_waiting();
                                                       state->grant();
                                                     }
                                                   });
    core.spawn(Connection::live(connection));
    return connection;
  }

  // One after the other, so that the first stands as soon as it can.
  void grow(const std::shared_ptr<State>& self) {
    if (shared.size() < options.shared_connections && !closed &&
        (shared.empty() || shared.back()->ready()))
      shared.push_back(make(self));
  }

  // Light reads keep to one connection while there are any: more of them share a transaction, none
  // waits behind a long statement, and PostgreSQL's processes leave the processors to each other.
  // Whatever else there is keeps to the others, as far as there are others. Null: wait.
  Connection* best_for(bool is_light) {
    Connection* lane = nullptr;
    Connection* freest = nullptr;
    for (auto& connection : shared) {
      if (!connection->ready()) continue;
      if (lane == nullptr && connection->only_light()) {
        lane = connection.get();
      } else if (freest == nullptr || connection->in_flight() < freest->in_flight()) {
        freest = connection.get();
      }
    }
    Connection* const best = lane != nullptr && (is_light || freest == nullptr) ? lane : freest;
    return best != nullptr && best->in_flight() < options.depth ? best : nullptr;
  }

  [[nodiscard]] bool any_ready() const {
    for (const auto& connection : shared)
      if (connection->ready()) return true;
    return false;
  }

  void submit(Flight flight) {
    flight.submitted = steady_clock::now();
    if (closed) return flight.done(std::unexpected(away_error()));
    auto& queue = flight.work.shares ? light_waiting : waiting;
    if (Connection* connection = queue.empty() ? best_for(flight.work.shares) : nullptr) {
      connection->submit(std::move(flight));
    } else if (queue.size() >= options.waiting_max) {
      flight.done(std::unexpected(busy_error()));
    } else {
      queue.push_back(std::move(flight));
    }
  }

  void send_waiting() {
    for (auto* queue : {&light_waiting, &waiting}) {
      while (!queue->empty()) {
        Connection* connection = best_for(queue == &light_waiting);
        if (connection == nullptr) break;
        Flight flight = std::move(queue->front());
        queue->pop_front();
        flight.submitted = steady_clock::now();
        connection->submit(std::move(flight));
      }
    }
  }

  // Gives idle exclusive connections to those who wait for one, longest first.
  void grant() {
    while (!wishes.empty()) {
      auto ready = std::ranges::find_if(idle, [](const auto& c) { return c->ready(); });
      if (ready == idle.end()) return;
      auto connection = std::move(*ready);
      idle.erase(ready);
      auto done = std::move(wishes.front().done);
      wishes.pop_front();
      done(std::move(connection));
    }
  }

  void expire(SteadyTime now) {
    const Error error = any_ready() ? busy_error() : away_error();
    for (auto* queue : {&light_waiting, &waiting}) {
      while (!queue->empty() && now - queue->front().submitted > options.wait_ms_max) {
        Flight flight = std::move(queue->front());
        queue->pop_front();
        flight.done(std::unexpected(error));
      }
    }
    while (!wishes.empty() && now - wishes.front().since > options.wait_ms_max) {
      auto done = std::move(wishes.front().done);
      wishes.pop_front();
      done(nullptr);
    }
    // PostgreSQL's own timeout has passed by far: the server or the network hangs.
    const auto hung = options.statement_ms_max * 2 + milliseconds(5000);
    for (const auto* group : {&shared, &exclusive})
      for (const auto& connection : *group)
        if (const auto oldest = connection->oldest(); oldest && now - *oldest > hung)
          connection->abandon();
  }

  void close() {
    closed = true;
    sweep.cancel();
    for (const auto* group : {&shared, &exclusive})
      for (const auto& connection : *group) connection->close();
    expire(SteadyTime::max());
  }
};

namespace {

template <class State>
loop::Task<void> sweep_forever(std::shared_ptr<State> state) {
  while (!state->closed) {
    state->sweep.expires_after(milliseconds(200));
    co_await state->sweep.async_wait(loop::no_throw);
    if (!state->closed) state->expire(steady_clock::now());
  }
}

// co_await of one flight; `submit` gets it with `done` set.
template <class Submit>
loop::Task<Result<std::vector<Rows>>> fly(Flight flight, Submit submit) {
  using Out = Result<std::vector<Rows>>;
  co_return co_await loop::asio::async_initiate<const loop::asio::use_awaitable_t<loop::Executor>,
                                                void(Out)>(
      [](auto handler, Flight f, Submit send) {
        f.done = [handler = std::move(handler)](Out out) mutable {
          std::move(handler)(std::move(out));
        };
        send(std::move(f));
      },
      loop::use_task, std::move(flight), std::move(submit));
}

}  // namespace

Pool::Pool(loop::Core& core, PoolOptions options)
    : state_(std::make_shared<State>(core, std::move(options))) {
  state_->grow(state_);
  core.spawn(sweep_forever(state_));
}

Pool::~Pool() { close(); }

void Pool::close() { state_->close(); }

bool Pool::healthy() const { return state_->any_ready(); }

loop::Task<Result<std::vector<Rows>>> Pool::run(Work work) {
  Flight flight;
  flight.work = std::move(work);
  if (flight.work.end == End::rollback) {
    flight.opening = Flight::Opening::begin;
    flight.closing = Flight::Closing::rollback;
  }
  auto state = state_;
  co_return co_await fly(std::move(flight), [state](Flight f) { state->submit(std::move(f)); });
}

struct Session::State {
  std::shared_ptr<Pool::State> pool;
  std::shared_ptr<Connection> connection;
  Identity identity;
  bool begun = false;
  bool over = false;  // committed, or failed: nothing may follow

  ~State() {
    auto give_back = [p = pool, c = connection] {
      p->idle.push_back(c);
      p->grant();
    };
    if (!begun || over || !connection->ready()) {
      give_back();
      return;
    }
    Flight flight;
    flight.opening = Flight::Opening::none;
    flight.closing = Flight::Closing::rollback;
    flight.submitted = steady_clock::now();
    flight.done = [give_back](const Result<std::vector<Rows>>&) { give_back(); };
    connection->submit(std::move(flight));
  }

  loop::Task<Result<std::vector<Rows>>> send(std::vector<sql::Statement> statements,
                                             Flight::Closing closing) {
    if (over || !connection->ready()) co_return fail(away_error());
    Flight flight;
    flight.work.identity = identity;
    flight.work.statements = std::move(statements);
    flight.opening = begun ? Flight::Opening::none : Flight::Opening::begin;
    flight.closing = closing;
    flight.submitted = steady_clock::now();
    begun = true;
    auto c = connection;
    auto out = co_await fly(std::move(flight), [c](Flight f) { c->submit(std::move(f)); });
    if (closing == Flight::Closing::commit && out) over = true;
    co_return out;
  }
};

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

loop::Task<Result<std::vector<Rows>>> Session::run(std::vector<sql::Statement> statements) {
  return state_->send(std::move(statements), Flight::Closing::none);
}

loop::Task<Result<std::vector<Rows>>> Session::commit(std::vector<sql::Statement> statements) {
  return state_->send(std::move(statements), Flight::Closing::commit);
}

loop::Task<Result<Session>> Pool::begin(Identity identity) {
  auto state = state_;
  if (state->closed) co_return fail(away_error());
  if (state->idle.empty() && state->exclusive.size() < state->options.exclusive_connections) {
    state->exclusive.push_back(state->make(state));
    state->idle.push_back(state->exclusive.back());
  }
  if (state->wishes.size() >= state->options.waiting_max) co_return fail(busy_error());
  auto connection =
      co_await loop::asio::async_initiate<const loop::asio::use_awaitable_t<loop::Executor>,
                                          void(std::shared_ptr<Connection>)>(
          [](auto handler, std::shared_ptr<State> s) {
            s->wishes.push_back({steady_clock::now(), [handler = std::move(handler)](
                                                          std::shared_ptr<Connection> c) mutable {
                                   std::move(handler)(std::move(c));
                                 }});
            s->grant();
          },
          loop::use_task, state);
  if (!connection) co_return fail(state->any_ready() ? busy_error() : away_error());
  auto session = std::make_unique<Session::State>();
  session->pool = state;
  session->connection = std::move(connection);
  session->identity = std::move(identity);
  co_return Session(std::move(session));
}

}  // namespace flash::db
