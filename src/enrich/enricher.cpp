#include "enrich/enricher.h"

#include <array>
#include <map>
#include <string>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "enrich/queries.gen.h"
#include "enrich/sources.h"
#include "json/read.h"
#include "json/write.h"
#include "loop/offload.h"
#include "sql/array.h"

namespace flash::enrich {
namespace {

using std::chrono::steady_clock;

constexpr int portion = 10;
constexpr std::chrono::milliseconds breath{500};  // after a portion
constexpr int failures_max = 3;
constexpr std::chrono::minutes rest{5};
constexpr std::array again_s{600, 3'600, 21'600};  // by attempts; then it is given up

Lead lead_of(const json::Object& row) {
  Lead out;
  out.id = json::text_or(row, "id");
  out.stamp = json::text_or(row, "stamp");
  out.attempts = static_cast<int>(json::int_or(row, "attempts"));
  out.fresh = json::bool_or(row, "fresh");
  out.phone = json::text_or(row, "phone");
  out.email = json::text_or(row, "email");
  out.business_name = json::text_or(row, "business_name");
  out.country = json::text_or(row, "country");
  return out;
}

using Key = std::pair<std::string, std::string>;  // source, subject
struct Known {
  Answer answer;
  std::string asked_at;
};
using Cache = std::map<Key, Known>;

Cache cache_of(const json::Value& list) {
  Cache out;
  for (const auto& entry : list.as_array()) {
    const auto& row = entry.as_object();
    // One that a newer version wrote otherwise is asked for again.
    if (auto answer = read_answer(json::serialize(*json::find(row, "answer"))))
      out.insert_or_assign(Key{json::text_or(row, "source"), json::text_or(row, "subject")},
                           Known{*std::move(answer), std::string(json::text_or(row, "asked_at"))});
  }
  return out;
}

// What was found out about one lead, as flash.enrich_write() takes it.
struct Found {
  json::Writer items;
  std::vector<std::string> without;
  bool failed = false;
};

}  // namespace

struct Enricher::State : std::enable_shared_from_this<Enricher::State> {
  State(db::Pool& p, const config::Settings& settings)
      : pool(p), sources(sources_of(settings)), lines(sources.size()) {}

  struct Line {  // how a source has been lately
    int failures = 0;
    steady_clock::time_point rests_until{};
  };

  db::Pool& pool;
  const std::vector<Source> sources;
  std::vector<Line> lines;
  bool told = false;

  loop::Task<Result<std::string>> query(sql::Statement statement);
  loop::Task<Result<void>> tell();
  static loop::Task<void> tell_once(std::shared_ptr<State> self);
  static loop::Task<Result<std::string>> all(std::shared_ptr<State> self,
                                             std::shared_ptr<jobs::Attempt> attempt);
  static loop::Task<Result<std::string>> one(std::shared_ptr<State> self,
                                             std::shared_ptr<jobs::Attempt> attempt);
  loop::Task<Result<std::size_t>> take(sql::Param only, std::shared_ptr<jobs::Attempt> attempt);
  loop::Task<Result<Cache>> known(const std::vector<Lead>& leads);
  loop::Task<Result<void>> enrich(const Lead& lead, const Cache& cache);
  loop::Task<void> look(std::size_t index, const Lead& lead, const Cache& cache, Found& found);
  loop::Task<Answer> ask(std::size_t index, const Lead& lead);
};

loop::Task<Result<std::string>> Enricher::State::query(sql::Statement statement) {
  db::Work work;
  work.identity.role = "flash_worker";
  work.statements.push_back(std::move(statement));
  const auto reply = co_await pool.run(std::move(work));
  if (!reply) co_return fail(reply.error());
  if (reply->back().size() != 1) co_return std::string{};
  co_return std::string(reply->back().text(0, 0));
}

loop::Task<Result<void>> Enricher::State::tell() {
  if (told) co_return Result<void>{};
  json::Writer out;
  out.array();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    out.object().field("source", sources[i].name).field("place", i);
    if (!sources[i].off.empty()) out.field("reason", sources[i].off);
    out.end_object();
  }
  out.end_array();
  CO_TRY_DONE(co_await query(sql::statement(queries::tell_sources, {std::move(out).take()})));
  told = true;
  co_return Result<void>{};
}

loop::Task<void> Enricher::State::tell_once(std::shared_ptr<State> self) {
  const auto said = co_await self->tell();
  if (!said) log::warning("fact_sources_untold", {{"reason", said.error().message}});
}

loop::Task<Answer> Enricher::State::ask(std::size_t index, const Lead& lead) {
  Line& line = lines[index];
  if (steady_clock::now() < line.rests_until) co_return failed("resting");
  // Owned: the lead may be gone before its source has answered, when the server stops.
  Answer answer = co_await loop::offload(
      [question = sources[index].ask, lead] { return question(lead); }, loop::waiting_threads());
  line.failures = answer.outcome == Outcome::failed ? line.failures + 1 : 0;
  if (line.failures >= failures_max) {
    log::warning("fact_source_rests", {{"source", sources[index].name}, {"reason", answer.reason}});
    line.failures = 0;
    line.rests_until = steady_clock::now() + rest;
  }
  co_return answer;
}

