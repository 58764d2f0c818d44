#include "db/connection.h"

#include <libpq-fe.h>

#include <array>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "db/sqlstate.h"

namespace flash::db {
namespace {

constexpr std::size_t settings_max = 32;

// select set_config('role',$1,true),set_config($2,$3,true),…: one text a count, so that it is
// prepared once.
const std::string& settings_text(std::size_t count) {
  static const auto texts = [] {
    std::array<std::string, settings_max + 1> out;
    for (std::size_t n = 0; n <= settings_max; ++n) {
      out[n] = "select set_config('role',$1,true)";
      for (std::size_t i = 0; i < n; ++i)
        out[n] += text::cat(",set_config($", std::to_string(2 + 2 * i), ",$",
                            std::to_string(3 + 2 * i), ",true)");
    }
    return out;
  }();
  CHECK(count <= settings_max);
  return texts[count];
}

sql::Statement settings_statement(const Identity& identity) {
  sql::Statement out;
  out.params.emplace_back(identity.role);
  for (const auto& [name, value] : identity.settings) {
    out.params.emplace_back(name);
    out.params.emplace_back(value);
  }
  if (identity.read_only) {
    out.params.emplace_back("transaction_read_only");
    out.params.emplace_back("on");
  }
  out.text = settings_text((out.params.size() - 1) / 2);
  return out;
}

Error lost_error() {
  return make_error(Kind::unavailable, "08006", "the connection to the database was lost");
}

}  // namespace

Connection::Connection(loop::Core& core, std::string conninfo, std::string options,
                       std::function<void()> changed)
    : core_(core),
      conninfo_(std::move(conninfo)),
      options_(std::move(options)),
      changed_(std::move(changed)),
      pause_(core.executor()) {}

Connection::~Connection() {
  if (descriptor_) descriptor_->release();
  if (pg_ != nullptr) PQfinish(pg_);
}

std::optional<SteadyTime> Connection::oldest() const {
  if (connecting_since_) return connecting_since_;
  if (flights_.empty()) return std::nullopt;
  return flights_.front().flight.submitted;
}

loop::Task<void> Connection::live(std::shared_ptr<Connection> self) {
  self->self_ = self;
  std::chrono::milliseconds pause{50};
  constexpr std::chrono::milliseconds pause_max{1000};
  while (!self->closed_) {
    self->connecting_since_ = std::chrono::steady_clock::now();
    const bool connected = co_await self->connect();
    self->connecting_since_.reset();
    if (connected) {
      pause = std::chrono::milliseconds{50};
      self->ready_ = true;
      self->changed_();
      co_await self->read_until_lost();
    }
    self->lose("closed");
    if (self->closed_) break;
    self->pause_.expires_after(pause);
    co_await self->pause_.async_wait(loop::no_throw);
    pause = std::min(pause * 2, pause_max);
  }
}

loop::Task<bool> Connection::wait(bool for_write) {
  const auto direction = for_write ? Descriptor::wait_write : Descriptor::wait_read;
  auto [fault] = co_await descriptor_->async_wait(direction, loop::no_throw);
  co_return !fault && !closed_;
}

loop::Task<bool> Connection::connect() {
  ++generation_;
  // Parameters and not one text, so that a conninfo may be a URL.
  const std::array<const char*, 5> names{"dbname", "application_name", "connect_timeout", "options",
                                         nullptr};
  const std::array<const char*, 5> values{conninfo_.c_str(), "flashd", "5", options_.c_str(),
                                          nullptr};
  pg_ = PQconnectStartParams(names.data(), values.data(), 1);
  if (pg_ == nullptr || PQstatus(pg_) == CONNECTION_BAD) {
    log::warning("database_unreachable", {{"reason", pg_ ? PQerrorMessage(pg_) : "out of memory"}});
    co_return false;
  }
  for (auto state = PGRES_POLLING_WRITING;;) {
    // libpq may try several addresses, each on a socket of its own.
    descriptor_.emplace(core_.executor(), PQsocket(pg_));
    const bool awake = co_await wait(state == PGRES_POLLING_WRITING);
    descriptor_->release();
    descriptor_.reset();
    if (!awake) co_return false;
    state = PQconnectPoll(pg_);
    if (state == PGRES_POLLING_OK) break;
    if (state == PGRES_POLLING_FAILED) {
      log::warning("database_unreachable", {{"reason", PQerrorMessage(pg_)}});
      co_return false;
    }
  }
  PQsetNoticeReceiver(pg_, [](void*, const PGresult*) {}, nullptr);
  if (PQsetnonblocking(pg_, 1) != 0 || PQenterPipelineMode(pg_) != 1) co_return false;
  descriptor_.emplace(core_.executor(), PQsocket(pg_));
  co_return true;
}

loop::Task<void> Connection::read_until_lost() {
  for (;;) {
    if (!co_await wait(false)) co_return;
    if (PQconsumeInput(pg_) == 0 || !drain()) co_return;
  }
}

bool Connection::drain() {
  while (!flights_.empty() && PQisBusy(pg_) == 0) {
    PGresult* result = PQgetResult(pg_);
    if (result == nullptr) {
      if (PQstatus(pg_) == CONNECTION_BAD) return false;
      continue;  // the end of one statement's results
    }
    if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
      PQclear(result);
      if (--flights_.front().syncs > 0) continue;
      finish_front();
      if (closed_ || pg_ == nullptr) return false;
    } else {
      take_result(result);
    }
  }
  return PQstatus(pg_) != CONNECTION_BAD;
}

