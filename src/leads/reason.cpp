#include "leads/reason.h"

#include <algorithm>

#include "base/text.h"

namespace flash::leads {
namespace {

constexpr std::size_t names_max = 4;
constexpr std::size_t bytes_max = 1000;

std::string load_of(const Candidate& c) {
  return text::cat(c.name, " ", std::to_string(c.load), "/", std::to_string(c.capacity));
}

std::string why_before(RuleKind kind, Strategy strategy, const Candidate& a, const Candidate& b) {
  if (strategy == Strategy::round_robin)
    return a.turn == b.turn ? "comes first in the list" : "has waited longest for a turn here";
  if (kind == RuleKind::high_value &&
      a.won * std::max(b.closed, 1) != b.won * std::max(a.closed, 1))
    return "closes the larger share of deals";
  if (a.bucket() != b.bucket()) return "is in the lower load bucket";
  if ((a.won + 1) * (b.closed + 2) != (b.won + 1) * (a.closed + 2))
    return "closes the larger share of deals";
  if (a.last_assigned != b.last_assigned) return "was assigned a lead longest ago";
  return "comes first in the list";
}

std::string clipped(std::string sentence) {
  if (sentence.size() > bytes_max) sentence.resize(text::clip_utf8(sentence, bytes_max).size());
  return sentence;
}

}  // namespace

std::string choice_reason(const Assignment& assignment, const std::vector<const Candidate*>& ranked,
                          std::string_view language) {
  const bool round_robin = assignment.strategy == Strategy::round_robin;
  std::string out =
      text::cat("Rule ", std::to_string(assignment.priority), " ", assignment.rule_name);
  if (assignment.kind == RuleKind::territory || assignment.kind == RuleKind::specialist ||
      assignment.kind == RuleKind::reps)
    out += round_robin ? " (round robin)" : " (least loaded)";
  out += ": ";
  for (std::size_t i = 0; i < ranked.size() && i < names_max; ++i)
    out += text::cat(i == 0 ? "" : ", ", load_of(*ranked[i]));
  if (ranked.size() > names_max)
    out += text::cat(" and ", std::to_string(ranked.size() - names_max), " more");
  const Candidate& first = *ranked.front();
  if (assignment.kind == RuleKind::returning_customer) {
    out += text::cat(". ", first.name, " looked after this customer before");
  } else if (ranked.size() == 1) {
    out += text::cat(". ", first.name, " is the only one who can take it");
  } else {
    out += text::cat(". ", first.name, " ",
                     why_before(assignment.kind, assignment.strategy, first, *ranked[1]));
  }
  if (!language.empty() && first.speaks && language != "en")
    out += text::cat(" and speaks ", language);
  return clipped(out + ".");
}

std::string queue_reason(const Assignment& assignment) {
  const auto& candidates = assignment.candidates;
  std::string out =
      text::cat("Rule ", std::to_string(assignment.priority), " ", assignment.rule_name, ": ");
  if (candidates.empty()) return clipped(text::cat(out, "nobody works in this territory."));
  out += "nobody can take it: ";
  for (std::size_t i = 0; i < candidates.size() && i < names_max; ++i) {
    const auto& c = candidates[i];
    out += text::cat(i == 0 ? "" : ", ", load_of(c),
                     c.excluded == "full"            ? " is full"
                     : c.excluded == "out_of_office" ? " is out of office"
                     : c.covers                      ? " is asked by no rule"
                                                     : " works elsewhere");
  }
  if (candidates.size() > names_max)
    out += text::cat(" and ", std::to_string(candidates.size() - names_max), " more");
  return clipped(out + ".");
}

std::string queue_wanted(const Assignment& assignment) {
  return clipped(text::cat("Rule ", std::to_string(assignment.priority), " ", assignment.rule_name,
                           ": such leads wait in the queue."));
}

}  // namespace flash::leads
