// What the doors of one core share: settings, connections, and the services built by
// app/server.cpp.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "api/traffic.h"
#include "config/settings.h"
#include "db/pool.h"
#include "loop/core.h"

namespace flash::auth {
class Foreign;
class Service;
}  // namespace flash::auth
namespace flash::catalog {
struct Catalog;
}
namespace flash::realtime {
class Service;
}
namespace flash::worker {
class Intake;
struct ServingModel;
using ModelSlot = std::atomic<std::shared_ptr<const ServingModel>>;
}  // namespace flash::worker

namespace flash::api {

class Pages;
class PlanCache;
std::shared_ptr<PlanCache> make_plan_cache();

// The catalog in force; replaced whole when the schema changes.
using CatalogSlot = std::atomic<std::shared_ptr<const catalog::Catalog>>;

struct Context {
  const config::Settings& settings;
  loop::Core& core;
  db::Pool& pool;
  auth::Service& auth;
  CatalogSlot& catalog;
  realtime::Service& realtime;
  worker::Intake& intake;
  const Pages& pages;
  Traffic& traffic;
  std::function<std::string()> expose_metrics;  // the text of /metrics, over all cores
  // Who calls where the database is not ours and REST is all there is; null: it is ours.
  auth::Foreign* foreign = nullptr;
  std::shared_ptr<PlanCache> plans = make_plan_cache();
  // The learned model in force; null, or null inside: the rules stand alone.
  const worker::ModelSlot* model = nullptr;
};

}  // namespace flash::api
