// SIGINT and SIGTERM as one call: the server drains, a second signal ends at once.
#pragma once
#include <functional>

#include "loop/core.h"

namespace flash::loop {

// Calls `stop` on `core` at the first SIGINT or SIGTERM; the next one ends the process with status
// 130.
void on_stop_signal(Core& core, std::function<void()> stop);

}  // namespace flash::loop
