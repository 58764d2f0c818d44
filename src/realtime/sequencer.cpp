#include "realtime/sequencer.h"

#include <algorithm>

#include "base/text.h"

namespace flash::realtime {
namespace {

constexpr std::size_t transactions_together = 500;
constexpr std::size_t early_max = 10'000;
constexpr int away_tries = 100;  // of 200 ms

std::string events_text(const Binding& binding) {
  if (binding.events == insert_event) return "INSERT";
  if (binding.events == update_event) return "UPDATE";
  return binding.events == delete_event ? "DELETE" : "*";
}

// The reference's sentence; libraries and people know it.
std::unexpected<Error> cannot_subscribe(const Binding& binding) {
  std::string select;
  for (const std::string& column : binding.select)
    select += text::cat(select.empty() ? "" : ",", column);
  return fail(
      Kind::invalid, "subscribe",
      text::cat("Unable to subscribe to changes with given parameters. Please check Realtime is "
                "enabled for the given connect parameters: [event: ",
                events_text(binding), ", schema: ", binding.schema, ", table: ", binding.table,
                ", filters: ", binding.filter, select.empty() ? "" : ", select: ", select, "]"));
}

Result<void> check_columns(const Binding& binding, const Filter& filter,
                           const TableAccess& access) {
  for (const Condition& condition : filter) {
    const ColumnAccess* column = access.find(condition.column);
    if (column == nullptr || !column->readable)
      return fail(Kind::invalid, "filter",
                  text::cat("invalid column for filter ", condition.column));
    TRY_DONE(check_condition(condition, column->type));
  }
  for (const std::string& name : binding.select) {
    const ColumnAccess* column = access.find(name);
    if (column == nullptr || !column->readable)
      return fail(Kind::invalid, "select", text::cat("invalid column for select ", name));
  }
  return {};
}

}  // namespace

Sequencer::Sequencer(loop::Core& core, db::Pool& pool, std::string publication, Framer framer,
                     SequencerOut out, SequencerMetrics metrics)
    : core_(core),
      pool_(pool),
      framer_(framer),
      out_(std::move(out)),
      metrics_(metrics),
      access_(pool, std::move(publication)),
      wake_(core.executor()) {}

void Sequencer::close() {
  closed_ = true;
  wake_.cancel();
}

void Sequencer::committed(wal::Transaction transaction) {
  queue_.push_back(std::move(transaction));
  wake_.cancel();
}

loop::Task<void> Sequencer::run(Sequencer& self) {
  while (!self.closed_) {
    if (self.queue_.empty()) {
      self.wake_.expires_after(std::chrono::hours(1));
      co_await self.wake_.async_wait(loop::no_throw);
      continue;
    }
    // What came while the last batch was decided is decided together.
    std::vector<wal::Transaction> transactions;
    while (!self.queue_.empty() && transactions.size() < transactions_together) {
      transactions.push_back(std::move(self.queue_.front()));
      self.queue_.pop_front();
    }
    Batch batch(self.audiences_, self.access_, self.pool_, self.framer_, self.out_.batch,
                self.metrics_);
    co_await batch.run(transactions);
    for (const wal::Transaction& done : transactions) self.out_.acknowledge(done.end, done.bytes);
  }
}

void Sequencer::live() {
  live_ = true;
  for (const Subscription& wish : std::exchange(early_, {})) register_now(wish);
}

void Sequencer::gap() {
  for (const auto& audience : audiences_.all())
    for (const auto& [core, channels] : audience->cores)
      out_.batch.tell(core, audience->id, true, std::string(resync_message));
}

void Sequencer::subscribe(Subscription wish) {
  // A promise that commits are told cannot be given before the stream stands; the join waits.
  if (live_) return register_now(wish);
  if (early_.size() < early_max) early_.push_back(std::move(wish));
}

void Sequencer::register_now(const Subscription& wish) {
  auto audience = audiences_.add(wish);
  out_.registered(wish.channel, audience->id);
  core_.spawn(check(*this, wish.channel, std::move(audience)));
}

loop::Task<void> Sequencer::check(Sequencer& self, ChannelKey channel,
                                  std::shared_ptr<Audience> audience) {
  Result<void> result{};
  for (std::size_t i = 0; i < audience->bindings.size() && result; ++i) {
    result = co_await self.check_binding(audience->caller->role, audience->bindings[i].binding);
    for (int tries = 0; tries < away_tries && !result && result.error().kind == Kind::unavailable;
         ++tries) {
      co_await loop::sleep(std::chrono::milliseconds(200));
      if (self.closed_ || audience->cores.empty()) co_return;
      result = co_await self.check_binding(audience->caller->role, audience->bindings[i].binding);
    }
  }
  self.out_.checked(channel, std::move(result));
}

loop::Task<Result<void>> Sequencer::check_binding(std::string role, Binding binding) {
  CO_TRY(const Filter filter, parse_filter(binding.filter));
  if (binding.table == "*" || binding.schema == "*") {
    if (binding.select.empty()) co_return Result<void>{};
    co_return fail(
        Kind::invalid, "select",
        "Column selection is not supported for wildcard subscriptions. Provide an explicit "
        "schema and table name.");
  }
  CO_TRY(const auto access, co_await access_.look(binding.schema, binding.table, role));
  if (!access || !access->published || !access->any_readable()) co_return cannot_subscribe(binding);
  if (!access->sees_all && access->whole_row)
    co_return fail(
        Kind::invalid, "whole_row",
        "A policy of this table takes the row as a whole; its changes cannot be decided");
  co_return check_columns(binding, filter, *access);
}

}  // namespace flash::realtime
