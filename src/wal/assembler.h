// Gathers decoded messages into whole transactions, handed over at their commit.
#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "wal/decoder.h"
#include "wal/transaction.h"

namespace flash::wal {

class Assembler {
 public:
  // A transaction whose changes take more is handed over empty and marked `oversized`.
  explicit Assembler(std::size_t transaction_bytes_max) : bytes_max_(transaction_bytes_max) {}

  // One pgoutput message; the transaction when this was its commit. A logical message that is not
  // part of a transaction comes as one of its own, with `end` 0: it moves no position.
  // Error: "wal_malformed" also when messages contradict each other.
  Result<std::optional<Transaction>> feed(std::string_view message);

  // A new connection: what was begun is sent again from its start, and so are the relations.
  void restart();
  [[nodiscard]] bool in_transaction() const { return open_.has_value(); }

 private:
  Result<std::shared_ptr<const Relation>> relation(std::uint32_t id) const;
  Result<std::optional<Transaction>> add(RowChange change,
                                         std::unique_ptr<const std::string> bytes);
  Result<std::optional<Transaction>> add(const Truncate& truncate);
  Result<std::optional<Transaction>> add(const LogicalMessage& message,
                                         std::unique_ptr<const std::string> bytes);
  Result<std::optional<Transaction>> close(const Commit& commit);
  void remember(Relation relation);
  void keep(Change change, std::size_t bytes);

  std::size_t bytes_max_;
  std::uint64_t generations_ = 0;
  std::unordered_map<std::uint32_t, std::shared_ptr<const Relation>> relations_;
  std::optional<Transaction> open_;
};

}  // namespace flash::wal
