#include "db/connection.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"

namespace flash::db {
namespace {

constexpr std::size_t settings_max = 34;  // with role and transaction_read_only
// A failure sends the rest of its transaction again: more flights, more to repeat. Measured: with
// 16 a core answers a fifteenth more reads by key than with 8.
constexpr unsigned flights_a_transaction_max = 16;
constexpr unsigned apart_after_failure = 64;

// select set_config($1,$2,true),set_config($3,$4,true),…: one text a count, so that it is prepared
// once.
const std::string& settings_text(std::size_t count) {
  static const auto texts = [] {
    std::array<std::string, settings_max + 1> out;
    for (std::size_t n = 1; n <= settings_max; ++n) {
      for (std::size_t i = 0; i < n; ++i)
        out[n] += text::cat(i == 0 ? "select " : ",", "set_config($", std::to_string(2 * i + 1),
                            ",$", std::to_string(2 * i + 2), ",true)");
    }
    return out;
  }();
  CHECK(count <= settings_max);
  return texts[count];
}

using Setting = std::pair<std::string_view, std::string_view>;

// What `identity` needs that `before` has not left behind already in the same transaction; null:
// there is none. Both have the same names.
std::vector<Setting> settings_of(const Identity& identity, const Identity* before) {
  std::vector<Setting> out;
  out.reserve(identity.settings.size() + 2);
  if (before == nullptr) out.emplace_back("role", identity.role);  // else it is the same
  for (std::size_t i = 0; i < identity.settings.size(); ++i) {
    const auto& [name, value] = identity.settings[i];
    if (before == nullptr || before->settings[i].second != value) out.emplace_back(name, value);
  }
  if (identity.read_only && before == nullptr) out.emplace_back("transaction_read_only", "on");
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
      pause_(core.executor()),
      lost_(core.executor()) {}

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
      co_await self->serve();
    }
    self->lose();
    if (self->closed_) break;
    self->pause_.expires_after(pause);
    co_await self->pause_.async_wait(loop::no_throw);
    pause = std::min(pause * 2, pause_max);
  }
}

loop::Task<bool> Connection::wait(bool for_write) {
  const auto direction = for_write ? Descriptor::wait_write : Descriptor::wait_read;
  auto [fault] = co_await descriptor_->async_wait(direction, loop::no_throw);
  co_return !fault && !closed_ && !broken_;
}

loop::Task<bool> Connection::connect() {
  broken_ = false;
  // Parameters and not one text, so that a conninfo may be a URL.
  const std::array<const char*, 6> names{"dbname",  "application_name", "connect_timeout",
                                         "options", "gssencmode",       nullptr};
  const std::array<const char*, 6> values{conninfo_.c_str(), "flashd",  "5",
                                          options_.c_str(),  "disable", nullptr};
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
  co_return PQsetnonblocking(pg_, 1) == 0;
}

loop::Task<void> Connection::serve() {
  socket_.emplace(pg_);
  if (!core_.poller().watch(socket_->descriptor(), *this)) co_return;
  ready_ = true;
  changed_();
  lost_.expires_at(SteadyTime::max());
  while (!broken_ && !closed_) co_await lost_.async_wait(loop::no_throw);
  if (broken_ && !closed_) log::warning("database_connection_lost", {});
}

// live() does the rest: never inside a round of the poller, which still knows this connection.
void Connection::break_off() {
  broken_ = true;
  lost_.cancel();
}

void Connection::lose() {
  const bool was_ready = std::exchange(ready_, false);
  socket_.reset();
  if (pg_ != nullptr) PQfinish(std::exchange(pg_, nullptr));
  prepared_.clear();
  reader_.clear();
  rows_.reset();
  out_.clear();
  out_at_ = 0;
  sealed_ = 0;
  open_flights_ = apart_ = transactions_ = 0;
  skipping_ = false;
  auto flights = std::exchange(flights_, {});
  light_ = 0;
  for (Sent& sent : flights) sent.flight.done(std::unexpected(lost_error()));
  if (was_ready) changed_();
}

