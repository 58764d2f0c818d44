// The work that no request waits for: late leads, jobs, timers, mails. On one core of every server.
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/pool.h"
#include "enrich/enricher.h"
#include "jobs/runner.h"
#include "loop/core.h"
#include "metrics/metrics.h"
#include "notify/outbox.h"
#include "worker/chore.h"
#include "worker/late_leads.h"
#include "worker/models.h"

namespace flash::app {

class Background {
 public:
  Background(loop::Core& core, db::Pool& pool, const config::Settings& settings, std::string node,
             worker::Models& models);

  // All on its core only.
  void start();
  // What flash.tell_jobs() said: the kind of work that has come; empty: anything may have.
  void wake(std::string_view kind);
  // Lets running jobs end for as long as said, then calls `stopped`.
  void stop(std::chrono::milliseconds wait, std::function<void()> stopped);

  [[nodiscard]] const metrics::Set& metrics() const { return metrics_; }

 private:
  metrics::Set metrics_;
  worker::LateLeads late_leads_;
  worker::Chore timers_;
  worker::Chore housework_;
  notify::Outbox outbox_;
  enrich::Enricher enricher_;
  jobs::Runner runner_;
  loop::Core& core_;
};

}  // namespace flash::app
