// A libpq connection that speaks the replication protocol, awaited on one core.
#pragma once
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/rows.h"
#include "loop/core.h"

struct pg_conn;

namespace flash::wal {

// One coroutine at a time may await it; send() and cancel() may be called beside it.
class Connection {
 public:
  explicit Connection(loop::Core& core);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Errors: unavailable "08001" with libpq's reason.
  loop::Task<Result<void>> connect(std::string conninfo);
  // A command in the simple protocol, the only one that a replication connection has: no
  // parameters, so the text must be made of literals and checked names. Returns at COPY BOTH or at
  // the last result.
  loop::Task<Result<db::Rows>> command(std::string text);
  // The next copied message, until `read` is called again. Errors: unavailable "08006", or what the
  // server said.
  loop::Task<Result<std::string_view>> read();
  // False: the connection is gone.
  bool send(std::string_view message);
  void cancel();  // wakes who awaits, with unavailable "08006"

 private:
  using Descriptor = boost::asio::posix::basic_stream_descriptor<loop::Executor>;
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  struct Free {
    void operator()(char* bytes) const;
  };

  loop::Task<bool> wait(bool for_write, std::optional<std::chrono::milliseconds> most);
  void watch();  // the socket that libpq has now
  void release();
  Error lost() const;
  Error end_of_copy();

  loop::Core& core_;
  std::unique_ptr<pg_conn, Finish> pg_;
  std::shared_ptr<Descriptor> descriptor_;
  std::unique_ptr<char, Free> message_;
  loop::Timer deadline_;
  bool cancelled_ = false;
};

}  // namespace flash::wal