void Connection::abandon() {
  break_off();
  if (descriptor_) descriptor_->cancel();
}

void Connection::close() {
  closed_ = true;
  pause_.cancel();
  lost_.cancel();
  if (descriptor_) descriptor_->cancel();
}

// What comes in.

void Connection::on_ready(bool hung_up) {
  const auto self = self_.lock();  // an answer may end the last other owner
  if (!self || !socket_ || broken_) return;
  if (sealed_ > 0) write();
  if (!read(hung_up)) break_off();
}

bool Connection::read(bool to_the_end) {
  constexpr int reads_max = 16;  // then the rest of the core has its turn
  for (int i = 0; i < reads_max; ++i) {
    const std::span<char> space = reader_.space();
    const auto got = socket_->read(space);
    if (!got) return false;
    if (*got == 0) return true;
    reader_.filled(*got);
    while (const auto message = reader_.next())
      if (!take(*message)) return false;
    if (reader_.is_broken()) return false;
    if (*got < space.size() && !to_the_end && !socket_->is_secure()) return true;
  }
  boost::asio::post(core_.executor(), [weak = self_, to_the_end] {
    const auto self = weak.lock();
    if (self && self->socket_ && !self->broken_ && !self->read(to_the_end)) self->break_off();
  });
  return true;
}

bool Connection::take(const protocol::Message& message) {
  switch (message.type) {
    case 'N':
    case 'S':
    case 'A': return true;  // notices, settings, notifications: nobody asked for them
    case 'E': return take_error(message.body);
    case 'Z': return take_end();
    default: return take_answer(message);
  }
}

bool Connection::take_answer(const protocol::Message& message) {
  if (skipping_ || flights_.empty()) return false;
  Sent& sent = flights_.front();
  if (sent.at >= sent.steps.size()) return false;
  Step& step = sent.steps[sent.at];
  switch (message.type) {
    case '1':
    case 't': return step.kind == Step::Kind::prepare;
    case '2': return step.kind == Step::Kind::run;
    case '3': return step.kind == Step::Kind::close && step_done();
    case 'n': return step.kind == Step::Kind::prepare && step_done();
    case 'T':
      if (step.kind != Step::Kind::prepare) return false;
      step.known->names = names_of(message.body);
      return step.known->names && step_done();
    case 'D':
      if (step.kind != Step::Kind::run) return false;
      if (!step.is_statement) return true;
      if (!rows_) rows_.emplace(step.known->names);
      return rows_->add(message.body);
    case 'C':
    case 'I':
      if (step.kind != Step::Kind::run) return false;
      if (step.is_statement) {
        if (!rows_) rows_.emplace(step.known->names);
        sent.rows.push_back(rows_->finish(message.body));
        rows_.reset();
      }
      return step_done();
    default: return false;  // e.g. COPY, which nobody here starts
  }
}

// A flight that shares its transaction only reads: its answer stands before the transaction ends.
bool Connection::step_done() {
  Sent& front = flights_.front();
  const bool is_open = open_flights_ == flights_.size();  // the Sync may still become its own
  if (++front.at < front.steps.size() || front.syncs > 0 || is_open) return true;
  Sent sent = pop();
  settle(std::move(sent));
  return true;
}

Connection::Sent Connection::pop() {
  Sent sent = std::move(flights_.front());
  flights_.pop_front();
  if (sent.flight.work.shares) --light_;
  return sent;
}

