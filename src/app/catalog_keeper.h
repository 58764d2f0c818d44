// Keeps the catalog true: loads it on a thread of its own when the schema changes, and swaps it
// whole.
#pragma once
#include <atomic>
#include <cstdint>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "api/context.h"
#include "base/result.h"
#include "catalog/catalog.h"
#include "db/listener.h"

namespace flash::app {

struct CatalogOptions {
  std::string conninfo;  // any role: PostgreSQL's catalogs are readable by all
  std::vector<std::string> schemas;
  std::vector<std::string> extra;  // whose functions of a row are computed columns, too
  std::string channel;             // of NOTIFY, as PostgREST listens to; empty: none
};

class CatalogKeeper {
 public:
  CatalogKeeper(CatalogOptions options, api::CatalogSlot& slot);
  ~CatalogKeeper();  // ends the thread; a load under way is waited for
  CatalogKeeper(const CatalogKeeper&) = delete;
  CatalogKeeper& operator=(const CatalogKeeper&) = delete;

  // Begins to connect, beside what the caller does until load_first(). May fail, where the role of
  // callers is still to be made: then load_first() connects.
  void connect_ahead();
  // Connects and fills the slot; before start(). Errors: no connection, "catalog_malformed".
  Result<void> load_first();
  // From now on: notifications and changed() load anew, several at once together, never two loads
  // beside each other. What fails is logged and tried again; the catalog in force stays.
  void start();

  // The schema is another one since transaction `xid` (PostgreSQL's xid8; empty: unknown). From any
  // thread; returns at once.
  void changed(std::string_view xid);

  [[nodiscard]] std::uint64_t loads() const { return loads_; }

 private:
  void run();
  void wait_for_change();
  Result<bool> settings_changed();
  void gather_burst();
  bool connect();
  Result<void> load();
  void await_visible();
  void forget_old();
  [[nodiscard]] bool failed(const Error& error);

  const CatalogOptions options_;
  api::CatalogSlot& slot_;
  std::optional<db::Blocking> connection_;
  std::future<Result<db::Blocking>> ahead_;
  std::vector<catalog::Snapshot> old_;  // their last user is this thread: freeing one takes time
  bool wanted_ = false;
  std::string settings_print_;  // of what `alter role ... set` says, when it was read last
  std::chrono::milliseconds pause_;
  db::Wake wake_;
  std::mutex told_mutex_;
  bool told_ = false;           // under the mutex: changed() was called
  std::uint64_t told_xid_ = 0;  // under the mutex: the latest
  std::atomic<std::uint64_t> loads_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace flash::app
