#include "wal/connection.h"

#include <libpq-fe.h>

#include <array>

#include "base/text.h"
#include "db/sqlstate.h"

namespace flash::wal {
namespace {

constexpr std::chrono::seconds connect_most{5};
constexpr std::chrono::seconds command_most{60};  // making a slot waits for older transactions

// Values must arrive in the same text form whatever the database's defaults are. The timeout makes
// the server notice a dead reader within seconds instead of a minute.
constexpr const char* options =
    "-c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=3 -c timezone=UTC "
    "-c bytea_output=hex -c wal_sender_timeout=15s";

}  // namespace

void Connection::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }
void Connection::Free::operator()(char* bytes) const { PQfreemem(bytes); }

Connection::Connection(loop::Core& core) : core_(core), deadline_(core.executor()) {}

Connection::~Connection() { release(); }

void Connection::watch() {
  release();
  descriptor_ = std::make_shared<Descriptor>(core_.executor(), PQsocket(pg_.get()));
}

// libpq owns the socket and closes it.
void Connection::release() {
  if (descriptor_) descriptor_->release();
  descriptor_.reset();
}

void Connection::cancel() {
  cancelled_ = true;
  if (descriptor_) descriptor_->cancel();
}

Error Connection::lost() const {
  std::string why = pg_ ? PQerrorMessage(pg_.get()) : "";
  if (why.empty()) why = cancelled_ ? "cancelled" : "no answer in time";
  return make_error(Kind::unavailable, "08006", std::string(text::trim(why)));
}

loop::Task<bool> Connection::wait(bool for_write, std::optional<std::chrono::milliseconds> most) {
  if (cancelled_) co_return false;
  if (most) {
    deadline_.expires_after(*most);
    deadline_.async_wait(
        [watched = std::weak_ptr(descriptor_)](const boost::system::error_code& fault) {
          const auto descriptor = watched.lock();
          if (!fault && descriptor) descriptor->cancel();
        });
  }
  const auto direction = for_write ? Descriptor::wait_write : Descriptor::wait_read;
  auto [fault] = co_await descriptor_->async_wait(direction, loop::no_throw);
  deadline_.cancel();
  co_return !fault && !cancelled_;
}

loop::Task<Result<void>> Connection::connect(std::string conninfo) {
  // Parameters and not one text, so that a conninfo may be a URL.
  const std::array<const char*, 5> names{"dbname", "replication", "application_name", "options",
                                         nullptr};
  const std::array<const char*, 5> values{conninfo.c_str(), "database", "flashd-wal", options,
                                          nullptr};
  pg_.reset(PQconnectStartParams(names.data(), values.data(), 1));
  if (!pg_ || PQstatus(pg_.get()) == CONNECTION_BAD)
    co_return fail(Kind::unavailable, "08001", lost().message);
  auto state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    watch();  // libpq may try several addresses, each on a socket of its own
    const bool ready = co_await wait(state == PGRES_POLLING_WRITING, connect_most);
    release();
    if (ready) state = PQconnectPoll(pg_.get());
    if (!ready || state == PGRES_POLLING_FAILED)
      co_return fail(Kind::unavailable, "08001", lost().message);
  }
  if (PQsetnonblocking(pg_.get(), 1) != 0) co_return fail(lost());
  PQsetNoticeReceiver(pg_.get(), [](void*, const PGresult*) {}, nullptr);
  watch();
  co_return Result<void>{};
}

loop::Task<Result<db::Rows>> Connection::command(std::string text) {
  if (PQsendQuery(pg_.get(), text.c_str()) != 1) co_return fail(lost());
  db::Rows last;
  for (;;) {
    while (PQisBusy(pg_.get()) != 0) {
      if (PQflush(pg_.get()) < 0 || !co_await wait(false, command_most)) co_return fail(lost());
      if (PQconsumeInput(pg_.get()) != 1) co_return fail(lost());
    }
    PGresult* result = PQgetResult(pg_.get());
    if (result == nullptr) co_return last;
    const db::ResultOwner owner(result);
    const auto status = PQresultStatus(result);
    if (status == PGRES_COPY_BOTH) co_return db::Rows(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      Error error = db::error_of(result);
      // The connection is dropped after an error, so the rest of the answer need not be read.
      co_return fail(std::move(error));
    }
    last = db::Rows(result);
  }
}

// The stream ended: the reason is in the result that follows.
Error Connection::end_of_copy() {
  PGresult* result = PQgetResult(pg_.get());
  if (result == nullptr) return lost();
  const db::ResultOwner owner(result);
  Error error = db::error_of(result);
  return error.message.empty() ? lost() : error;
}

loop::Task<Result<std::string_view>> Connection::read() {
  for (;;) {
    char* bytes = nullptr;
    const int size = PQgetCopyData(pg_.get(), &bytes, 1);
    message_.reset(bytes);
    if (size > 0) co_return std::string_view(message_.get(), static_cast<std::size_t>(size));
    if (size == -1) co_return fail(end_of_copy());
    if (size == -2 || !co_await wait(false, std::nullopt)) co_return fail(lost());
    if (PQconsumeInput(pg_.get()) != 1) co_return fail(lost());
  }
}

bool Connection::send(std::string_view message) {
  if (!pg_ || cancelled_) return false;
  // A status is 34 bytes; when the socket is full, the next one tries again.
  return PQputCopyData(pg_.get(), message.data(), static_cast<int>(message.size())) == 1 &&
         PQflush(pg_.get()) >= 0;
}

}  // namespace flash::wal
