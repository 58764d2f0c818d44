// The table of sources: what each is asked about, whether it is on, and how it is asked.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "enrich/fact.h"

namespace flash::enrich {

struct Source {
  std::string name;  // of lead_findings.source
  // Why it is off, a code: no_url, no_key, bad_url, bad_key, switched_off, bad_server; empty: it is
  // on.
  std::string off;
  bool kept = true;  // answers go into the cache: of those that wait for somebody
  // What it would be asked, at most subject_bytes_max; empty: nothing to ask about.
  std::function<std::string(const Lead&)> subject;
  // Blocks, with time limits of its own; must not throw.
  std::function<Answer(const Lead&)> ask;
};

// In the order in which they are shown.
std::vector<Source> sources_of(const config::Settings& settings);

}  // namespace flash::enrich
