// The statements that score a changed lead anew, in its caller's own transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"
#include "leads/places.h"
#include "sql/fragment.h"

namespace flash::worker {

// `row` is the lead after the change (to_jsonb of it). The scores are written as flash_worker,
// which the caller may not be; then the transaction goes on as `back`.
std::vector<sql::Statement> rescore(const json::Object& row, const leads::Places& places,
                                    std::string_view back);

}  // namespace flash::worker