loop::Task<void> Enricher::State::look(std::size_t index, const Lead& lead, const Cache& cache,
                                       Found& found) {
  const Source& source = sources[index];
  if (!source.off.empty()) co_return;
  const std::string subject = source.subject(lead);
  if (subject.empty()) {
    found.without.push_back(source.name);
    co_return;
  }
  const auto hit = cache.find(Key{source.name, subject});
  const bool cached = !lead.fresh && hit != cache.end();
  const Answer answer = cached ? hit->second.answer : co_await ask(index, lead);
  found.failed = found.failed || answer.outcome == Outcome::failed;
  auto& out = found.items;
  out.object().field("source", source.name).field("subject", subject);
  out.field("state", to_text(answer.outcome)).raw_field("facts", facts_json(answer.facts));
  if (!answer.reason.empty()) out.field("reason", answer.reason);
  if (cached) out.field("asked_at", hit->second.asked_at);
  out.field("keep", !cached && source.kept && answer.outcome != Outcome::failed).end_object();
}

loop::Task<Result<void>> Enricher::State::enrich(const Lead& lead, const Cache& cache) {
  Found found;
  found.items.array();
  for (std::size_t i = 0; i < sources.size(); ++i) co_await look(i, lead, cache, found);
  found.items.end_array();
  const auto attempts = static_cast<std::size_t>(lead.attempts);
  sql::Param again;
  if (found.failed && attempts < again_s.size()) again = std::to_string(again_s.at(attempts));
  const auto written = co_await query(
      sql::statement(queries::write, {lead.id, lead.stamp, std::move(found.items).take(),
                                      sql::array_literal(found.without), again}));
  if (written) co_return Result<void>{};
  if (written.error().kind == Kind::unavailable || written.error().kind == Kind::timeout)
    co_return fail(written.error());
  // What the database refuses it would refuse again; the others shall not wait for this lead.
  log::warning("facts_refused", {{"lead", lead.id}, {"reason", written.error().message}});
  CO_TRY_DONE(co_await query(sql::statement(
      queries::write, {lead.id, lead.stamp, std::string("[]"), std::string("{}"), sql::Param{}})));
  co_return Result<void>{};
}

loop::Task<Result<Cache>> Enricher::State::known(const std::vector<Lead>& leads) {
  json::Writer asked;
  asked.array();
  for (const Lead& lead : leads)
    for (const Source& source : sources) {
      if (!source.off.empty() || !source.kept || lead.fresh) continue;
      if (const auto subject = source.subject(lead); !subject.empty())
        asked.object().field("source", source.name).field("subject", subject).end_object();
    }
  asked.end_array();
  CO_TRY(const auto answers,
         co_await query(sql::statement(queries::known, {std::move(asked).take()})));
  CO_TRY(const auto list, json::parse(answers));
  co_return cache_of(list);
}

loop::Task<Result<std::size_t>> Enricher::State::take(sql::Param only,
                                                      std::shared_ptr<jobs::Attempt> attempt) {
  CO_TRY(const auto claimed,
         co_await query(sql::statement(queries::claim, {std::to_string(portion), only})));
  CO_TRY(const auto list, json::parse(claimed));
  std::vector<Lead> leads;
  for (const auto& row : list.as_array()) leads.push_back(lead_of(row.as_object()));
  if (leads.empty()) co_return 0;
  CO_TRY(const auto cache, co_await known(leads));
  for (const Lead& lead : leads) {
    if (attempt->stopped()) co_return fail(Kind::unavailable, "stopped", "it was told to stop");
    CO_TRY_DONE(co_await enrich(lead, cache));
  }
  co_return leads.size();
}

loop::Task<Result<std::string>> Enricher::State::all(std::shared_ptr<State> self,
                                                     std::shared_ptr<jobs::Attempt> attempt) {
  CO_TRY_DONE(co_await self->tell());
  for (std::size_t done = 0;;) {
    CO_TRY(const std::size_t taken, co_await self->take(sql::Param{}, attempt));
    if (taken == 0) co_return std::string{};
    done += taken;
    attempt->progress(0, text::cat(std::to_string(done), " leads"));
    co_await loop::sleep(breath);
  }
}

loop::Task<Result<std::string>> Enricher::State::one(std::shared_ptr<State> self,
                                                     std::shared_ptr<jobs::Attempt> attempt) {
  CO_TRY_DONE(co_await self->tell());
  CO_TRY_DONE(co_await self->take(attempt->key, attempt));
  co_return std::string{};
}

Enricher::Enricher(db::Pool& pool, const config::Settings& settings)
    : state_(std::make_shared<State>(pool, settings)) {}

std::vector<jobs::JobKind> Enricher::kinds() {
  const auto kind = [](std::string name, jobs::Work work, std::chrono::seconds seconds_max) {
    return jobs::JobKind{
        .name = std::move(name), .work = std::move(work), .seconds_max = seconds_max};
  };
  std::vector<jobs::JobKind> out;
  out.push_back(kind(
      "enrich_leads",
      [state = state_](std::shared_ptr<jobs::Attempt> attempt) {
        return State::all(state, std::move(attempt));
      },
      std::chrono::hours(12)));
  out.push_back(kind(
      "enrich_lead",
      [state = state_](std::shared_ptr<jobs::Attempt> attempt) {
        return State::one(state, std::move(attempt));
      },
      std::chrono::minutes(2)));
  return out;
}

void Enricher::start(loop::Core& core) { core.spawn(State::tell_once(state_)); }

}  // namespace flash::enrich
