#include "realtime/batch.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <set>

#include "base/log.h"
#include "base/text.h"
#include "json/write.h"

namespace flash::realtime {
namespace {

constexpr std::size_t items_between_pauses = 256;   // the core has other work
constexpr std::size_t deliveries_together = 1'000;  // then they are posted
constexpr std::chrono::minutes fault_told_every{1};
constexpr int away_tries = 150;  // of 100 ms: the database restarts

// An event that the binding wants, of a row that passes its filter.
bool wants(const Bound& bound, const TableAccess& access, const wal::Change& change, Events event) {
  return !bound.refused && (bound.binding.events & event) != 0 &&
         is_for(bound.binding, *change.relation) &&
         passes(bound.filter, access, *change.relation, chosen_by(change, event));
}

// Whether there is any use in asking the policies, whatever they say.
bool may_want(const Audience& audience, const TableAccess& access, const wal::Change& change) {
  return std::ranges::any_of(audience.bindings, [&](const Bound& bound) {
    switch (change.kind) {
      case wal::ChangeKind::insert: return wants(bound, access, change, insert_event);
      case wal::ChangeKind::update:
        return wants(bound, access, change, update_event) ||
               wants(bound, access, change, delete_event);
      case wal::ChangeKind::remove: return wants(bound, access, change, delete_event);
      case wal::ChangeKind::truncate:
      case wal::ChangeKind::message: return false;
    }
    return false;
  });
}

std::string payload_json(const std::set<std::uint32_t>& ids, const std::string& data) {
  json::Writer out;
  out.object().key("ids").array();
  for (const std::uint32_t id : ids) out.value(id);
  out.end_array().raw_field("data", data).end_object();
  return std::move(out).take();
}

}  // namespace

bool is_for(const Binding& binding, const wal::Relation& relation) {
  return (binding.schema == "*" || binding.schema == relation.schema) &&
         (binding.table == "*" || binding.table == relation.name);
}

loop::Task<void> Batch::run(const std::vector<wal::Transaction>& transactions) {
  for (const wal::Transaction& transaction : transactions) co_await gather(transaction);
  std::vector<Question*> questions;
  for (const auto& [key, question] : questions_) questions.push_back(question.get());
  metrics_.questions.add(questions.size());
  co_await answer_all(std::move(questions), pool_);
  report_faults();
  co_await send();
}

loop::Task<void> Batch::gather(const wal::Transaction& transaction) {
  if (transaction.oversized) items_.push_back({.committed = transaction.at});
  for (const wal::Change& change : transaction.changes) {
    if (change.kind == wal::ChangeKind::message) continue;
    if (change.kind == wal::ChangeKind::truncate) {
      items_.push_back({.change = &change, .committed = transaction.at});
      continue;
    }
    const Listeners* listeners = co_await listeners_of(change.relation);
    if (!listeners->empty()) metrics_.changes.add();
    for (const Listener& listener : *listeners) add_item(change, transaction.at, listener);
  }
}

void Batch::add_item(const wal::Change& change, Instant committed, const Listener& listener) {
  if (listener.question == nullptr) return;
  const TableAccess& access = listener.question->access();
  if (!access.any_readable()) return;
  const bool wanted = std::ranges::any_of(listener.audiences, [&](const auto& audience) {
    return may_want(*audience, access, change);
  });
  if (!wanted) return;
  Item item{&change, committed, &listener, 0, 0};
  if (change.kind != wal::ChangeKind::insert)
    item.before = listener.question->add(*change.relation, change.before);
  if (change.kind != wal::ChangeKind::remove)
    item.after = listener.question->add(*change.relation, change.after);
  items_.push_back(item);
}

loop::Task<std::shared_ptr<const TableAccess>> Batch::access_of(
    std::shared_ptr<const wal::Relation> relation, std::string role) {
  auto access = co_await access_.of(relation, role);
  for (int i = 0; i < away_tries && !access && access.error().kind == Kind::unavailable; ++i) {
    co_await loop::sleep(std::chrono::milliseconds(100));
    access = co_await access_.of(relation, role);
  }
  if (access) co_return *access;
  log::error("realtime_access",
             {{"table", relation->name}, {"role", role}, {"code", access.error().code}});
  co_return nullptr;
}

loop::Task<Batch::Listeners*> Batch::listeners_of(std::shared_ptr<const wal::Relation> relation) {
  if (const auto known = listeners_.find(relation.get()); known != listeners_.end())
    co_return known->second.get();
  std::map<const CallerClass*, Listener> by_class;
  for (auto& audience : audiences_.of(*relation)) {
    Listener& listener = by_class[audience->caller.get()];
    listener.caller = audience->caller;
    listener.audiences.push_back(std::move(audience));
  }
  auto listeners = std::make_unique<Listeners>();
  for (auto& [caller, listener] : by_class) {
    if (auto access = co_await access_of(relation, caller->role)) {
      auto& question = questions_[{caller, access.get()}];
      if (!question) question = std::make_unique<Question>(listener.caller, std::move(access));
      listener.question = question.get();
    }
    listeners->push_back(std::move(listener));
  }
  co_return listeners_.emplace(relation.get(), std::move(listeners)).first->second.get();
}

// Who was denied because a policy failed is told so: his screen may be incomplete.
void Batch::report_faults() {
  for (const auto& [relation, listeners] : listeners_) {
    for (const Listener& listener : *listeners) {
      if (listener.question == nullptr || !listener.question->error()) continue;
      metrics_.faults.add();
      for (const auto& audience : listener.audiences)
        report_fault(*audience, *relation, listener.question->error()->code);
    }
  }
}

void Batch::report_fault(Audience& audience, const wal::Relation& relation, std::string_view code) {
  const auto now = std::chrono::steady_clock::now();
  if (audience.fault_told != decltype(now){} && now - audience.fault_told < fault_told_every)
    return;
  audience.fault_told = now;
  log::warning("realtime_policy_failed",
               {{"table", relation.name}, {"role", audience.caller->role}, {"code", code}});
  tell(audience, false,
       text::cat("Changes of ", relation.schema, ".", relation.name,
                 " were withheld: its policies failed for this token (", code, ")"));
}

loop::Task<void> Batch::send() {
  const loop::Executor executor = co_await loop::asio::this_coro::executor;
  std::size_t count = 0;
  for (const Item& item : items_) {
    send_item(item);
    if (waiting_ >= deliveries_together) flush();
    if (++count % items_between_pauses == 0) co_await loop::asio::post(executor, loop::use_task);
  }
  flush();
  const Instant now = SystemClock().now();
  for (const Item& item : items_)
    metrics_.latency.observe(
        std::chrono::duration<double, std::milli>(now - item.committed).count());
}

void Batch::send_item(const Item& item) {
  if (item.change == nullptr) {
    for (const auto& audience : audiences_.all()) tell(*audience, true, resync_message);
    return;
  }
  if (item.listener == nullptr) return tell_truncated(*item.change->relation);
  const Question& question = *item.listener->question;
  const wal::ChangeKind kind = item.change->kind;
  const Sight sight{.before = kind != wal::ChangeKind::insert && question.sees(item.before),
                    .after = kind != wal::ChangeKind::remove && question.sees(item.after)};
  const auto event = event_for(kind, sight);
  if (!event) return;
  for (const auto& audience : item.listener->audiences)
    send_to(*audience, item, *event, sight.before);
}

void Batch::send_to(const Audience& audience, const Item& item, Events event, bool old_row) {
  const TableAccess& access = item.listener->question->access();
  // One frame for the bindings that chose the same columns.
  std::map<std::vector<std::string>, std::set<std::uint32_t>> ids;
  for (const Bound& bound : audience.bindings)
    if (wants(bound, access, *item.change, event))
      ids[bound.binding.select].insert(bound.binding.id);
  for (const auto& [select, matched] : ids) {
    const std::string payload = payload_json(matched, data_of(item, {event, old_row, select}));
    const Frame frame = framer_(
        to_text(audience.version,
                Push{.topic = audience.topic, .event = "postgres_changes", .payload = payload}),
        false);
    metrics_.frames.add();
    for (const auto& [core, channels] : audience.cores) {
      outgoing_[core].push_back({audience.id, frame});
      ++waiting_;
    }
  }
}

const std::string& Batch::data_of(const Item& item, Telling telling) {
  if (std::exchange(data_change_, item.change) != item.change) data_.clear();
  const TableAccess& access = item.listener->question->access();
  std::string key = text::cat(item.listener->caller->role, telling.old_row ? "+" : "-",
                              std::to_string(telling.event));
  for (const std::string& column : telling.select)
    key += text::cat(",", std::to_string(column.size()), column);
  const auto [place, fresh] = data_.try_emplace(std::move(key));
  if (fresh) place->second = data_json(*item.change, access, telling, item.committed);
  return place->second;
}

void Batch::tell_truncated(const wal::Relation& relation) {
  for (const auto& audience : audiences_.of(relation)) tell(*audience, true, resync_message);
}

void Batch::tell(const Audience& audience, bool ok, std::string_view message) {
  flush();  // what came before is sent before
  for (const auto& [core, channels] : audience.cores)
    out_.tell(core, audience.id, ok, std::string(message));
}

void Batch::flush() {
  for (auto& [core, deliveries] : outgoing_)
    if (!deliveries.empty()) out_.deliver(core, std::exchange(deliveries, {}));
  waiting_ = 0;
}

}  // namespace flash::realtime