void Connection::take_result(pg_result* result) {
  Sent& sent = flights_.front();
  const auto status = PQresultStatus(result);
  if (sent.at >=
      sent.steps.size()) {  // e.g. the server said goodbye: the read that follows sees the end
    PQclear(result);
    return;
  }
  const Step step = sent.steps[sent.at++];
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
    if (step == Step::prepare) ++sent.prepared_at;
    if (step == Step::statement) {
      sent.rows.emplace_back(result);
    } else {
      PQclear(result);
    }
    return;
  }
  fail_step(sent, step, result);
  PQclear(result);
}

void Connection::fail_step(Sent& sent, Step step, pg_result* result) {
  if (step == Step::prepare) prepared_.forget(sent.keys[sent.prepared_at++]);
  if (PQresultStatus(result) == PGRES_PIPELINE_ABORTED || sent.error) return;
  sent.error = error_of(result);
  // The server does not know the name (an earlier flight's PREPARE failed), or a table changed its
  // shape.
  sent.stale = step != Step::prepare &&
               (sent.error->code == "26000" ||
                (sent.error->code == "0A000" && sent.error->message.starts_with("cached plan")));
}

void Connection::finish_front() {
  Sent sent = std::move(flights_.front());
  flights_.pop_front();
  if (sent.stale) {
    for (const sql::Statement& statement : sent.flight.work.statements)
      prepared_.forget(Prepared::key(sent.flight.work.identity.role, statement.text));
    prepared_.forget(Prepared::key({}, settings_statement(sent.flight.work.identity).text));
    // Nothing of an implicit transaction remains after an error, so it can be sent again, once.
    if (sent.flight.opening == Flight::Opening::implicit && sent.flight.tries++ == 0)
      return submit(std::move(sent.flight));
  }
  if (sent.error) {
    sent.flight.done(std::unexpected(*std::move(sent.error)));
  } else {
    sent.flight.done(std::move(sent.rows));
  }
  changed_();
}

void Connection::submit(Flight flight) {
  CHECK(ready_);
  flights_.push_back(Sent{.flight = std::move(flight)});
  if (!send(flights_.back())) {
    // libpq refuses only when the connection is gone or memory is: the reader sees it and fails the
    // flights.
    descriptor_->cancel();
    return;
  }
  flush();
}