bool Connection::take_error(std::string_view body) {
  protocol::Report report = protocol::report_of(body);
  if (report.is_fatal) {
    log::warning("database_ended_connection", {{"reason", report.error.message}});
    return false;
  }
  if (flights_.empty() || skipping_) return false;
  skipping_ = true;
  rows_.reset();
  Sent& sent = flights_.front();
  if (sent.error) return true;  // of the rollback after it
  const bool preparing =
      sent.at < sent.steps.size() && sent.steps[sent.at].kind == Step::Kind::prepare;
  // The server does not know the name (an earlier flight's preparation failed), or a table changed
  // its shape.
  sent.stale = !preparing &&
               (report.error.code == "26000" ||
                (report.error.code == "0A000" && report.error.message.starts_with("cached plan")));
  sent.error = std::move(report.error);
  return true;
}

bool Connection::take_end() {
  if (flights_.empty()) return false;
  const bool failed = std::exchange(skipping_, false);
  Sent& front = flights_.front();
  if (front.syncs > 1) {  // the rollback follows
    --front.syncs;
    if (failed) forget_unprepared(front);
    front.at = front.second;
    return true;
  }
  if (!failed && front.at != front.steps.size()) return false;
  std::vector<Sent> ended;  // one, unless a shared transaction failed
  bool is_last = false;
  while (!is_last) {
    if (flights_.empty()) return false;
    if (failed) forget_unprepared(flights_.front());
    is_last = flights_.front().syncs > 0;
    ended.push_back(pop());
  }
  --transactions_;
  if (open_flights_ > 0) write_soon();
  if (ended.size() > 1 && !ended.front().stale) apart_ = apart_after_failure;
  for (Sent& sent : ended) {
    if (sent.error || sent.at == sent.steps.size()) {
      settle(std::move(sent));
    } else {
      submit(std::move(sent.flight));  // a neighbour failed before its turn came
    }
  }
  changed_();
  return true;
}

// What the server has passed over is not prepared.
void Connection::forget_unprepared(const Sent& sent) {
  for (std::size_t i = sent.at; i < sent.steps.size(); ++i) {
    const Step& step = sent.steps[i];
    if (step.kind == Step::Kind::prepare)
      prepared_.forget(step.is_statement ? sent.flight.work.identity.role : std::string_view{},
                       step.text);
  }
}

void Connection::settle(Sent sent) {
  if (sent.stale) {
    const Work& work = sent.flight.work;
    for (const sql::Statement& statement : work.statements)
      prepared_.forget(work.identity.role, statement.text);
    prepared_.forget({}, settings_text(settings_of(work.identity, nullptr).size()));
    // Nothing of an implicit transaction remains after an error, so it can be sent again, once.
    if (sent.flight.opening == Flight::Opening::implicit && sent.flight.tries++ == 0)
      return submit(std::move(sent.flight));
  }
  if (sent.error) {
    sent.flight.done(std::unexpected(*std::move(sent.error)));
  } else {
    sent.flight.done(std::move(sent.rows));
  }
}

// What goes out.

bool Connection::may_join(const Flight& flight) const {
  if (open_flights_ == 0 || open_flights_ >= flights_a_transaction_max || !flight.work.shares)
    return false;
  const Identity& other = flights_.back().flight.work.identity;
  const Identity& own = flight.work.identity;
  const auto name = [](const auto& setting) -> const std::string& { return setting.first; };
  // A plan that a function of PL/pgSQL keeps for the transaction is of the role that it was made
  // for.
  return own.role == other.role && own.read_only == other.read_only &&
         std::ranges::equal(own.settings, other.settings, {}, name, name);
}

void Connection::submit(Flight flight) {
  CHECK(ready_);
  if (!may_join(flight)) end_transaction();
  if (apart_ > 0) {
    --apart_;
    flight.work.shares = false;
  }
  const Identity* before = open_flights_ > 0 ? &flights_.back().flight.work.identity : nullptr;
  if (flight.work.shares) ++light_;
  flights_.push_back(Sent{.flight = std::move(flight)});
  encode(flights_.back(), before);
  ++open_flights_;
  if (!flights_.back().flight.work.shares) end_transaction();
  write_soon();
}

