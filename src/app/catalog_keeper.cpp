#include "app/catalog_keeper.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "catalog/queries.gen.h"
#include "sql/array.h"

namespace flash::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds pause_min{100}, pause_max{5'000};  // between two tries
// A migration is many statements, each told for itself: it is over when nothing was told for so
// long. A steady stream of them must not put the load off for ever.
constexpr milliseconds quiet{10}, burst_max{200};
constexpr milliseconds visible_max{2'000};  // from a commit in the log to a commit that is seen
// `alter role ... set` is told by nothing: it is looked for each time that nothing else was heard.
constexpr milliseconds idle{10'000}, idle_with_old{1'000};
// A server without an answer for so long is gone; a catalog query that takes so long is broken off.
constexpr std::string_view session_settings =
    " connect_timeout=5 application_name=flashd-catalog keepalives_idle=30 "
    "options='-c statement_timeout=30s -c default_transaction_read_only=on'";

bool asks_for_load(const std::vector<std::string>& payloads) {
  return std::ranges::any_of(payloads, [](const std::string& payload) {
    return payload.empty() || payload == "reload schema" || payload == "reload config";
  });
}

// libpq takes words after a URL's end only as parameters of the URL.
std::string with_settings(const std::string& conninfo) {
  const bool url = conninfo.starts_with("postgres://") || conninfo.starts_with("postgresql://");
  if (!url) return conninfo + std::string(session_settings);
  return text::cat(conninfo, conninfo.find('?') == std::string::npos ? "?" : "&",
                   "connect_timeout=5&application_name=flashd-catalog&keepalives_idle=30&options="
                   "-c%20statement_timeout%3D30s%20-c%20default_transaction_read_only%3Don");
}

}  // namespace

CatalogKeeper::CatalogKeeper(CatalogOptions options, api::CatalogSlot& slot)
    : options_(std::move(options)), slot_(slot), pause_(pause_min) {}

CatalogKeeper::~CatalogKeeper() {
  stopping_ = true;
  wake_.ring();
  if (thread_.joinable()) thread_.join();
}

void CatalogKeeper::connect_ahead() {
  ahead_ = std::async(std::launch::async, [conninfo = with_settings(options_.conninfo)] {
    return db::Blocking::connect(conninfo);
  });
}

Result<void> CatalogKeeper::load_first() {
  auto made =
      ahead_.valid() ? ahead_.get() : db::Blocking::connect(with_settings(options_.conninfo));
  if (!made) made = db::Blocking::connect(with_settings(options_.conninfo));
  if (!made) return fail(std::move(made).error());
  connection_.emplace(*std::move(made));
  // Before the load, so that no change falls between the two.
  if (!options_.channel.empty()) TRY_DONE(db::listen(*connection_, options_.channel));
  return load();
}

void CatalogKeeper::start() {
  thread_ = std::thread([this] { run(); });
}

void CatalogKeeper::changed(std::string_view xid) {
  {
    const std::scoped_lock lock(told_mutex_);
    told_ = true;
    told_xid_ = std::max(told_xid_, text::parse_int<std::uint64_t>(xid).value_or(0));
  }
  wake_.ring();
}

bool CatalogKeeper::failed(const Error& error) {
  log::error("catalog_load", {{"code", error.code}, {"reason", error.message}});
  connection_.reset();
  wake_.wait(pause_);
  pause_ = std::min(pause_ * 2, pause_max);
  return true;
}

bool CatalogKeeper::connect() {
  auto made = db::Blocking::connect(with_settings(options_.conninfo));
  if (!made) return !failed(made.error());
  if (!options_.channel.empty())
    if (auto listening = db::listen(*made, options_.channel); !listening)
      return !failed(listening.error());
  connection_.emplace(*std::move(made));
  wanted_ = true;  // what was told meanwhile was not heard
  return true;
}

void CatalogKeeper::run() {
  while (!stopping_) {
    forget_old();
    if (!connection_ && !connect()) continue;
    if (!wanted_) wait_for_change();
    if (!wanted_ || !connection_ || stopping_) continue;
    gather_burst();
    if (auto done = load(); !done) {
      static_cast<void>(failed(done.error()));
      continue;
    }
    pause_ = pause_min;
    wanted_ = false;
  }
}

void CatalogKeeper::wait_for_change() {
  auto payloads = db::heard(*connection_, wake_, old_.empty() ? idle : idle_with_old);
  if (!payloads) {
    static_cast<void>(failed(payloads.error()));
    return;
  }
  {
    const std::scoped_lock lock(told_mutex_);
    wanted_ = asks_for_load(*payloads) || std::exchange(told_, false);
  }
  if (wanted_ || stopping_) return;
  const auto changed = settings_changed();
  if (!changed) {
    static_cast<void>(failed(changed.error()));
    return;
  }
  wanted_ = *changed;
}

Result<bool> CatalogKeeper::settings_changed() {
  TRY(const db::Rows rows, connection_->run(sql::statement(catalog::queries::settings_print)));
  const bool changed = rows.text(0, 0) != settings_print_;
  settings_print_ = rows.text(0, 0);
  return changed;
}

void CatalogKeeper::gather_burst() {
  const auto end = steady_clock::now() + burst_max;
  while (!stopping_ && steady_clock::now() < end && wake_.wait(quiet)) {
  }
  const std::scoped_lock lock(told_mutex_);
  told_ = false;  // this load sees all of them
}

void CatalogKeeper::await_visible() {
  std::uint64_t xid = 0;
  {
    const std::scoped_lock lock(told_mutex_);
    xid = std::exchange(told_xid_, 0);
  }
  const auto end = steady_clock::now() + visible_max;
  while (xid != 0 && steady_clock::now() < end && !stopping_) {
    const auto rows =
        connection_->run(sql::statement(catalog::queries::is_visible, {std::to_string(xid)}));
    if (!rows || rows->text(0, 0) == "t") return;
    std::this_thread::sleep_for(milliseconds(1));
  }
}

Result<void> CatalogKeeper::load() {
  await_visible();
  TRY_DONE(settings_changed());  // before they are read, so that no change falls between the two
  const auto began = steady_clock::now();
  TRY(const db::Rows rows, connection_->run(sql::statement(catalog::queries::snapshot,
                                                           {sql::array_literal(options_.schemas),
                                                            sql::array_literal(options_.extra)})));
  const auto answered = steady_clock::now();
  TRY(catalog::Snapshot fresh, catalog::parse(rows.text(0, 0)));
  const auto ms = [](auto duration) {
    return std::chrono::duration_cast<milliseconds>(duration).count();
  };
  log::info("catalog_loaded", {{"tables", fresh->tables.size()},
                               {"functions", fresh->functions_.size()},
                               {"bytes", rows.text(0, 0).size()},
                               {"query_ms", ms(answered - began)},
                               {"parse_ms", ms(steady_clock::now() - answered)}});
  for (const auto& [role, settings] : fresh->roles)
    if (settings.size() > catalog::settings_max)
      log::warning("role_settings",
                   {{"role", role},
                    {"count", settings.size()},
                    {"used", catalog::settings_max},
                    {"why", "a transaction is given no more; the rest is ignored"}});
  if (auto before = slot_.exchange(std::move(fresh))) old_.push_back(std::move(before));
  ++loads_;
  return {};
}

// Requests that began with an old catalog end with it.
void CatalogKeeper::forget_old() {
  std::erase_if(old_, [](const catalog::Snapshot& each) { return each.use_count() == 1; });
}

}  // namespace flash::app
