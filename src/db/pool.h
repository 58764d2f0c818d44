// The connections of one core: shared ones that many transactions flow through, exclusive ones for
// dialogues.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/rows.h"
#include "db/work.h"
#include "loop/core.h"

namespace flash::db {

struct PoolOptions {
  std::string conninfo;
  unsigned shared_connections = 2;  // each carries up to `depth` transactions at once; at least 1
  unsigned depth = 16;
  unsigned exclusive_connections = 4;  // at most; made on demand
  std::size_t waiting_max =
      4096;  // callers that may queue before they are refused with `unavailable`
  std::chrono::milliseconds wait_ms_max{3'000};       // in the queue
  std::chrono::milliseconds statement_ms_max{5'000};  // PostgreSQL's statement_timeout
};

class Session;

class Pool {
 public:
  Pool(loop::Core& core, PoolOptions options);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Runs the statements as one transaction in one round trip, pipelined beside other callers'. One
  // Rows a statement. A failing statement rolls all back; the Error has the SQLSTATE as its code.
  // Reconnects by itself; while the database is away callers get unavailable "08006". Call on the
  // pool's core only.
  loop::Task<Result<std::vector<Rows>>> run(Work work);

  // A transaction in several dependent steps on a connection of its own.
  loop::Task<Result<Session>> begin(Identity identity);

  [[nodiscard]] bool healthy() const;  // at least one shared connection stands
  void close();

 private:
  friend class Session;
  struct State;
  std::shared_ptr<State> state_;
};

// Rolls back when it is dropped before commit().
class Session {
 public:
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  // The first call also sends BEGIN and the settings. After an Error the transaction is over.
  loop::Task<Result<std::vector<Rows>>> run(std::vector<sql::Statement> statements);
  // The same with COMMIT in the same flush; no statements: just COMMIT.
  loop::Task<Result<std::vector<Rows>>> commit(std::vector<sql::Statement> statements);

 private:
  friend class Pool;
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace flash::db
