// For tests: a service on two cores over a database of its own, and clients that wait.
#pragma once
#include "realtime/service.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "db/blocking.h"
#include "json/read.h"
#include "kit/database.h"

namespace flash::realtime::rig {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using Steady = std::chrono::steady_clock;

// Policies of every kind: claims that may be poison, a restrictive one, a column nobody may read.
inline constexpr std::string_view schema_sql = R"sql(
  create table public.parcels (
    id int primary key, territory int, owner uuid, hidden bool not null default false,
    body text, weight numeric(10, 3), tags text[], extra jsonb, at timestamptz, secret text);
  alter table public.parcels replica identity full;
  alter table public.parcels enable row level security;
  create policy by_territory on public.parcels for select to authenticated
    using (territory = (select (auth.jwt() ->> 'territory')::int));
  create policy by_owner on public.parcels to authenticated using (owner = auth.uid());
  create policy shown on public.parcels as restrictive for select to authenticated
    using (not hidden);
  grant select (id, territory, owner, hidden, body, weight, tags, extra, at)
    on public.parcels to authenticated;
  create table public.open_notes (id int primary key, body text);
  grant select on public.open_notes to anon;
  create table public.private_notes (id int primary key, body text);
  alter publication supabase_realtime add table public.parcels, public.open_notes;
)sql";

inline std::string claims(std::string_view sub, std::string_view territory) {
  return text::cat(R"({"role":"authenticated","sub":")", sub, R"(","territory":")", territory,
                   R"("})");
}

inline constexpr std::string_view ann = "00000000-0000-4000-8000-00000000000a";
inline constexpr std::string_view bob = "00000000-0000-4000-8000-00000000000b";

// Tokens of the tests: "role claims".
inline Result<Caller> verify(std::string_view token) {
  const auto space = token.find(' ');
  if (space == std::string_view::npos)
    return fail(Kind::unauthenticated, "token",
                "MalformedJWT: The token provided is not a valid JWT");
  return Caller{std::string(token.substr(0, space)), std::string(token.substr(space + 1)),
                std::nullopt};
}

inline Frame plain(std::string_view payload, bool) {
  return std::make_shared<const std::string>(payload);
}

// One client: what it was sent, waited for from the test's thread.
class Client {
 public:
  Client(Service& service, loop::Core& core, std::string token, Version version = Version::v2)
      : service_(service), core_(core), version_(version) {
    on_core([this, token] {
      Port port{
          [this](Frame frame) { keep(*frame); },
          [this](std::uint16_t code, std::string_view) { keep("closed " + std::to_string(code)); }};
      id_ = service_.hub(core_).open(std::move(port), version_, *verify(token), token);
    });
  }
  ~Client() {
    on_core([this] { service_.hub(core_).closed(id_); });
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string text) {
    on_core([this, text] { service_.hub(core_).receive(id_, text, false); });
  }
  // Joins and waits until the database was asked too.
  void join(const std::string& topic, const std::string& bindings, const std::string& more = "") {
    send(text::cat(R"(["1","1","realtime:)", topic,
                   R"(","phx_join",{"config":{"postgres_changes":)", bindings, more, "}}]"));
    EXPECT_NE(wait_for("phx_reply"), "");
    if (bindings != "[]") {
      EXPECT_NE(wait_for("Subscribed to PostgreSQL"), "");
    }
  }
  // The first frame not yet taken that holds `piece`, taken out; "" after three seconds.
  std::string wait_for(std::string_view piece, std::chrono::milliseconds most = 3s) {
    std::unique_lock lock(mutex_);
    const auto deadline = Steady::now() + most;
    for (;;) {
      const auto found = std::ranges::find_if(frames_, [&](const std::string& frame) {
        return frame.find(piece) != std::string::npos;
      });
      if (found != frames_.end()) {
        std::string out = *found;
        frames_.erase(found);
        return out;
      }
      if (arrived_.wait_until(lock, deadline) == std::cv_status::timeout) return "";
    }
  }
  // The data object of the next row change; null after three seconds.
  json::Value next_change(std::chrono::milliseconds most = 3s) {
    const std::string frame = wait_for(R"("postgres_changes",{"ids")", most);
    if (frame.empty()) return {};
    return json::parse(frame)->get_array()[4].get_object()["data"];
  }
  std::size_t left() {
    const std::lock_guard lock(mutex_);
    return frames_.size();
  }

 private:
  void keep(std::string frame) {
    const std::lock_guard lock(mutex_);
    frames_.push_back(std::move(frame));
    arrived_.notify_all();
  }
  template <class Work>
  void on_core(Work work) {
    std::promise<void> done;
    core_.post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }

  Service& service_;
  loop::Core& core_;
  Version version_;
  SocketId id_ = 0;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::string> frames_;
};

