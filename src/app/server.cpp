#include "app/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "api/context.h"
#include "api/identity.h"
#include "api/pages.h"
#include "api/realtime.h"
#include "api/routes.h"
#include "app/assets.h"
#include "app/background.h"
#include "app/catalog_keeper.h"
#include "app/database.h"
#include "auth/foreign.h"
#include "auth/key_set.h"
#include "auth/service.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "loop/signals.h"
#include "metrics/metrics.h"
#include "net/frame.h"
#include "net/listener.h"
#include "net/wire.h"
#include "realtime/service.h"
#include "worker/intake.h"
#include "worker/learner.h"
#include "worker/models.h"

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
                                      std::shared_ptr<const net::Tls> tls, unsigned cores) {
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

// Who this flashd is among those that read one database: the same after a restart.
std::string node_name(const config::Settings& settings) {
  if (!settings.node.empty()) return settings.node;
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::string name = text::lower(host.data());
  for (char& c : name)
    if (!text::is_digit(c) && (c < 'a' || c > 'z')) c = '_';
  constexpr std::size_t host_max = 24;  // the port behind it must not be cut off
  return text::cat(text::clip_utf8(name, host_max), "_", std::to_string(settings.port));
}

// Slots belong to the whole PostgreSQL server, so their name says which database they read, and for
// whom: every node has one of its own. At most 10 + 12 + 1 + 40 = 63 characters.
Result<std::string> slot_name(db::Blocking& owner, const config::Settings& settings) {
  TRY(const db::Rows rows,
      owner.run(sql::statement("select left(regexp_replace("
                               "lower(current_database()), '[^a-z0-9_]', '_', 'g'), 12)")));
  return text::cat("flash_cdc_", rows.text(0, 0), "_", node_name(settings));
}

// An orderly stop needs no log kept for it: the next start begins with what commits from then on.
// A slot that somebody still reads stays; one of a node that died is bounded by PostgreSQL and
// swept by the next node (wal/slot.cpp).
void give_slot_back(const Database& database, const std::string& slot) {
  auto owner = db::Blocking::connect(database.owner);
  if (!owner) return;
  constexpr int tries = 20;  // of 50 ms: the reader's connection closes
  for (int i = 0; i < tries; ++i) {
    const auto dropped = owner->run(
        sql::statement("select pg_drop_replication_slot(slot_name) from pg_replication_slots "
                       "where slot_name = $1 and database = current_database() and not active",
                       {slot}));
    if (!dropped || dropped->size() != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

realtime::ServiceOptions realtime_options(const config::Settings& settings,
                                          const std::string& owner, const std::string& slot,
                                          unsigned cores) {
  realtime::ServiceOptions o;
  o.stream.conninfo = owner;
  o.stream.slot.name = slot;
  // A free port is another one at every start, so such a slot would never be found again.
  if (settings.port == 0 && settings.node.empty()) o.stream.slot.life = wal::SlotLife::temporary;
  o.hub.sockets_max = std::max<std::size_t>(1, settings.sockets_max / cores);
  o.hub.limits.channels_max = settings.channels_per_socket_max;
  return o;
}

realtime::Frame websocket_frame(std::string_view payload, bool binary) {
  return net::shared_frame(binary ? net::Opcode::binary : net::Opcode::text, payload);
}

realtime::Verify verifier(api::Context& context) {
  return [&context](std::string_view token) -> Result<realtime::Caller> {
    TRY(auth::Identity identity, api::identify(context, token));
    return api::caller_of(std::move(identity));
  };
}

// What belongs to one core.
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
    o.wait_ms_max = settings.database_wait_ms_max;
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
  // The loops end first, so that nothing runs while the rest is taken down.
  ~Parts() { cores.stop(); }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  config::Settings settings;
  SystemClock clock;
  Database database;
  std::string slot;
  std::shared_ptr<const net::Tls> tls;
  api::CatalogSlot catalog;
  std::unique_ptr<CatalogKeeper> keeper;
  std::unique_ptr<auth::Service> auth;
  std::unique_ptr<auth::Foreign> foreign;  // null: the database is ours
  std::vector<api::File> files;
  std::unique_ptr<api::Pages> pages;
  loop::Cores cores;
  std::vector<std::unique_ptr<Shard>> shards;
  std::unique_ptr<realtime::Service> realtime;
  worker::ModelSlot model;
  std::unique_ptr<worker::Models> models;  // on the first core
  std::unique_ptr<Background> background;  // on the first core
  bool stopping = false;                   // the first core's own

  Result<void> prepare() {
    TRY_DONE(check_port_free(settings));
    if (!settings.tls_cert.empty()) {
      TRY(tls, net::Tls::load(settings.tls_cert, settings.tls_key));
    }
    TRY(database, open_database(settings));
    keeper = std::make_unique<CatalogKeeper>(
        CatalogOptions{database.callers, settings.schemas, settings.extra_search_path,
                       settings.catalog_channel},
        catalog);
    keeper->connect_ahead();
    // What takes PostgreSQL long, connections and the catalog, is asked for beside each other.
    std::optional<db::Blocking> owner;
    if (!settings.rest_only) {
      TRY(owner, db::Blocking::connect(database.owner));
      TRY_DONE(migrate_database(*owner));
    }
    open_pools();
    auto catalog_loaded = std::async(std::launch::async, [this] { return keeper->load_first(); });
    auto made = owner ? prepare_ours(*owner) : prepare_foreign();
    TRY_DONE(catalog_loaded.get());
    TRY(auth::KeySet keys, std::move(made));
    keeper->start();
    files = web_files();
    pages = std::make_unique<api::Pages>(files, keys.publishable);
    auth = std::make_unique<auth::Service>(settings, std::move(keys), clock, cores.size());
    return {};
  }

  // Nothing is written and nothing but PostgreSQL's own catalogs is read. The keys open no door.
  Result<auth::KeySet> prepare_foreign() {
    TRY(auto callers, auth::Foreign::make(settings, cores.size()));
    foreign = std::make_unique<auth::Foreign>(std::move(callers));
    return auth::make_keys({});
  }

  Result<auth::KeySet> prepare_ours(db::Blocking& owner) {
    TRY(slot, slot_name(owner, settings));
    if (settings.demo) {
      TRY_DONE(load_demo(owner, settings));
      // The demo is a team of its own; whoever set a name keeps it.
      if (settings.seller_name == config::Settings{}.seller_name)
        settings.seller_name = "Harbour Pay";
    }
    return auth::load_keys(owner, settings.jwt_secret, settings.jwt_secret_is_base64);
  }

  std::string expose() {
    std::vector<const metrics::Set*> sets;
    for (const auto& shard : shards) sets.push_back(&shard->metrics);
    const metrics::Set* const alone = &background->metrics();
    return metrics::expose(sets) + metrics::expose(std::span(&alone, 1));
  }

  void open_pools() {
    for (unsigned i = 0; i < cores.size(); ++i)
      shards.push_back(std::make_unique<Shard>(cores[i], settings, database.callers));
    cores.start();
  }

  // Nothing of a core that runs may be touched from elsewhere.
  static void on(loop::Core& core, const std::function<void()>& work) {
    std::packaged_task<void()> task(work);
    core.post([&task] { task(); });
    task.get_future().get();
  }

  void build_shard(loop::Core& core, Shard& shard) {
    shard.context = std::make_unique<api::Context>(
        api::Context{settings, core, shard.pool, *auth, catalog, *realtime, shard.intake, *pages,
                     shard.traffic, [this] { return expose(); }, foreign.get()});
    shard.context->model = &model;
    shard.router = std::make_unique<api::Router>(*shard.context);
    realtime->attach(core, shard.pool, shard.metrics, verifier(*shard.context));
  }

  // What the database says with a commit: flash.tell_schema_changed() and flash.tell_jobs().
  void heard(std::string_view prefix, std::string_view content) {
    const bool anything = prefix.empty();  // words may have been missed
    if (anything || prefix == "flash.ddl") keeper->changed(content);
    if (anything || prefix == "flash.jobs") background->wake(content);
    if (anything || prefix == "flash.models") models->wake();
  }

  Result<void> open() {
    auto options = realtime_options(settings, database.owner, slot, cores.size());
    options.on_message = [this](std::string_view prefix, std::string_view content) {
      heard(prefix, content);
    };
    realtime = std::make_unique<realtime::Service>(std::move(options), websocket_frame);
    std::vector<worker::Intake*> intakes;
    for (const auto& shard : shards) intakes.push_back(&shard->intake);
    worker::Intake::share(intakes);
    for (unsigned i = 0; i < cores.size(); ++i)
      on(cores[i], [this, i] { build_shard(cores[i], *shards[i]); });
    on(cores[0], [this] {
      models = std::make_unique<worker::Models>(
          cores[0], shards[0]->pool, model,
          worker::ModelsOptions{database.callers, worker::learner_beside_us()});
      background = std::make_unique<Background>(cores[0], shards[0]->pool, settings,
                                                node_name(settings), *models);
    });
    for (unsigned i = 0; i < cores.size(); ++i) {
      Shard& shard = *shards[i];
      TRY(shard.listener,
          net::Listener::open(
              cores[i], listener_options(settings, tls, cores.size()),
              [&router = *shard.router](net::Exchange& exchange) { router.handle(exchange); }));
    }
    if (!foreign) cores[0].spawn(start_what_nobody_awaits());
    return {};
  }

  // The change stream, the jobs and the models ask much of PostgreSQL when they begin: they come
  // after the first connection on which a request could be answered, or after it was waited for.
  loop::Task<void> start_what_nobody_awaits() {
    static_cast<void>(co_await shards[0]->pool.run(
        db::Work{{"anon", {}}, {sql::statement("select 1")}, db::End::commit}));
    if (stopping) co_return;
    realtime->start();
    background->start();
    models->start();
  }

  void drain() {
    on(cores[0], [this] { stopping = true; });
    realtime->drain();
    std::vector<std::promise<void>> drained(shards.size());
    for (unsigned i = 0; i < shards.size(); ++i)
      cores[i].post([this, i, &drained] {
        shards[i]->listener->drain(settings.drain_ms_max,
                                   [&drained, i] { drained[i].set_value(); });
      });
    for (auto& one : drained) one.get_future().wait();
    std::promise<void> stopped;
    cores[0].post([this, &stopped] {
      background->stop(settings.drain_ms_max, [&stopped] { stopped.set_value(); });
    });
    stopped.get_future().wait();
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
  parts_->cores.stop();
  if (!parts_->foreign) give_slot_back(parts_->database, parts_->slot);
  log::info("stopped");
}

}  // namespace flash::app
