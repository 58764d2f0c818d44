// Who is told about a decided lead, and what.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "leads/desk.h"

namespace flash::leads {

struct Notice {
  std::string user;
  std::string_view type;      // lead_assigned hot_lead lead_unassigned contacted_again
  std::string_view priority;  // normal high urgent
  std::string submission;     // what it is about
  std::string params;  // a JSON object for the sentence, which is rendered in the reader's language
  std::string dedupe_key;  // within ten minutes the same key merges with a counter
  bool email = false;      // goes by e-mail too, unless the reader said otherwise
  int count = 1;
};

// What the notices need of a decision.
struct News {
  std::string_view submission, business_name, reason;
  std::string_view caller;          // is never told of his own act
  std::string_view owner;           // empty: the queue
  std::string_view original_owner;  // of the lead that this one repeats; then nothing else is told
  bool duplicate = false;
  bool hot = false;
  bool quiet = false;  // waits as it should, for the next shift or by a rule: nobody is alarmed
  int territory = 0;
  int score = 0;
};

// Adds to `to`; a notice for the same person and key is counted, not repeated.
void announce(const News& news, const std::vector<Manager>& managers, const Places& places,
              std::vector<Notice>& to);

}  // namespace flash::leads