class RealtimeTest : public testing::Test {
 protected:
  void SetUp() override { start(wal::SlotLife::temporary); }
  void TearDown() override {
    stop();
    if (sql_)
      run("select pg_drop_replication_slot(slot_name) from pg_replication_slots "
          "where database = current_database() and not active");
  }

  void start(wal::SlotLife life) {
    auto connected = db::Blocking::connect(database_.superuser());
    ASSERT_TRUE(connected.has_value()) << connected.error().message;
    sql_.emplace(*std::move(connected));
    const auto made = sql_->script(schema_sql);
    ASSERT_TRUE(made.has_value()) << made.error().message;
    slot_ = database_.name() + "_cdc";
    cores_.emplace(2);
    ServiceOptions options;
    options.stream = {.conninfo = database_.superuser(), .slot = {.name = slot_, .life = life}};
    options.on_message = [this](std::string_view prefix, std::string_view content) {
      const std::lock_guard lock(messages_mutex_);
      messages_ += text::cat(prefix, ":", content, ";");
    };
    service_.emplace(options, plain);
    for (unsigned i = 0; i < cores_->size(); ++i) {
      pools_.push_back(std::make_unique<db::Pool>(
          (*cores_)[i], db::PoolOptions{.conninfo = database_.authenticator()}));
      service_->attach((*cores_)[i], *pools_[i], sets_[i], verify);
    }
    cores_->start();
    service_->start();
    // Making a slot waits for every transaction that is under way in the cluster.
    bool live = false;
    for (int i = 0; i < 600 && !live; ++i) {
      std::this_thread::sleep_for(50ms);
      live = figures().live;
    }
    ASSERT_TRUE(live);
  }
  wal::StreamFigures figures() {
    std::promise<wal::StreamFigures> out;
    (*cores_)[0].post([&] { out.set_value(service_->stream_figures()); });
    return out.get_future().get();
  }
  void stop() {
    if (!service_) return;
    trusted_.reset();
    service_->drain();
    std::this_thread::sleep_for(100ms);
    for (auto& pool : pools_) pool->close();
    std::this_thread::sleep_for(50ms);
    cores_->stop();
    service_.reset();
    pools_.clear();
    cores_.reset();
  }
  void run(std::string_view statement) {
    const auto done = sql_->script(statement);
    ASSERT_TRUE(done.has_value()) << done.error().message;
  }
  std::unique_ptr<Client> client(std::string_view sub, std::string_view territory,
                                 unsigned core = 0) {
    return std::make_unique<Client>(*service_, (*cores_)[core],
                                    "authenticated " + claims(sub, territory));
  }
  // Runs a statement that changes rows of parcels and waits until everybody was told of them.
  void run_and_wait(std::string_view statement, int changes) {
    if (!trusted_) {
      run("grant select on parcels to service_role");
      trusted_ = std::make_unique<Client>(*service_, (*cores_)[0],
                                          R"(service_role {"role":"service_role"})");
      trusted_->join("trusted", std::string(all_parcels));
    }
    run(statement);
    for (int i = 0; i < changes; ++i)
      ASSERT_NE(trusted_->wait_for(R"("postgres_changes",{"ids")"), "");
  }
  static constexpr std::string_view all_parcels =
      R"([{"event":"*","schema":"public","table":"parcels"}])";

  kit::Database database_;
  std::string slot_;
  std::optional<db::Blocking> sql_;
  std::optional<loop::Cores> cores_;
  std::vector<std::unique_ptr<db::Pool>> pools_;
  metrics::Set sets_[2];
  std::optional<Service> service_;
  std::unique_ptr<Client> trusted_;  // sees all
  std::mutex messages_mutex_;
  std::string messages_;  // "prefix:content;" of what transactions said, in order
};

inline std::string type_of(const json::Value& data) {
  return data.is_object() ? std::string(json::text_or(data.get_object(), "type")) : "nothing";
}
inline const json::Object& part(const json::Value& data, std::string_view key) {
  static const json::Object none;
  return data.is_object() ? json::object_or_empty(data.get_object(), key) : none;
}
inline const json::Object& record(const json::Value& data) { return part(data, "record"); }
inline const json::Object& old_record(const json::Value& data) { return part(data, "old_record"); }

}  // namespace flash::realtime::rig
