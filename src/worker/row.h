// A stored submission (to_jsonb of its row) as the pipeline sees it, and its score anew.
#pragma once
#include <cstdint>

#include "json/value.h"
#include "json/write.h"
#include "leads/lead.h"
#include "leads/places.h"

namespace flash::worker {

// The facts in the row; phones, sub-area code and door are not part of it.
leads::Lead lead_of_row(const json::Object& row);

// Appends the object that flash.intake_rescore() takes for this row.
void add_rescore(json::Writer& out, const json::Object& row, const leads::Places& places,
                 std::int64_t at_us);

}  // namespace flash::worker
