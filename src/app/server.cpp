#include "app/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <vector>

#include "api/context.h"
#include "api/pages.h"
#include "api/routes.h"
#include "app/assets.h"
#include "app/database.h"
#include "auth/key_set.h"
#include "auth/service.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/queries.gen.h"
#include "loop/signals.h"
#include "metrics/metrics.h"
#include "net/listener.h"
#include "realtime/service.h"
#include "sql/array.h"
#include "worker/intake.h"
#include "worker/late_leads.h"

namespace flash::app {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view web_prefix = "web/dist/";

std::vector<api::File> web_files() {
  std::vector<api::File> files;
  for (const Asset& item : assets())
    if (item.path.starts_with(web_prefix))
      files.push_back({item.path.substr(web_prefix.size()), item.bytes});
  return files;
}

Result<catalog::Snapshot> load_catalog(db::Blocking& owner, const config::Settings& settings) {
  TRY(const db::Rows rows, owner.run(sql::statement(catalog::queries::snapshot,
                                                    {sql::array_literal(settings.schemas)})));
  return catalog::parse(rows.text(0, 0));
}

// Every core listens with SO_REUSEPORT, which would also let a second flashd in unseen: ask without
// it first.
Result<void> check_port_free(const config::Settings& settings) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(settings.port));
  ::inet_pton(AF_INET, settings.host == "localhost" ? "127.0.0.1" : settings.host.c_str(),
              &address.sin_addr);
  const bool taken =
      ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 && errno == EADDRINUSE;
  ::close(fd);
  if (taken)
    return fail(Kind::unavailable, "port_in_use",
                text::cat("port ", std::to_string(settings.port), " on ", settings.host,
                          " is taken; choose another with --port"));
  return {};
}

net::ListenerOptions listener_options(const config::Settings& s,
                                      std::shared_ptr<boost::asio::ssl::context> tls,
                                      unsigned cores) {
  net::ListenerOptions o;
  o.host = s.host;
  o.port = s.port;
  o.head_bytes_max = s.head_bytes_max;
  o.body_bytes_max = s.body_bytes_max;
  o.connections_max = std::max<std::size_t>(1, s.connections_max / cores);
  o.head_ms_max = s.head_ms_max;
  o.body_ms_max = s.body_ms_max;
  o.request_ms_max = s.request_ms_max;
  o.idle_ms_max = s.idle_ms_max;
  o.trusted_proxies = s.trusted_proxies;
  o.tls = std::move(tls);
  return o;
}

// What belongs to one core. Built and destroyed on it.
struct Shard {
  Shard(loop::Core& core, const config::Settings& settings, const std::string& conninfo)
      : traffic(metrics),
        pool(core, pool_options(settings, conninfo)),
        intake(core, pool, settings) {}

  static db::PoolOptions pool_options(const config::Settings& settings,
                                      const std::string& conninfo) {
    db::PoolOptions o;
    o.conninfo = conninfo;
    o.shared_connections = settings.database_connections;
    o.depth = settings.database_depth;
    o.statement_ms_max = settings.statement_ms_max;
    return o;
  }

  metrics::Set metrics;
  api::Traffic traffic;
  db::Pool pool;
  worker::Intake intake;
  std::unique_ptr<api::Context> context;
  std::unique_ptr<api::Router> router;
  std::unique_ptr<net::Listener> listener;
};

}  // namespace

struct Server::Parts {
  explicit Parts(config::Settings s) : settings(std::move(s)), cores(settings.cores) {}

  config::Settings settings;
  SystemClock clock;
  Database database;
  api::CatalogSlot catalog;
  std::unique_ptr<auth::Service> auth;
  std::unique_ptr<api::Pages> pages;
  std::vector<api::File> files;
  loop::Cores cores;
  std::unique_ptr<realtime::Service> realtime;
  std::unique_ptr<worker::LateLeads> late_leads;
  std::vector<std::unique_ptr<Shard>> shards;
  std::shared_ptr<boost::asio::ssl::context> tls;

