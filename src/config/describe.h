// The settings as text: the reference for people, and what this process believes.
#pragma once
#include <string>

#include "config/load.h"

namespace flash::config {

// docs/generated/settings.md, from the table alone: no value of any process in it.
std::string markdown();

// A line a setting, in the form of the file, with where the value came from; secrets are masked:
//   port = 9000  # environment
std::string masked(const Loaded& loaded);

}  // namespace flash::config
