// Some transactions on their way to subscribers: who listens, what the policies say, which frames
// go out.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/pool.h"
#include "metrics/metrics.h"
#include "realtime/access_cache.h"
#include "realtime/audience.h"
#include "realtime/decider.h"
#include "realtime/hub.h"
#include "wal/transaction.h"

namespace flash::realtime {

struct SequencerMetrics {
  metrics::Counter& changes;    // that somebody listened to
  metrics::Counter& questions;  // classes of callers asked about a table
  metrics::Counter& faults;     // of those, denied because a policy raised an error
  metrics::Counter& frames;     // made; each may go to many sockets
  metrics::Histogram& latency;  // commit to handed to the hubs, by the clocks of both machines
};

// Where the results go, in order.
struct BatchOut {
  std::function<void(unsigned core, std::vector<Delivery>)> deliver;
  std::function<void(unsigned core, AudienceId audience, bool ok, std::string message)> tell;
};

// What subscribers are told when what they know may be out of date: read again.
inline constexpr std::string_view resync_message = "resync";

class Batch {
 public:
  Batch(const Audiences& audiences, AccessCache& access, db::Pool& pool, Framer framer,
        const BatchOut& out, SequencerMetrics& metrics)
      : audiences_(audiences),
        access_(access),
        pool_(pool),
        framer_(framer),
        out_(out),
        metrics_(metrics) {}

  // `transactions` must outlive the batch.
  loop::Task<void> run(const std::vector<wal::Transaction>& transactions);

 private:
  // One class that listens to one table, with its audiences that have a binding for it.
  struct Listener {
    std::shared_ptr<const CallerClass> caller;
    std::vector<std::shared_ptr<Audience>> audiences;
    Question* question = nullptr;  // null: the table's access could not be read, so nothing is told
  };
  using Listeners = std::vector<Listener>;
  struct Item {
    const wal::Change* change = nullptr;  // null: every subscriber must start over
    Instant committed;
    const Listener* listener = nullptr;  // null: the table was truncated
    std::size_t before = 0;
    std::size_t after = 0;  // places in the listener's question
  };

  loop::Task<void> gather(const wal::Transaction& transaction);
  loop::Task<Listeners*> listeners_of(std::shared_ptr<const wal::Relation> relation);
  loop::Task<std::shared_ptr<const TableAccess>> access_of(
      std::shared_ptr<const wal::Relation> relation, std::string role);
  void add_item(const wal::Change& change, Instant committed, const Listener& listener);
  void report_faults();
  void report_fault(Audience& audience, const wal::Relation& relation, std::string_view code);
  loop::Task<void> send();
  void send_item(const Item& item);
  void send_to(const Audience& audience, const Item& item, Events event, bool old_row);
  const std::string& data_of(const Item& item, Telling telling);
  void tell_truncated(const wal::Relation& relation);
  void tell(const Audience& audience, bool ok, std::string_view message);
  void flush();

  const Audiences& audiences_;
  AccessCache& access_;
  db::Pool& pool_;
  Framer framer_;
  const BatchOut& out_;
  SequencerMetrics& metrics_;
  std::map<const wal::Relation*, std::unique_ptr<Listeners>> listeners_;
  std::map<std::pair<const CallerClass*, const TableAccess*>, std::unique_ptr<Question>> questions_;
  std::vector<Item> items_;
  std::map<unsigned, std::vector<Delivery>> outgoing_;
  std::size_t waiting_ = 0;  // deliveries in `outgoing_`
  // The data of the change that is being sent, by who may see how much of it.
  const wal::Change* data_change_ = nullptr;
  std::map<std::string, std::string> data_;
};

// Whether the binding is for that table at all.
bool is_for(const Binding& binding, const wal::Relation& relation);

}  // namespace flash::realtime
