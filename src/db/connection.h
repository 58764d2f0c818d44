// One libpq connection in pipeline mode: many transactions in flight, results in order, reconnects
// by itself.
#pragma once
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/prepared.h"
#include "db/rows.h"
#include "db/work.h"
#include "loop/core.h"

struct pg_conn;
struct pg_result;

namespace flash::db {

using Done = std::move_only_function<void(Result<std::vector<Rows>>)>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What is sent in one flush, up to and with its Sync.
struct Flight {
  // implicit: the Sync ends the transaction (measured 16 % faster than BEGIN and COMMIT).
  enum class Opening : std::uint8_t { implicit, begin, none };
  enum class Closing : std::uint8_t { none, commit, rollback };

  Work work;
  Opening opening = Opening::implicit;
  Closing closing = Closing::none;
  Done done;
  SteadyTime submitted{};
  int tries = 0;  // a prepared statement that vanished is sent once more, whole
};

class Connection {
 public:
  // `options` goes to the server as its startup options ("-c statement_timeout=5000").
  Connection(loop::Core& core, std::string conninfo, std::string options,
             std::function<void()> changed);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Connects, reads and reconnects until close(); `self` keeps the object for the coroutine's life.
  static loop::Task<void> live(std::shared_ptr<Connection> self);
  void close();

  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] std::size_t in_flight() const { return flights_.size(); }
  // When what is awaited from the server began: a connection, or the oldest flight; nullopt:
  // nothing is. (libpq's own connect_timeout does not hold for a connection that is polled.)
  [[nodiscard]] std::optional<SteadyTime> oldest() const;
  // Sends at once. Only when ready(). `done` is called on the core, later, exactly once.
  void submit(Flight flight);
  // Drops the socket: every flight fails with unavailable, then it connects anew.
  void abandon();

 private:
  using Descriptor = boost::asio::posix::basic_stream_descriptor<loop::Executor>;
  enum class Step : std::uint8_t { control, forget, prepare, settings, statement };
  struct Sent {
    Flight flight;
    std::vector<Step> steps;
    std::vector<std::string> keys;  // of the statements prepared by this flight, in order
    std::size_t at = 0;
    std::size_t prepared_at = 0;
    std::vector<Rows> rows;
    std::optional<Error> error;
    unsigned syncs = 1;  // answers to Sync that are still to come
    bool stale = false;  // a prepared statement is not what we think it is
  };

  loop::Task<bool> connect();
  loop::Task<bool> wait(bool for_write);
  loop::Task<void> read_until_lost();
  bool drain();  // false: the connection is broken
  void take_result(pg_result* result);
  void fail_step(Sent& sent, Step step, pg_result* result);
  void finish_front();
  void lose(const std::string& why);
  bool send(Sent& sent);
  bool send_control(Sent& sent, const char* text);
  bool send_prepared(Sent& sent, Step step, const std::string& role,
                     const sql::Statement& statement);
  void flush();
  static loop::Task<void> flush_later(std::shared_ptr<Connection> self, std::uint64_t generation);

  loop::Core& core_;
  std::string conninfo_;
  std::string options_;
  std::function<void()> changed_;
  std::weak_ptr<Connection> self_;
  pg_conn* pg_ = nullptr;
  std::optional<Descriptor> descriptor_;
  loop::Timer pause_;
  Prepared prepared_;
  std::deque<Sent> flights_;
  std::optional<SteadyTime> connecting_since_;
  std::uint64_t generation_ =
      0;  // counts connections, so that a late coroutine sees it is out of date
  bool ready_ = false;
  bool closed_ = false;
  bool flushing_ = false;
};

}  // namespace flash::db
