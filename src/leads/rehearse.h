// What rules would do: a stored decision made again, and a draft tried on the last leads.
#pragma once
#include <string>

#include "base/result.h"
#include "json/value.h"
#include "leads/places.h"

namespace flash::leads {

// `decision` is what queries/api/routing_decision.sql returns. Answers {decided_at, stored:
// {owner_id, rule_priority}, replayed: {owner_id, name, rule_priority, rule_name, reason}, same,
// now: the same with the rules in force today, changed}. Errors, invalid: those of Case::parse().
Result<std::string> replay_json(const json::Object& decision, const Places& places);

// `cases` is what queries/api/routing_cases.sql returns: leads with what their choice was made of,
// as it was then, so that nobody's load of today is mixed in. Each is decided with the rules in
// force and with `draft` in the place of all rules of `scope` (0: everywhere). Answers {leads:
// [{id, reference, business_name, created_at, was, before, after, changed}], totals: {leads,
// changed, without_inputs, queued_before, queued_after}, people: [{id, name, before, after}],
// rules: [{priority, name, before, after}]}. Leads that cannot be replayed are counted and left
// out.
std::string dry_run_json(const json::Array& cases, const Places& places, int scope,
                         const Rules& draft);

}  // namespace flash::leads
