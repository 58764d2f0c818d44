#include "realtime/service.h"

#include "base/check.h"

namespace flash::realtime {

Service::Service(ServiceOptions options, Framer framer)
    : options_(std::move(options)), framer_(framer) {}

Service::~Service() = default;

void Service::attach(loop::Core& core, db::Pool& pool, metrics::Set& metrics, Verify verify) {
  CHECK(core.index() == hubs_.size());
  // Registered on every core, so that their sets hold the same items; only the first one counts.
  SequencerMetrics figures{
      metrics.counter("flash_realtime_changes_total", "", "Row changes that somebody listened to"),
      metrics.counter("flash_realtime_questions_total", "",
                      "Classes of callers whose policies were asked about a table"),
      metrics.counter("flash_realtime_policy_faults_total", "",
                      "Classes denied because a policy raised an error"),
      metrics.counter("flash_realtime_frames_total", "", "Frames of row changes made"),
      metrics.histogram("flash_realtime_latency_ms", "", "Commit to frames handed to the sockets")};
  StreamMetrics stream{
      metrics.gauge("flash_wal_live", "", "1 while the change stream is connected"),
      metrics.gauge("flash_wal_lag_bytes", "", "Log that the database keeps for the change stream"),
      metrics.gauge("flash_wal_reconnections", "", "Times the change stream was connected anew"),
      metrics.gauge("flash_wal_gaps", "",
                    "Times changes were lost and subscribers told to resync")};
  HubMetrics sockets{metrics.gauge("flash_realtime_sockets", "", "Open realtime sockets"),
                     metrics.gauge("flash_realtime_channels", "", "Joined channels")};
  if (hubs_.empty()) {
    stream_metrics_.emplace(stream);
    make_first(core, pool, figures);
  }
  hubs_.push_back(
      std::make_unique<Hub>(core, options_.hub, std::move(verify), framer_, desk_of(), sockets));
}

void Service::make_first(loop::Core& core, db::Pool& pool, SequencerMetrics metrics) {
  first_ = &core;
  PresenceOut out{.state =
                      [this](const ChannelKey& channel, std::string state) {
                        on_hub(channel.core, [channel, state = std::move(state)](Hub& hub) {
                          hub.presence_state(channel, state);
                        });
                      },
                  .diff =
                      [this](unsigned to, std::string topic, std::string diff) {
                        on_hub(to, [topic = std::move(topic), diff = std::move(diff)](Hub& hub) {
                          hub.presence_diff(topic, diff);
                        });
                      }};
  presence_ = std::make_unique<PresenceDesk>(core, std::move(out));
  sequencer_ = std::make_unique<Sequencer>(core, pool, options_.stream.slot.publication, framer_,
                                           sequencer_out(), metrics);
  stream_ = std::make_unique<wal::Stream>(
      core, options_.stream,
      wal::StreamEvents{[this](wal::Transaction t) {
                          tell_messages(t);
                          sequencer_->committed(std::move(t));
                        },
                        [this] {
                          sequencer_->live();
                          if (options_.on_message) options_.on_message({}, {});
                        },
                        [this](std::string_view) { sequencer_->gap(); }});
}

// A transaction too large to be kept may hold some.
void Service::tell_messages(const wal::Transaction& transaction) const {
  if (!options_.on_message) return;
  if (transaction.oversized) options_.on_message({}, {});
  for (const wal::Change& change : transaction.changes)
    if (change.kind == wal::ChangeKind::message) options_.on_message(change.prefix, change.content);
}

SequencerOut Service::sequencer_out() {
  return SequencerOut{
      .registered =
          [this](const ChannelKey& channel, AudienceId audience) {
            on_hub(channel.core,
                   [channel, audience](Hub& hub) { hub.registered(channel, audience); });
          },
      .checked =
          [this](const ChannelKey& channel, Result<void> result) {
            on_hub(channel.core, [channel, result = std::move(result)](Hub& hub) {
              hub.checked(channel, result);
            });
          },
      .acknowledge = [this](wal::Lsn end, std::size_t bytes) { stream_->acknowledge(end, bytes); },
      .batch = {.deliver =
                    [this](unsigned core, std::vector<Delivery> deliveries) {
                      on_hub(core, [deliveries = std::move(deliveries)](Hub& hub) {
                        hub.deliver(deliveries);
                      });
                    },
                .tell =
                    [this](unsigned core, AudienceId audience, bool ok, std::string message) {
                      on_hub(core, [audience, ok, message = std::move(message)](Hub& hub) {
                        hub.tell(audience, ok, message);
                      });
                    }}};
}

Desk Service::desk_of() {
  return Desk{
      .subscribe =
          [this](Subscription wish) {
            first_->post([this, wish = std::move(wish)] { sequencer_->subscribe(wish); });
          },
      .unsubscribe =
          [this](unsigned core, AudienceId audience) {
            first_->post([this, core, audience] { sequencer_->unsubscribe(core, audience); });
          },
      .enter_presence =
          [this](ChannelKey channel, std::string topic) {
            first_->post(
                [this, channel, topic = std::move(topic)] { presence_->enter(channel, topic); });
          },
      .leave_presence =
          [this](ChannelKey channel, std::string topic) {
            first_->post(
                [this, channel, topic = std::move(topic)] { presence_->leave(channel, topic); });
          },
      .track =
          [this](ChannelKey channel, std::string topic, std::string key, std::string meta) {
            first_->post([this, channel, topic = std::move(topic), key = std::move(key),
                          meta = std::move(meta)] { presence_->track(channel, topic, key, meta); });
          },
      .untrack =
          [this](ChannelKey channel, std::string topic) {
            first_->post(
                [this, channel, topic = std::move(topic)] { presence_->untrack(channel, topic); });
          },
      .broadcast =
          [this](unsigned from, effect::Broadcast broadcast) {
            if (hubs_.size() < 2) return;
            const auto shared = std::make_shared<const effect::Broadcast>(std::move(broadcast));
            for (unsigned core = 0; core < hubs_.size(); ++core)
              if (core != from)
                on_hub(core, [shared](Hub& hub) { hub.broadcast(*shared, nullptr); });
          }};
}

void Service::start() {
  CHECK(first_ != nullptr);
  for (auto& hub : hubs_) hub->core().post([&hub = *hub] { hub.start(); });
  first_->post([this] {
    sequencer_->start();
    stream_->start();
    first_->spawn(watch_stream(*this));
  });
}

loop::Task<void> Service::watch_stream(Service& self) {
  while (!self.draining_) {
    const wal::StreamFigures figures = self.stream_->figures();
    self.stream_metrics_->live.set(figures.live ? 1 : 0);
    self.stream_metrics_->lag_bytes.set(static_cast<double>(figures.lag_bytes));
    self.stream_metrics_->reconnections.set(static_cast<double>(figures.reconnections));
    self.stream_metrics_->gaps.set(static_cast<double>(figures.gaps));
    co_await loop::sleep(std::chrono::seconds(1));
  }
}

void Service::drain() {
  for (auto& hub : hubs_) hub->core().post([&hub = *hub] { hub.drain(); });
  first_->post([this] {
    draining_ = true;
    stream_->close();
    sequencer_->close();
  });
}

}  // namespace flash::realtime
