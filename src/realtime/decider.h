// Asks the policies about images of rows: one statement a class of callers, table and batch.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "db/pool.h"
#include "realtime/access.h"
#include "realtime/audience.h"
#include "realtime/change.h"

namespace flash::realtime {

// The questions of one class about one table; equal images are asked once.
class Question {
 public:
  Question(std::shared_ptr<const CallerClass> caller, std::shared_ptr<const TableAccess> access)
      : caller_(std::move(caller)), access_(std::move(access)) {}

  // Adds the row's image; sees() knows its answer after answer(). Rows must outlive the question.
  std::size_t add(const wal::Relation& relation, const wal::Tuple& row);
  [[nodiscard]] bool sees(std::size_t place) const;
  // No statement is needed: the role sees all, or no policy lets anything through.
  [[nodiscard]] bool answered() const;
  [[nodiscard]] const TableAccess& access() const { return *access_; }
  [[nodiscard]] const CallerClass& caller() const { return *caller_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  // Any error lets nothing through, for this class only.
  static loop::Task<void> answer(Question& question, db::Pool& pool);

 private:
  static constexpr std::size_t undecidable = static_cast<std::size_t>(-1);
  static constexpr std::size_t everything = static_cast<std::size_t>(-2);

  loop::Task<Result<void>> ask(std::size_t from, std::size_t size, db::Pool& pool);

  std::shared_ptr<const CallerClass> caller_;
  std::shared_ptr<const TableAccess> access_;
  std::vector<Image> images_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<bool> seen_;
  std::optional<Error> error_;
};

// Answers them all, several at a time. The database being away is waited for, for a while.
loop::Task<void> answer_all(std::vector<Question*> questions, db::Pool& pool);

}  // namespace flash::realtime
