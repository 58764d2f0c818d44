// When leads are won: the chance in each interval of days, for leads still open at its beginning.
#pragma once
#include <optional>
#include <span>

#include "base/result.h"
#include "learn/encode.h"
#include "learn/stack.h"
#include "score/model.h"

namespace flash::learn {

// Needs the days of at least 40 wins among `rows`; nullopt: there are fewer. Leads that were lost
// stay in every interval that has passed since they came, as never won; a lead that is still open
// counts for the intervals that it has lived through. Errors: internal "xgboost".
Result<std::optional<score::Hazard>> fit_hazard(const score::Schema& schema, const Matrix& matrix,
                                                const Table& table,
                                                std::span<const std::size_t> rows,
                                                const StackOptions& options);

}  // namespace flash::learn
