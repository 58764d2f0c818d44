// The jobs that ask the sources about leads, and write what they say beside the lead.
#pragma once
#include <memory>
#include <vector>

#include "config/settings.h"
#include "db/pool.h"
#include "jobs/attempt.h"
#include "loop/core.h"

namespace flash::enrich {

// Leads wait in flash.enrich_queue, so none is lost. A source that fails three times running rests
// for five minutes, so that a backlog does not wait for each of its time limits; leads that it
// failed are asked again after 10 minutes, an hour, six hours. At most twenty leads a second:
// nobody waits, and neither our server nor theirs is to feel an import.
class Enricher {
 public:
  Enricher(db::Pool& pool, const config::Settings& settings);

  // enrich_leads: all that wait. enrich_lead: the one that is the job's key, because a person
  // asked.
  std::vector<jobs::JobKind> kinds();
  // Writes down which sources are on, for admins to read; once, and again with the next job when
  // the database was away.
  void start(loop::Core& core);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::enrich
