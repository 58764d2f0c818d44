#include "wal/assembler.h"

#include <utility>

namespace flash::wal {
namespace {

std::unexpected<Error> malformed(std::string what) {
  return fail(Kind::invalid, "wal_malformed", std::move(what));
}

// The log spells the columns outside the key as null in a key-only row; they are unknown, not null.
void forget_outside_key(const Relation& relation, Tuple& tuple) {
  for (std::size_t i = 0; i < tuple.size(); ++i)
    if (!relation.columns[i].key) tuple[i] = Cell{};
}

// An update whose key did not change comes without an old row: its key columns are those of the
// new.
Tuple key_of(const Relation& relation, const Tuple& after) {
  Tuple before = after;
  forget_outside_key(relation, before);
  return before;
}

// Unchanged TOAST of the new row stands in a full old row.
void fill_unchanged(const Tuple& before, Tuple& after) {
  for (std::size_t i = 0; i < after.size(); ++i)
    if (after[i].kind == CellKind::absent) after[i] = before[i];
}

}  // namespace

Result<std::optional<Transaction>> Assembler::feed(std::string_view message) {
  // Owned before decoding, so that the views of a kept row stay good.
  auto bytes = std::make_unique<const std::string>(message);
  TRY(Message decoded, decode(*bytes));
  if (auto* begin = std::get_if<Begin>(&decoded)) {
    if (open_) return malformed("a transaction begins inside another");
    open_.emplace();
    open_->xid = begin->xid;
    return std::nullopt;
  }
  if (auto* commit = std::get_if<Commit>(&decoded)) return close(*commit);
  if (auto* fresh = std::get_if<Relation>(&decoded)) {
    remember(std::move(*fresh));
    return std::nullopt;
  }
  if (auto* change = std::get_if<RowChange>(&decoded))
    return add(std::move(*change), std::move(bytes));
  if (auto* truncate = std::get_if<Truncate>(&decoded)) return add(*truncate);
  if (auto* logical = std::get_if<LogicalMessage>(&decoded)) return add(*logical, std::move(bytes));
  return std::nullopt;
}

void Assembler::restart() {
  open_.reset();
  relations_.clear();  // generations go on counting: a number is never used twice
}

void Assembler::remember(Relation relation) {
  relation.generation = ++generations_;
  const auto id = relation.id;
  relations_[id] = std::make_shared<const Relation>(std::move(relation));
}

Result<std::shared_ptr<const Relation>> Assembler::relation(std::uint32_t id) const {
  const auto found = relations_.find(id);
  if (found == relations_.end()) return malformed("a change of a relation that was not described");
  return found->second;
}

Result<std::optional<Transaction>> Assembler::add(RowChange change,
                                                  std::unique_ptr<const std::string> bytes) {
  if (!open_) return malformed("a change outside a transaction");
  TRY(auto table, relation(change.relation));
  const std::size_t columns = table->columns.size();
  if ((!change.before.empty() && change.before.size() != columns) ||
      (change.kind != ChangeKind::remove && change.after.size() != columns))
    return malformed("a row and its relation differ in columns");
  if (change.old_row == OldRow::key) forget_outside_key(*table, change.before);
  if (change.kind == ChangeKind::update) {
    if (change.old_row == OldRow::full) fill_unchanged(change.before, change.after);
    if (change.old_row == OldRow::none) change.before = key_of(*table, change.after);
  }
  const std::size_t size = bytes->size();
  keep(Change{change.kind,
              std::move(table),
              std::move(change.before),
              std::move(change.after),
              {},
              {},
              std::move(bytes)},
       size);
  return std::nullopt;
}

Result<std::optional<Transaction>> Assembler::add(const Truncate& truncate) {
  if (!open_) return malformed("a truncate outside a transaction");
  for (std::uint32_t id : truncate.relations) {
    TRY(auto table, relation(id));
    keep(Change{ChangeKind::truncate, std::move(table), {}, {}, {}, {}, nullptr}, sizeof id);
  }
  return std::nullopt;
}

Result<std::optional<Transaction>> Assembler::add(const LogicalMessage& message,
                                                  std::unique_ptr<const std::string> bytes) {
  const std::size_t size = bytes->size();
  Change change{ChangeKind::message, nullptr,         {}, {}, message.prefix,
                message.content,     std::move(bytes)};
  if (message.transactional) {
    if (!open_) return malformed("a transactional message outside a transaction");
    keep(std::move(change), size);
    return std::nullopt;
  }
  Transaction alone;
  alone.bytes = size;
  alone.changes.push_back(std::move(change));
  return alone;
}

void Assembler::keep(Change change, std::size_t bytes) {
  open_->bytes += bytes;
  if (open_->bytes > bytes_max_) {
    open_->oversized = true;
    open_->changes = std::vector<Change>{};
  } else {
    open_->changes.push_back(std::move(change));
  }
}

Result<std::optional<Transaction>> Assembler::close(const Commit& commit) {
  if (!open_) return malformed("a commit without a transaction");
  open_->commit = commit.commit;
  open_->end = commit.end;
  open_->at = commit.at;
  return std::exchange(open_, std::nullopt);
}

}  // namespace flash::wal
