// One total order for all subscribers: takes committed transactions in, sends frames out, on one
// core.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "db/pool.h"
#include "loop/core.h"
#include "realtime/access_cache.h"
#include "realtime/audience.h"
#include "realtime/batch.h"
#include "realtime/hub.h"
#include "wal/transaction.h"

namespace flash::realtime {

// Called on the sequencer's core; each posts to where it is answered, in order.
struct SequencerOut {
  std::function<void(const ChannelKey& channel, AudienceId audience)> registered;
  std::function<void(const ChannelKey& channel, Result<void> result)> checked;
  std::function<void(wal::Lsn end, std::size_t bytes)> acknowledge;  // to the stream
  BatchOut batch;
};

class Sequencer {
 public:
  Sequencer(loop::Core& core, db::Pool& pool, std::string publication, Framer framer,
            SequencerOut out, SequencerMetrics metrics);
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  void start() { core_.spawn(run(*this)); }
  void close();

  // From the hubs. A subscription is registered first and checked against the database then, so
  // that every commit after its registration is told.
  void subscribe(Subscription wish);
  void unsubscribe(unsigned core, AudienceId audience) { audiences_.remove(core, audience); }

  // From the stream.
  void committed(wal::Transaction transaction);
  void live();
  void gap();  // every subscriber is told to start over

 private:
  static loop::Task<void> run(Sequencer& self);
  static loop::Task<void> check(Sequencer& self, ChannelKey channel,
                                std::shared_ptr<Audience> audience);
  loop::Task<Result<void>> check_binding(std::string role, Binding binding);
  void register_now(const Subscription& wish);

  loop::Core& core_;
  db::Pool& pool_;
  Framer framer_;
  SequencerOut out_;
  SequencerMetrics metrics_;
  AccessCache access_;
  Audiences audiences_;
  std::deque<wal::Transaction> queue_;
  std::vector<Subscription> early_;  // from before the stream was live for the first time
  loop::Timer wake_;
  bool live_ = false;
  bool closed_ = false;
};

}  // namespace flash::realtime