  // Runs `work` on a core and waits for it; for building and taking down only.
  template <class Work>
  void on_core(unsigned index, Work work) {
    std::promise<void> done;
    cores[index].post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }

  Result<void> prepare() {
    TRY_DONE(check_port_free(settings));
    if (!settings.tls_cert.empty()) {
      TRY(tls, net::load_tls(settings.tls_cert, settings.tls_key));
    }
    TRY(database, open_database(settings));
    TRY(db::Blocking owner, db::Blocking::connect(database.owner));
    TRY_DONE(migrate_database(owner));
    if (settings.demo) TRY_DONE(load_demo(owner, settings));
    TRY(auth::KeySet keys, auth::load_keys(owner, settings.jwt_secret));
    TRY(auto snapshot, load_catalog(owner, settings));
    catalog.store(std::move(snapshot));
    files = web_files();
    pages = std::make_unique<api::Pages>(files, keys.publishable);
    auth = std::make_unique<auth::Service>(settings, std::move(keys), clock, cores.size());
    return {};
  }

  std::string expose() {
    std::vector<const metrics::Set*> sets;
    for (const auto& shard : shards) sets.push_back(&shard->metrics);
    return metrics::expose(sets);
  }

  Result<void> open() {
    cores.start();
    realtime = std::make_unique<realtime::Service>(cores, settings, database.owner);
    for (unsigned i = 0; i < cores.size(); ++i) {
      on_core(i, [&] {
        shards.push_back(std::make_unique<Shard>(cores[i], settings, database.callers));
      });
      Shard& shard = *shards.back();
      shard.context = std::make_unique<api::Context>(
          api::Context{settings, cores[i], shard.pool, *auth, catalog, *realtime, shard.intake,
                       *pages, shard.traffic, [this] { return expose(); }});
      shard.router = std::make_unique<api::Router>(*shard.context);
    }
    on_core(0, [&] {
      late_leads = std::make_unique<worker::LateLeads>(cores[0], shards[0]->pool, settings);
      late_leads->start();
    });
    for (unsigned i = 0; i < cores.size(); ++i) {
      Shard& shard = *shards[i];
      TRY(shard.listener,
          net::Listener::open(
              cores[i], listener_options(settings, tls, cores.size()),
              [&router = *shard.router](net::Exchange& exchange) { router.handle(exchange); }));
    }
    return {};
  }

  void drain() {
    std::vector<std::promise<void>> drained(shards.size());
    for (unsigned i = 0; i < shards.size(); ++i)
      cores[i].post([this, i, &drained] {
        shards[i]->listener->drain(settings.drain_ms_max,
                                   [&drained, i] { drained[i].set_value(); });
      });
    for (auto& one : drained) one.get_future().wait();
  }

  void close() {
    for (unsigned i = 0; i < shards.size(); ++i)
      on_core(i, [this, i] {
        if (i == 0) late_leads.reset();
        shards[i]->pool.close();
      });
    cores.stop();
  }
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(config::Settings settings) {
  const auto began = steady_clock::now();
  auto parts = std::make_unique<Parts>(std::move(settings));
  TRY_DONE(parts->prepare());
  TRY_DONE(parts->open());
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - began);
  const config::Settings& s = parts->settings;
  log::info("ready",
            {{"address", text::cat(s.tls_cert.empty() ? "http://" : "https://", s.host, ":",
                                   std::to_string(parts->shards[0]->listener->port()))},
             {"cores", parts->cores.size()},
             {"took_ms", took.count()}});
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

void Server::run() {
  std::promise<void> stop;
  loop::on_stop_signal(parts_->cores[0], [&] { stop.set_value(); });
  stop.get_future().wait();
  parts_->drain();
  parts_->close();
  log::info("stopped");
}

}  // namespace flash::app
