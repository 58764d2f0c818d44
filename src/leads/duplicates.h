// Whether a new submission is somebody we know: strongest sign first.
#pragma once
#include <string>
#include <vector>

#include "leads/desk.h"
#include "leads/lead.h"

namespace flash::leads {

struct Kinship {
  const Match* duplicate_of = nullptr;  // same e-mail or phone, still open
  const Match* previous = nullptr;      // same e-mail or phone, closed
  bool similar = false;  // same business name in the same country: a flag, nothing more
};

Kinship kinship(const std::vector<Match>& matches);

// The facts of `lead` that the earlier submission lacks or has otherwise, as a JSON object by
// column name; they are proposed on the earlier one, never written over it.
std::string proposed_facts(const Lead& lead, const json::Object& earlier);

}  // namespace flash::leads