bool Connection::send(Sent& sent) {
  const Work& work = sent.flight.work;
  bool good = true;
  if (sent.flight.opening == Flight::Opening::begin) good = send_control(sent, "begin");
  if (good && sent.flight.opening != Flight::Opening::none)
    good = send_prepared(sent, Step::settings, {}, settings_statement(work.identity));
  for (const sql::Statement& statement : work.statements)
    good = good && send_prepared(sent, Step::statement, work.identity.role, statement);
  if (good && sent.flight.closing == Flight::Closing::commit) good = send_control(sent, "commit");
  if (good && sent.flight.closing == Flight::Closing::rollback) {
    // After a failure the server passes over everything up to a Sync, and an open transaction stays
    // open: the rollback has to come after one.
    good = PQpipelineSync(pg_) == 1 && send_control(sent, "rollback");
    ++sent.syncs;
  }
  return good && PQpipelineSync(pg_) == 1;
}

bool Connection::send_control(Sent& sent, const char* text) {
  sent.steps.push_back(Step::control);
  return PQsendQueryParams(pg_, text, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
}

bool Connection::send_prepared(Sent& sent, Step step, const std::string& role,
                               const sql::Statement& statement) {
  std::string key = Prepared::key(role, statement.text);
  const Prepared::Use use = prepared_.use(key);
  if (use.evicted) {
    sent.steps.push_back(Step::forget);
    const std::string text = text::cat("deallocate ", *use.evicted);
    if (PQsendQueryParams(pg_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 1)
      return false;
  }
  if (use.fresh) {
    sent.steps.push_back(Step::prepare);
    sent.keys.push_back(std::move(key));
    if (PQsendPrepare(pg_, use.name.c_str(), statement.text.c_str(), 0, nullptr) != 1) return false;
  }
  sent.steps.push_back(step);
  std::vector<const char*> values;
  values.reserve(statement.params.size());
  for (const sql::Param& param : statement.params)
    values.push_back(param ? param->c_str() : nullptr);
  return PQsendQueryPrepared(pg_, use.name.c_str(), static_cast<int>(values.size()), values.data(),
                             nullptr, nullptr, 0) == 1;
}

void Connection::flush() {
  if (flushing_ || PQflush(pg_) != 1) return;
  flushing_ = true;
  if (auto self = self_.lock()) core_.spawn(flush_later(std::move(self), generation_));
}

loop::Task<void> Connection::flush_later(std::shared_ptr<Connection> self,
                                         std::uint64_t generation) {
  while (self->generation_ == generation && self->descriptor_) {
    auto [fault] = co_await self->descriptor_->async_wait(Descriptor::wait_write, loop::no_throw);
    if (fault || self->generation_ != generation || self->pg_ == nullptr) break;
    if (PQflush(self->pg_) != 1) break;
  }
  self->flushing_ = false;
}

void Connection::lose(const std::string& why) {
  const bool was_ready = std::exchange(ready_, false);
  ++generation_;
  if (descriptor_) {
    descriptor_->release();
    descriptor_.reset();
  }
  if (pg_ != nullptr) {
    if (was_ready && !closed_)
      log::warning(
          "database_connection_lost",
          {{"reason", PQstatus(pg_) == CONNECTION_BAD ? PQerrorMessage(pg_) : why.c_str()}});
    PQfinish(pg_);
    pg_ = nullptr;
  }
  prepared_.clear();
  flushing_ = false;
  auto flights = std::exchange(flights_, {});
  for (Sent& sent : flights) sent.flight.done(std::unexpected(lost_error()));
  if (was_ready) changed_();
}

void Connection::abandon() {
  if (descriptor_) descriptor_->cancel();
}

void Connection::close() {
  closed_ = true;
  pause_.cancel();
  if (descriptor_) descriptor_->cancel();
}

}  // namespace flash::db
