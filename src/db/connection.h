// One connection: many transactions in flight, answers in order, reconnects by itself. libpq opens
// it and signs in; then the protocol is spoken here, many messages a system call (decision 0015).
#pragma once
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/prepared.h"
#include "db/protocol.h"
#include "db/rows.h"
#include "db/socket.h"
#include "db/work.h"
#include "loop/core.h"
#include "loop/poller.h"

struct pg_conn;

namespace flash::db {

using Done = std::move_only_function<void(Result<std::vector<Rows>>)>;
using SteadyTime = std::chrono::steady_clock::time_point;

// What is sent up to and with its Sync.
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

class Connection final : public loop::Watched {
 public:
  // `options` goes to the server as its startup options ("-c statement_timeout=5000").
  Connection(loop::Core& core, std::string conninfo, std::string options,
             std::function<void()> changed);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Connects, serves and reconnects until close(); `self` keeps the object for the coroutine's
  // life.
  static loop::Task<void> live(std::shared_ptr<Connection> self);
  void close();

  [[nodiscard]] bool ready() const { return ready_; }
  [[nodiscard]] std::size_t in_flight() const { return flights_.size(); }
  // At least one is in flight, and each is a light read (Work::shares).
  [[nodiscard]] bool only_light() const { return light_ > 0 && light_ == flights_.size(); }
  // When what is awaited from the server began: a connection, or the oldest flight; nullopt:
  // nothing is. (libpq's own connect_timeout does not hold for a connection that is polled.)
  [[nodiscard]] std::optional<SteadyTime> oldest() const;
  // Leaves with everything else of this turn of the loop. Only when ready(). `done` is called on
  // the core, later, exactly once.
  void submit(Flight flight);
  // Drops the socket: every flight fails with unavailable, then it connects anew.
  void abandon();

 private:
  using Descriptor = boost::asio::posix::basic_stream_descriptor<loop::Executor>;
  // A part of a flight that the server answers, in order.
  struct Step {
    enum class Kind : std::uint8_t { close, prepare, run };
    Kind kind;
    bool is_statement = false;  // of the caller's own: its rows are wanted
    std::shared_ptr<Known> known;
    std::string_view text;  // lives in the flight, or for good
  };
  struct Sent {
    Flight flight;
    std::vector<Step> steps;
    std::size_t at = 0;      // the step that is answered next
    std::size_t second = 0;  // the first step after the first of two Syncs
    unsigned syncs = 0;      // of its own; 0: the next flight is of the same transaction
    std::vector<Rows> rows;
    std::optional<Error> error;
    bool stale = false;  // a prepared statement is not what we think it is
  };

  void on_ready(bool hung_up) override;
  void on_round_end() override;
  loop::Task<bool> connect();
  loop::Task<bool> wait(bool for_write);
  loop::Task<void> serve();
  void lose();
  void break_off();

  // False: the connection is broken, or not what we believe PostgreSQL to be.
  bool read(bool to_the_end);
  bool take(const protocol::Message& message);
  bool take_answer(const protocol::Message& message);
  bool take_error(std::string_view body);
  bool take_end();
  bool step_done();
  Sent pop();
  void settle(Sent sent);
  void forget_unprepared(const Sent& sent);

  [[nodiscard]] bool may_join(const Flight& flight) const;
  // `before`: who the flight before it in the same transaction was; null: it is the first.
  void encode(Sent& sent, const Identity* before);
  void encode_settings(Sent& sent, const Identity* before);
  void encode_statement(Sent& sent, const sql::Statement& statement);
  void encode_control(Sent& sent, std::string_view text);
  Known& encode_name(Sent& sent, std::string_view role, std::string_view text);
  void end_transaction();
  void write();
  void write_soon();

  loop::Core& core_;
  std::string conninfo_;
  std::string options_;
  std::function<void()> changed_;
  std::weak_ptr<Connection> self_;
  pg_conn* pg_ = nullptr;
  std::optional<Descriptor> descriptor_;  // while it connects
  std::optional<Socket> socket_;          // from then on
  loop::Timer pause_;
  loop::Timer lost_;  // wakes live() when the connection is broken
  Prepared prepared_;
  std::deque<Sent> flights_;
  std::size_t light_ = 0;  // of them
  std::optional<SteadyTime> connecting_since_;
  protocol::Reader reader_;
  std::optional<RowsReader> rows_;  // of the step that is answered
  std::string out_;
  std::size_t out_at_ = 0;     // what is before it is written
  std::size_t sealed_ = 0;     // up to here out_ is whole transactions
  unsigned open_flights_ = 0;  // of the transaction whose Sync is not encoded yet
  unsigned transactions_ = 0;  // whose end is not answered yet
  unsigned apart_ = 0;         // so many flights share no transaction: one that did has failed
  bool skipping_ = false;      // an error came: the server passes over all up to a Sync
  bool writing_soon_ = false;
  bool ready_ = false;
  bool broken_ = false;
  bool closed_ = false;
};

}  // namespace flash::db
