#include "worker/late_leads.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/process.h"
#include "sql/array.h"
#include "worker/ask.h"
#include "worker/queries.gen.h"
#include "worker/record.h"
#include "worker/row.h"

namespace flash::worker {
namespace {

constexpr int rounds_max = 1'000;  // then others get their turn

enum class Job : std::uint8_t { process, rescore, assign };
constexpr std::array all_jobs{Job::process, Job::rescore, Job::assign};

std::string_view kind_of(Job job) {
  switch (job) {
    case Job::process: return "process_submission";
    case Job::rescore: return "rescore_submission";
    case Job::assign: return "assign_submission";
  }
  return {};
}

std::string new_id() { return ids::uuid7(SystemClock().now()); }

// One claimed job. A job whose row is gone or done is only to be ticked off.
struct Claimed {
  std::string job;
  std::optional<json::Object> row;
  leads::Arrival arrival;
};

leads::Arrival arrival_of(const json::Object& item, const json::Object& row, std::size_t number) {
  leads::Arrival out;
  out.number = number;
  out.id = json::text_or(row, "id");
  out.lead = lead_of_row(row);
  out.lead.sub_area = json::text_or(item, "sub_area");
  for (const auto& entry : json::array_or_empty(item, "phones")) {
    const auto& phone = entry.as_object();
    out.lead.phones.push_back({std::string(json::text_or(phone, "number")),
                               std::string(json::text_or(phone, "label")),
                               json::bool_or(phone, "primary")});
  }
  const std::string primary(json::text_or(row, "phone"));
  if (!primary.empty() &&
      std::ranges::find(out.lead.phones, primary, &leads::Phone::number) == out.lead.phones.end())
    out.lead.phones.insert(out.lead.phones.begin(), {primary, "mobile", out.lead.phones.empty()});
  out.channel =
      "sql";  // the row keeps its own; this one only keeps the prospect's confirmation back
  out.late = true;
  out.owner = json::text_or(row, "owner_id");
  out.territory = static_cast<int>(json::int_or(row, "territory_id"));
  return out;
}

bool concerns(Job job, const json::Object& row) {
  const bool seen = json::find(row, "processed_at") != nullptr;
  const bool waits =
      json::find(row, "owner_id") == nullptr && json::text_or(row, "status") == "new";
  return json::find(row, "deleted_at") == nullptr && seen == (job != Job::process) &&
         (job != Job::assign || waits);
}

std::vector<Claimed> claimed_of(const json::Value& list, Job job) {
  std::vector<Claimed> out;
  if (!list.is_array()) return out;
  for (const auto& entry : list.get_array()) {
    const auto& item = entry.as_object();
    Claimed one;
    one.job = std::to_string(json::int_or(item, "job"));
    if (json::find(item, "submission") != nullptr) {
      const auto& row = json::object_or_empty(item, "submission");
      if (concerns(job, row)) {
        one.row = row;
        one.arrival = arrival_of(item, row, out.size());
      }
    }
    out.push_back(std::move(one));
  }
  return out;
}

sql::Statement finish(const std::vector<Claimed>& claimed) {
  std::vector<std::string> jobs;
  for (const auto& one : claimed) jobs.push_back(one.job);
  return sql::statement(queries::late_finish, {sql::array_literal(jobs)});
}

// What one transaction took: the jobs it had in hand, also when it failed.
struct Taken {
  std::vector<std::string> jobs;
  std::optional<Error> error;
};

}  // namespace

struct LateLeads::State : std::enable_shared_from_this<LateLeads::State> {
  explicit State(db::Pool& p) : pool(p) {}

  db::Pool& pool;
  Memory memory;
  bool closed = false;

