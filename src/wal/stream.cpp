#include "wal/stream.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "wal/assembler.h"

namespace flash::wal {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr milliseconds pause_min{100};
constexpr milliseconds pause_max{1'000};
constexpr seconds report_every{1};
constexpr int ask_every = 5;         // reports, between two that want an answer
constexpr seconds silence_most{20};  // a server that answers nothing for so long is gone

}  // namespace

// Lives as long as one of its two coroutines: the reader, and the reporter of positions.
struct Stream::State {
  State(loop::Core& c, StreamOptions o, StreamEvents e)
      : core(c),
        options(std::move(o)),
        events(std::move(e)),
        assembler(options.transaction_bytes_max),
        pause(c.executor()),
        room(c.executor()),
        tick(c.executor()) {}

  loop::Core& core;
  StreamOptions options;
  StreamEvents events;
  Assembler assembler;
  std::unique_ptr<Connection> connection;
  loop::Timer pause;  // between two connections
  loop::Timer room;   // waits for acknowledgements
  loop::Timer tick;   // of the reporter
  steady_clock::time_point heard;
  Lsn handed = 0;  // end of the last transaction given to the reader
  Lsn done = 0;    // everything before was acknowledged
  Lsn server_end = 0;
  std::size_t held_bytes = 0;
  std::uint64_t held = 0;  // transactions handed over, not acknowledged
  StreamFigures figures;
  bool closed = false;

  static loop::Task<void> live(std::shared_ptr<State> self);
  static loop::Task<void> report(std::shared_ptr<State> self);
  loop::Task<Error> read_until_lost();
  loop::Task<Error> read_stream();
  loop::Task<void> wait_for_room();
  void hand_over(Transaction transaction);
  void heed(const Envelope& envelope);
  void tell(bool reply_wanted);
};

void Stream::State::tell(bool reply_wanted) {
  if (!figures.live || !connection) return;
  const Lsn received = std::max(server_end, done);
  if (!connection->send(status_update(received, done, SystemClock().now(), reply_wanted)))
    connection->cancel();
}

void Stream::State::heed(const Envelope& envelope) {
  heard = steady_clock::now();
  server_end = std::max(server_end, envelope.end);
  if (envelope.kind != Envelope::Kind::keepalive) return;
  // With nothing under way, the log of tables that nobody listens to need not be kept either.
  if (!assembler.in_transaction() && held == 0) done = handed = std::max(done, envelope.end);
  if (envelope.reply_wanted) tell(false);
}

void Stream::State::hand_over(Transaction transaction) {
  if (transaction.end != 0) handed = transaction.end;
  ++figures.transactions;
  held_bytes += transaction.bytes;
  ++held;
  events.committed(std::move(transaction));
}

loop::Task<void> Stream::State::wait_for_room() {
  while (held_bytes > options.held_bytes_max && !closed) {
    room.expires_after(seconds(1));  // acknowledge() cuts the wait short
    co_await room.async_wait(loop::no_throw);
  }
}

loop::Task<Error> Stream::State::read_stream() {
  for (;;) {
    auto bytes = co_await connection->read();
    if (!bytes) co_return std::move(bytes).error();
    const auto envelope = open_envelope(*bytes);
    if (!envelope) co_return envelope.error();
    heed(*envelope);
    if (envelope->kind == Envelope::Kind::keepalive) continue;
    auto transaction = assembler.feed(envelope->payload);
    if (!transaction) co_return std::move(transaction).error();
    if (closed) break;
    if (*transaction) hand_over(**std::move(transaction));
    if (held_bytes > options.held_bytes_max) co_await wait_for_room();
  }
  co_return make_error(Kind::canceled, "08006", "closed");
}

loop::Task<Error> Stream::State::read_until_lost() {
  connection = std::make_unique<Connection>(core);
  if (auto connected = co_await connection->connect(options.conninfo); !connected)
    co_return std::move(connected).error();
  auto opened = co_await open_slot(*connection, options.slot, handed);
  if (!opened) co_return std::move(opened).error();
  if (closed) co_return make_error(Kind::canceled, "08006", "closed");
  log::info("wal_live", {{"slot", opened->slot}, {"temporary", opened->temporary}});
  assembler.restart();
  if (opened->gap) {
    ++figures.gaps;
    handed = done = server_end = 0;
    log::warning("wal_gap", {{"slot", opened->slot}});
    events.gap("the change stream started anew");
  }
  figures.live = true;
  heard = steady_clock::now();
  events.live();
  co_return co_await read_stream();
}

loop::Task<void> Stream::State::live(std::shared_ptr<State> self) {
  auto pause = pause_min;
  while (!self->closed) {
    const Error why = co_await self->read_until_lost();
    const bool was_live = std::exchange(self->figures.live, false);
    self->connection.reset();
    if (self->closed) break;
    log::warning("wal_lost",
                 {{"slot", self->options.slot.name}, {"code", why.code}, {"reason", why.message}});
    ++self->figures.reconnections;
    if (was_live) pause = pause_min;
    self->pause.expires_after(pause);
    co_await self->pause.async_wait(loop::no_throw);
    pause = std::min(pause * 2, pause_max);
  }
}

// Tells the position every second, so that the server frees its log and knows that we live.
loop::Task<void> Stream::State::report(std::shared_ptr<State> self) {
  for (int beat = 0; !self->closed; ++beat) {
    self->tell(beat % ask_every == 0);
    if (self->figures.live && steady_clock::now() - self->heard > silence_most)
      self->connection->cancel();
    self->tick.expires_after(report_every);
    co_await self->tick.async_wait(loop::no_throw);
  }
}

Stream::Stream(loop::Core& core, StreamOptions options, StreamEvents events)
    : state_(std::make_shared<State>(core, std::move(options), std::move(events))) {}

Stream::~Stream() { close(); }

void Stream::start() {
  state_->core.spawn(State::live(state_));
  state_->core.spawn(State::report(state_));
}

void Stream::close() {
  if (std::exchange(state_->closed, true)) return;
  state_->tell(false);
  if (state_->connection) state_->connection->cancel();
  state_->pause.cancel();
  state_->room.cancel();
  state_->tick.cancel();
}

void Stream::acknowledge(Lsn end, std::size_t bytes) {
  state_->done = std::max(state_->done, end);
  state_->held_bytes -= std::min(bytes, state_->held_bytes);
  if (state_->held > 0) --state_->held;
  state_->room.cancel();
}

StreamFigures Stream::figures() const {
  StreamFigures figures = state_->figures;
  figures.lag_bytes = state_->server_end - std::min(state_->server_end, state_->done);
  return figures;
}

}  // namespace flash::wal
