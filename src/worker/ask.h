// What a batch asks the database before it decides, and what it keeps between batches.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/pool.h"
#include "json/value.h"
#include "leads/process.h"
#include "worker/record.h"

namespace flash::worker {

struct Asked {
  const leads::Arrival& arrival;
  const AnswerKey& key;
};

// The document that flash.intake_context() takes.
std::string context_request(const std::vector<Asked>& batch, std::string_view caller,
                            const leads::Places& places, bool with_history);

// The places and the reps' past, as of the last look; one for each core.
class Memory {
 public:
  [[nodiscard]] std::shared_ptr<const leads::Places> places() const { return places_; }
  // Reads the places when there are none, or anew.
  loop::Task<Result<void>> load(db::Pool& pool);
  [[nodiscard]] bool wants_history() const;
  // The reply of flash.intake_context() as a desk; nullopt: the places are old, load() them.
  Result<std::optional<leads::Desk>> desk(const json::Object& reply);

 private:
  std::shared_ptr<const leads::Places> places_;
  leads::History history_;
  std::chrono::steady_clock::time_point history_at_{};
  bool has_history_ = false;
};

// One JSON document out of a reply of one row and one column.
Result<json::Value> document_of(const Result<std::vector<db::Rows>>& reply);

inline constexpr std::size_t batch_max = 64;
int year_of(std::int64_t microseconds);  // UTC
std::int64_t now_microseconds();

}  // namespace flash::worker