  loop::Task<Result<std::chrono::milliseconds>> look();
  loop::Task<Result<std::size_t>> round();
  loop::Task<Result<std::size_t>> round_of(Job job);
  loop::Task<Taken> take(Job job, std::size_t limit, std::optional<std::string> only);
  loop::Task<Result<void>> carry_out(Job job, db::Session session, std::vector<Claimed> claimed);
  loop::Task<Result<void>> process(db::Session session, std::vector<Claimed> claimed);
  loop::Task<Result<void>> rescore(db::Session session, std::vector<Claimed> claimed);
  loop::Task<Result<void>> assign(db::Session session, std::vector<Claimed> claimed);
  loop::Task<Result<leads::Desk>> desk(db::Session& session, const std::vector<Asked>& asked);
  loop::Task<Result<void>> give_up(std::string job, Error error);
};

// Claims, decides and finishes in one transaction.
loop::Task<Taken> LateLeads::State::take(Job job, std::size_t limit,
                                         std::optional<std::string> only) {
  Taken out;
  db::Identity identity;
  identity.role = "flash_worker";
  auto session = co_await pool.begin(std::move(identity));
  if (!session) {
    out.error = session.error();
    co_return out;
  }
  std::vector<sql::Statement> claim;
  claim.push_back(sql::statement(
      queries::late_claim, {std::string(kind_of(job)), std::to_string(limit), std::move(only)}));
  const auto reply = co_await session->run(std::move(claim));
  const auto list = document_of(reply);
  if (!list) {
    out.error = list.error();
    co_return out;
  }
  auto claimed = claimed_of(*list, job);
  for (const auto& one : claimed) out.jobs.push_back(one.job);
  if (claimed.empty()) co_return out;
  const auto done = co_await carry_out(job, *std::move(session), std::move(claimed));
  if (!done) out.error = done.error();
  co_return out;
}

loop::Task<Result<void>> LateLeads::State::carry_out(Job job, db::Session session,
                                                     std::vector<Claimed> claimed) {
  const bool nothing =
      std::ranges::none_of(claimed, [](const Claimed& one) { return one.row.has_value(); });
  if (nothing) {
    std::vector<sql::Statement> only_finish;
    only_finish.push_back(finish(claimed));
    const auto done = co_await session.commit(std::move(only_finish));
    if (!done) co_return fail(done.error());
    co_return Result<void>{};
  }
  if (job == Job::rescore) co_return co_await rescore(std::move(session), std::move(claimed));
  if (job == Job::assign) co_return co_await assign(std::move(session), std::move(claimed));
  co_return co_await process(std::move(session), std::move(claimed));
}

loop::Task<Result<leads::Desk>> LateLeads::State::desk(db::Session& session,
                                                       const std::vector<Asked>& asked) {
  std::vector<sql::Statement> ask;
  ask.push_back(
      sql::statement(queries::intake_context,
                     {context_request(asked, {}, *memory.places(), memory.wants_history())}));
  const auto reply = co_await session.run(std::move(ask));
  CO_TRY(const auto document, document_of(reply));
  CO_TRY(auto desk, memory.desk(document.as_object()));
  if (!desk) co_return fail(Kind::unavailable, "places_changed", "the territories have changed");
  co_return *std::move(desk);
}

loop::Task<Result<void>> LateLeads::State::process(db::Session session,
                                                   std::vector<Claimed> claimed) {
  const auto places = memory.places();
  const AnswerKey no_key;
  std::vector<Asked> asked;
  for (const auto& one : claimed)
    if (one.row) asked.push_back({one.arrival, no_key});
  CO_TRY(auto desk, co_await this->desk(session, asked));
  leads::Batch batch(*places, std::move(desk), new_id);
  Record record(new_id);
  for (const auto& item : asked) {
    CO_TRY(const auto decision, batch.decide(item.arrival));
    const auto links = batch.desk().links.find(item.arrival.number);
    record.add(item.arrival, decision,
               links == batch.desk().links.end() ? std::string{} : links->second.business_key,
               no_key);
  }
  std::vector<sql::Statement> write;
  write.push_back(std::move(record).finish(batch.notices()).write());
  write.push_back(finish(claimed));
  const auto written = co_await session.commit(std::move(write));
  if (!written) co_return fail(written.error());
  co_return Result<void>{};
}

loop::Task<Result<void>> LateLeads::State::rescore(db::Session session,
                                                   std::vector<Claimed> claimed) {
  json::Writer items;
  items.array();
  for (const auto& one : claimed)
    if (one.row) add_rescore(items, *one.row, *memory.places(), now_microseconds());
  items.end_array();
  std::vector<sql::Statement> write;
  write.push_back(sql::statement(queries::intake_rescore, {std::move(items).take()}));
  write.push_back(finish(claimed));
  const auto written = co_await session.commit(std::move(write));
  if (!written) co_return fail(written.error());
  co_return Result<void>{};
}

// A held lead's shift has begun: the rules choose its owner now. Its managers have heard of it when
// it came; the owner hears now.
loop::Task<Result<void>> LateLeads::State::assign(db::Session session,
                                                  std::vector<Claimed> claimed) {
  const auto places = memory.places();
  const AnswerKey no_key;
  std::vector<Asked> asked;
  for (const auto& one : claimed)
    if (one.row) asked.push_back({one.arrival, no_key});
  CO_TRY(auto desk, co_await this->desk(session, asked));
  leads::Batch batch(*places, std::move(desk), new_id);
  Record record(new_id);
  std::set<std::string> owners;
  for (const auto& item : asked) {
    CO_TRY(const auto decision, batch.decide(item.arrival));
    record.add_release(item.arrival, decision);
    owners.insert(decision.owner);
  }
  std::vector<leads::Notice> notices;
  for (const auto& notice : batch.notices())
    if (notice.type != "hot_lead" || owners.contains(notice.user)) notices.push_back(notice);
  // Finished first: a lead that is held once more gets a job anew.
  std::vector<sql::Statement> write;
  write.push_back(finish(claimed));
  write.push_back(std::move(record).finish(notices).write_release());
  const auto written = co_await session.commit(std::move(write));
  if (!written) co_return fail(written.error());
  co_return Result<void>{};
}

loop::Task<Result<void>> LateLeads::State::give_up(std::string job, Error error) {
  db::Work work;
  work.identity.role = "flash_worker";
  work.statements.push_back(
      sql::statement(queries::late_failed, {job, text::cat(error.code, ": ", error.message)}));
  const auto noted = co_await pool.run(std::move(work));
  if (!noted) co_return fail(noted.error());
  const bool dead = noted->back().size() == 1 && noted->back().text(0, 0) == "t";
  log::event(dead ? log::Level::error : log::Level::warning, "late_lead_failed",
             {{"job", job}, {"code", error.code}, {"message", error.message}, {"dead", dead}});
  co_return Result<void>{};
}

loop::Task<Result<std::size_t>> LateLeads::State::round_of(Job job) {
  std::size_t count = 0;
  for (int i = 0; i < rounds_max && !closed; ++i) {
    const Taken taken = co_await take(job, batch_max, std::nullopt);
    if (taken.error && taken.error->code == "places_changed") {
      CO_TRY_DONE(co_await memory.load(pool));
      continue;
    }
    if (taken.error && (taken.jobs.empty() || taken.error->kind == Kind::unavailable))
      co_return fail(*taken.error);
    count += taken.jobs.size();
    // The batch failed: one by one, so that only the bad ones wait.
    if (taken.error)
      for (const auto& one : taken.jobs) {
        const Taken alone = co_await take(job, 1, one);
        if (alone.error && alone.error->kind == Kind::unavailable) co_return fail(*alone.error);
        if (alone.error) CO_TRY_DONE(co_await give_up(one, *alone.error));
      }
    if (taken.jobs.size() < batch_max) break;
  }
  co_return count;
}

loop::Task<Result<std::size_t>> LateLeads::State::round() {
  if (memory.places() == nullptr) CO_TRY_DONE(co_await memory.load(pool));
  std::size_t count = 0;
  for (const Job job : all_jobs) {
    CO_TRY(const std::size_t done, co_await round_of(job));
    count += done;
  }
  co_return count;
}

loop::Task<Result<std::chrono::milliseconds>> LateLeads::State::look() {
  CO_TRY_DONE(co_await round());
  if (closed) co_return jobs::Beat::rest;
  db::Work work;
  work.identity.role = "flash_worker";
  std::vector<std::string> kinds;
  for (const Job job : all_jobs) kinds.emplace_back(kind_of(job));
  work.statements.push_back(sql::statement(queries::late_next, {sql::array_literal(kinds)}));
  const auto reply = co_await pool.run(std::move(work));
  if (!reply) co_return fail(reply.error());
  co_return jobs::Beat::wait_of(reply->back().text(0, 0));
}

LateLeads::LateLeads(loop::Core& core, db::Pool& pool)
    : state_(std::make_shared<State>(pool)),
      beat_(core, "late_leads", [state = state_] -> loop::Task<Result<std::chrono::milliseconds>> {
        co_return co_await state->look();
      }) {}

LateLeads::~LateLeads() { state_->closed = true; }

bool LateLeads::does(std::string_view kind) {
  return std::ranges::any_of(all_jobs, [&](Job job) { return kind == kind_of(job); });
}

void LateLeads::start() { beat_.start(); }
void LateLeads::wake() { beat_.wake(); }

loop::Task<Result<std::size_t>> LateLeads::round() {
  auto state = state_;
  co_return co_await state->round();
}

}  // namespace flash::worker
