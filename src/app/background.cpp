#include "app/background.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "worker/importer.h"

namespace flash::app {
namespace {

constexpr std::chrono::milliseconds progress_every{1'000};  // people watch it

// The table of jobs: what jobs::Runner does. Work that needs a library or a minute is a row here.
std::vector<jobs::JobKind> job_kinds(worker::Models& models, db::Pool& pool,
                                     enrich::Enricher& enricher) {
  std::vector<jobs::JobKind> kinds{
      {.name = "train_model",
       .work = [&models](auto attempt) { return models.train(std::move(attempt)); },
       .seconds_max = std::chrono::minutes(15)},
      {.name = "score_leads",
       .work = [&models](auto attempt) { return models.score_open_leads(std::move(attempt)); },
       .seconds_max = std::chrono::hours(1)},
      {.name = "watch_model",
       .work = [&models](auto attempt) { return models.watch(std::move(attempt)); }}};
  for (auto& kind : worker::import_jobs(pool)) kinds.push_back(std::move(kind));
  for (auto& kind : enricher.kinds()) kinds.push_back(std::move(kind));
  return kinds;
}

std::string site_url(const config::Settings& settings) {
  std::string url = settings.public_url.empty()
                        ? text::cat(settings.tls_cert.empty() ? "http://" : "https://",
                                    settings.host, ":", std::to_string(settings.port))
                        : settings.public_url;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

Background::Background(loop::Core& core, db::Pool& pool, const config::Settings& settings,
                       std::string node, worker::Models& models)
    : late_leads_(core, pool),
      timers_(core, pool, worker::Chore::What::timers),
      housework_(core, pool, worker::Chore::What::housework),
      outbox_(core, pool, metrics_, settings, site_url(settings)),
      enricher_(pool, settings),
      runner_(core, pool, metrics_,
              jobs::RunnerOptions{.node = std::move(node), .beat_every = progress_every},
              job_kinds(models, pool, enricher_)),
      core_(core) {}

void Background::start() {
  late_leads_.start();
  timers_.start();
  housework_.start();
  outbox_.start();
  runner_.start();
  enricher_.start(core_);
}

void Background::wake(std::string_view kind) {
  const bool late = worker::LateLeads::does(kind);
  if (kind.empty() || late) late_leads_.wake();
  if (kind.empty() || kind == "timers") timers_.wake();
  if (kind.empty() || kind == "email") outbox_.wake();
  if (kind.empty() || !(late || kind == "timers" || kind == "email")) runner_.wake();
}

void Background::stop(std::chrono::milliseconds wait, std::function<void()> stopped) {
  runner_.stop(wait, std::move(stopped));
}

}  // namespace flash::app
