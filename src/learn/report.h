// What managers are told of a training, as JSON (docs/formats/model-report.md).
#pragma once
#include <string>
#include <vector>

#include "learn/alarms.h"
#include "learn/gate.h"
#include "learn/stack.h"

namespace flash::learn {

std::string report_refusal(const Table& table, const Ruling& ruling,
                           const std::vector<Alarm>& alarms);
std::string report_training(const Table& table, const score::Schema& schema, const Trial& trial,
                            const Ruling& ruling, const Fitted& fitted,
                            const std::vector<Alarm>& alarms);

}  // namespace flash::learn