void Connection::end_transaction() {
  if (std::exchange(open_flights_, 0) == 0) return;
  protocol::sync(out_);
  sealed_ = out_.size();
  ++flights_.back().syncs;
  ++transactions_;
}

void Connection::encode(Sent& sent, const Identity* before) {
  const Work& work = sent.flight.work;
  sent.steps.reserve(work.statements.size() + 1);
  if (sent.flight.opening == Flight::Opening::begin) encode_control(sent, "begin");
  if (sent.flight.opening != Flight::Opening::none) encode_settings(sent, before);
  for (const sql::Statement& statement : work.statements) encode_statement(sent, statement);
  if (sent.flight.closing == Flight::Closing::commit) encode_control(sent, "commit");
  if (sent.flight.closing == Flight::Closing::rollback) {
    // After a failure the server passes over everything up to a Sync, and an open transaction stays
    // open: the rollback has to come after one.
    protocol::sync(out_);
    sent.syncs = 1;
    sent.second = sent.steps.size();
    encode_control(sent, "rollback");
  }
}

Known& Connection::encode_name(Sent& sent, std::string_view role, std::string_view text) {
  Prepared::Use use = prepared_.use(role, text);
  const bool is_statement = !role.empty();
  if (use.evicted) {
    protocol::forget(out_, *use.evicted);
    sent.steps.push_back({.kind = Step::Kind::close});
  }
  if (use.fresh) {
    protocol::parse(out_, use.known->name, text);
    protocol::describe(out_, use.known->name);
    sent.steps.push_back({Step::Kind::prepare, is_statement, use.known, text});
  }
  sent.steps.push_back({Step::Kind::run, is_statement, std::move(use.known), text});
  return *sent.steps.back().known;
}

void Connection::encode_settings(Sent& sent, const Identity* before) {
  const std::vector<Setting> settings = settings_of(sent.flight.work.identity, before);
  if (settings.empty()) return;
  const Known& known = encode_name(sent, {}, settings_text(settings.size()));
  protocol::Bind bind(out_, known.name, 2 * settings.size());
  for (const auto& [name, value] : settings) {
    bind.value(name);
    bind.value(value);
  }
  bind.end();
  protocol::execute(out_);
}

void Connection::encode_statement(Sent& sent, const sql::Statement& statement) {
  const Known& known = encode_name(sent, sent.flight.work.identity.role, statement.text);
  protocol::Bind bind(out_, known.name, statement.params.size());
  for (const sql::Param& param : statement.params) {
    if (param) {
      bind.value(*param);
    } else {
      bind.null();
    }
  }
  bind.end();
  protocol::execute(out_);
}

void Connection::encode_control(Sent& sent, std::string_view text) {
  const Known& known = encode_name(sent, {}, text);
  protocol::Bind(out_, known.name, 0).end();
  protocol::execute(out_);
}

void Connection::write_soon() {
  if (!std::exchange(writing_soon_, true)) core_.poller().at_round_end(self_);
}

void Connection::on_round_end() {
  writing_soon_ = false;
  if (!socket_ || broken_) return;
  // One transaction runs and one waits for it: what comes meanwhile joins the next one.
  constexpr unsigned under_way_max = 2;
  if (transactions_ < under_way_max || open_flights_ >= flights_a_transaction_max)
    end_transaction();
  write();
}

// What does not fit waits for on_ready().
void Connection::write() {
  while (out_at_ < sealed_) {
    const auto put = socket_->write(std::string_view(out_).substr(out_at_, sealed_ - out_at_));
    if (!put) return break_off();
    if (*put == 0) return;
    out_at_ += *put;
  }
  out_.erase(0, sealed_);
  out_at_ = sealed_ = 0;
  constexpr std::size_t kept_bytes_max = std::size_t{1} << 20;
  if (out_.empty() && out_.capacity() > kept_bytes_max) out_ = {};
}

}  // namespace flash::db
