// What a source says of a lead, as values: nothing here waits for anybody.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace flash::enrich {

// Bounds on what a source may say: more is cut, whoever says it.
inline constexpr std::size_t facts_max = 16, value_bytes_max = 300, subject_bytes_max = 400;

struct Fact {
  std::string name;   // of this source: "line", "mail_servers"; the web app has its words
  std::string value;  // UTF-8, at most value_bytes_max
  int sure = 100;     // percent
  // That a person may take it into: a column, or form.x; empty: none.
  std::string field = {};
  friend bool operator==(const Fact&, const Fact&) = default;
};

enum class Outcome : std::uint8_t {
  found,
  nothing,  // it was asked, and knows nothing
  failed,   // it did not answer, or not what can be read: asked again later
};

struct Answer {
  Outcome outcome = Outcome::nothing;
  std::string reason;  // of `failed`, a code: "timed_out"
  std::vector<Fact> facts;
};

// What may be asked about: the lead as flash.enrich_claim() tells it. Empty: not known.
struct Lead {
  std::string id, stamp;  // stamp: of its place in the queue
  int attempts = 0;
  bool fresh = false;  // a person asked: past the cache
  std::string phone;   // E.164
  std::string email, business_name;
  std::string country;  // ISO 3166-1 alpha-2
};

// Appends unless there is nothing to say; cuts what is too long and what is too much.
void add(Answer& answer, Fact fact);
Answer failed(std::string_view reason);

// {"state", "reason", "facts"} without the braces' rest: as flash.enrich_write() takes them.
std::string facts_json(const std::vector<Fact>& facts);
std::string_view to_text(Outcome outcome);
// An answer out of the cache: {"state", "facts"}. What cannot be read is unprocessable "cached".
Result<Answer> read_answer(std::string_view json);

}  // namespace flash::enrich
