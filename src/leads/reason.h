// The sentence that says why a lead went where it went.
#pragma once
#include <string>
#include <vector>

#include "leads/choice.h"

namespace flash::leads {

// "Rule 40 Territory (least loaded): Rochelle 12/20, Kemar 15/20. Rochelle is in the lower load
// bucket." `ranked` is the pool, best first. At most 1000 characters.
std::string choice_reason(const Assignment& assignment, const std::vector<const Candidate*>& ranked,
                          std::string_view language);
// Nobody could be chosen: who was looked at, and why each was not.
std::string queue_reason(const Assignment& assignment);
// A rule keeps such leads in the queue.
std::string queue_wanted(const Assignment& assignment);

}  // namespace flash::leads
