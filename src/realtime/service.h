// Realtime as the server builds it: a hub a core, and on the first core the stream, the sequencer
// and presence.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "db/pool.h"
#include "loop/core.h"
#include "metrics/metrics.h"
#include "realtime/hub.h"
#include "realtime/presence_desk.h"
#include "realtime/sequencer.h"
#include "wal/stream.h"

namespace flash::realtime {

struct ServiceOptions {
  wal::StreamOptions stream;
  // What a committed transaction said with pg_logical_emit_message(); an empty prefix: something
  // may have been said that nobody heard. On the first core. Empty: nobody wants to know.
  std::function<void(std::string_view prefix, std::string_view content)> on_message;
  HubOptions hub;
};

class Service {
 public:
  // `framer` builds WebSocket messages.
  Service(ServiceOptions options, Framer framer);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // For every core in order of its index, before start(). `verify` is called on that core. The
  // first one's pool asks the policies.
  void attach(loop::Core& core, db::Pool& pool, metrics::Set& metrics, Verify verify);
  void start();  // after the last attach()
  // Closes every socket with 1001 and stops the stream; from any thread, while the cores run.
  void drain();

  [[nodiscard]] Hub& hub(const loop::Core& core) { return *hubs_.at(core.index()); }
  // On the first core only.
  [[nodiscard]] wal::StreamFigures stream_figures() const { return stream_->figures(); }

 private:
  struct StreamMetrics {
    metrics::Gauge& live;
    metrics::Gauge& lag_bytes;
    metrics::Gauge& reconnections;
    metrics::Gauge& gaps;
  };

  static loop::Task<void> watch_stream(Service& self);
  void tell_messages(const wal::Transaction& transaction) const;
  void make_first(loop::Core& core, db::Pool& pool, SequencerMetrics metrics);
  Desk desk_of();
  SequencerOut sequencer_out();
  template <class Work>
  void on_hub(unsigned core, Work work) {
    Hub& hub = *hubs_[core];
    hub.core().post([&hub, work = std::move(work)] { work(hub); });
  }

  ServiceOptions options_;
  Framer framer_;
  loop::Core* first_ = nullptr;
  std::vector<std::unique_ptr<Hub>> hubs_;
  std::unique_ptr<PresenceDesk> presence_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<wal::Stream> stream_;
  std::optional<StreamMetrics> stream_metrics_;
  bool draining_ = false;  // on the first core
};

}  // namespace flash::realtime
