// Carries out one training: closed leads out of PostgreSQL, the model with its verdict into it.
#pragma once
#include <string>

#include "base/result.h"
#include "db/blocking.h"

namespace flash::trainer {

inline constexpr int horizon_days = 90;     // a lead that is open for longer counts as lost
inline constexpr int leads_most = 200'000;  // the newest

// Trains for the row `run` of public.model_runs, which is 'running', and tells it how far it is.
// Whatever happens is written there: done, failed or canceled. Returns the id of the new row in
// public.models; "" when it was cancelled. Errors: also what could not be written.
Result<std::string> carry_out(db::Blocking& connection, const std::string& run);

}  // namespace flash::trainer
