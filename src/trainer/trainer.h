// Carries out one training: closed leads out of PostgreSQL, the model with its verdict into it.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/blocking.h"

namespace flash::trainer {

inline constexpr int horizon_days = 90;     // a lead that is open for longer counts as lost
inline constexpr int leads_most = 200'000;  // the newest

// The job of flash.jobs that the training is.
struct Job {
  std::string id;
  int attempt = 1;
};

// Told how far it is, 0 to 1, and in a word; false: stop.
using Progress = std::function<bool(double share, std::string_view step)>;

// Trains as long as the job is this attempt's. Returns the id of the new row in public.models, also
// of one that the gate refused. Errors: canceled, also by `progress` saying so or when the job is
// another's by now; what the data and the database have to say.
Result<std::string> carry_out(db::Blocking& connection, const Job& job,
                              const Progress& progress = {});

}  // namespace flash::trainer
