#include "auth/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "auth/errors.h"
#include "auth/queries.gen.h"
#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "crypto/random.h"
#include "loop/offload.h"
#include "sql/array.h"

namespace flash::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t tokens_max = 4096;  // a core; about 2 kB each
constexpr std::size_t revocations_max = 65'536;
constexpr std::size_t attempt_meters = 65'536;
constexpr std::size_t friend_marks = 16'384;
constexpr unsigned hashing_max =
    16;  // under way or waiting: the last of them waits about half a second

constexpr seconds grace{30};  // for clocks that differ
constexpr seconds confirm_after{2};
constexpr seconds unconfirmed_max{3};        // after that: so five seconds in all
constexpr std::size_t questions_max = 1000;  // a statement
constexpr milliseconds between_questions{50};

std::string issuer_of(const config::Settings& settings) {
  const std::string base = settings.public_url.empty()
                               ? fmt::format("http://{}:{}", settings.host, settings.port)
                               : settings.public_url;
  return text::cat(base.ends_with('/') ? std::string_view(base).substr(0, base.size() - 1) : base,
                   "/auth/v1");
}

std::unexpected<Error> session_ended() {
  return fail(Kind::unauthenticated, "session_ended", "the session of this token has ended");
}

}  // namespace

Service::Service(const config::Settings& settings, KeySet keys, const Clock& clock, unsigned cores,
                 crypto::PasswordCost cost)
    : settings_(settings),
      keys_(std::move(keys)),
      clock_(clock),
      cost_(cost),
      issuer_(issuer_of(settings)),
      nobodys_hash_(
          std::async(std::launch::async,
                     [cost] { return crypto::hash_password(crypto::random_token(32), cost); })
              .share()),
      cores_(per_core(cores)),
      revocations_(revocations_max),
      attempts_(attempt_meters),
      friends_(friend_marks) {}

std::vector<std::unique_ptr<Service::PerCore>> Service::per_core(unsigned cores) {
  std::vector<std::unique_ptr<PerCore>> out;
  for (unsigned core = 0; core < cores; ++core)
    out.push_back(std::make_unique<PerCore>(tokens_max));
  return out;
}

Result<Identity> Service::caller(loop::Core& core, db::Pool& pool, std::string_view token) {
  CHECK(core.index() < cores_.size());
  PerCore& at = *cores_[core.index()];
  const Instant now = clock_.now();
  Known* known = at.tokens.find(token, epoch_seconds(now));
  if (known == nullptr) {
    TRY(crypto::Jwt jwt, crypto::verify_jwt(token, keys_.ring, now, grace));
    TRY(Identity identity, identity_of(std::move(jwt)));
    Known fresh{.dies_at = identity.expires_at + grace.count()};
    if (!identity.session_id.empty()) {
      fresh.liveness = std::make_shared<Liveness>();
      fresh.liveness->session_id = identity.session_id;
    }
    fresh.identity = std::move(identity);
    known = &at.tokens.add(token, std::move(fresh));
  }
  if (known->liveness != nullptr) TRY_DONE(check_session(core, pool, *known, now));
  return known->identity;
}

Result<void> Service::check_session(loop::Core& core, db::Pool& pool, Known& known, Instant now) {
  Liveness& session = *known.liveness;
  const std::uint64_t generation = revocations_.generation();
  if (session.generation != generation) {
    session.dead = session.dead || revocations_.contains(session.session_id);
    session.generation = generation;
  }
  if (session.dead) return session_ended();
  if (now - session.confirmed_at < confirm_after) return {};
  if (session.unconfirmed_since == Instant{}) session.unconfirmed_since = now;
  if (!session.asked) {
    session.asked = true;
    PerCore& at = *cores_[core.index()];
    at.questions.push_back(known.liveness);
    if (!at.asking) {
      at.asking = true;
      core.spawn(ask(*this, at, pool));
    }
  }
  if (now - session.unconfirmed_since < unconfirmed_max) return {};
  return fail(Kind::unavailable, "session_unconfirmed",
              "the session cannot be checked at the moment; try again");
}

// Asks the first question at once and gathers the following ones: at most twenty statements a
// second and core.
loop::Task<void> Service::ask(Service& self, PerCore& at, db::Pool& pool) {
  while (!at.questions.empty()) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(at.questions.size(), questions_max));
    std::vector<std::shared_ptr<Liveness>> batch(at.questions.begin(),
                                                 at.questions.begin() + count);
    at.questions.erase(at.questions.begin(), at.questions.begin() + count);
    co_await self.ask_once(pool, std::move(batch));
    co_await loop::sleep(between_questions);
  }
  at.asking = false;
}

loop::Task<void> Service::ask_once(db::Pool& pool, std::vector<std::shared_ptr<Liveness>> batch) {
  std::vector<std::string> ids;
  ids.reserve(batch.size());
  for (const auto& session : batch) ids.push_back(session->session_id);
  const Instant asked_at = clock_.now();
  std::vector<sql::Statement> statements{
      sql::statement(queries::dead_sessions, {sql::array_literal(ids)})};
  const auto answer = co_await run(pool, std::move(statements));
  if (answer) end(answer->front());
  for (const auto& session : batch) {
    session->asked = false;
    if (!answer) continue;
    session->confirmed_at = asked_at;
    session->unconfirmed_since = {};
  }
}

void Service::end(const db::Rows& session_ids) {
  const std::int64_t now = epoch_seconds(clock_.now());
  const std::int64_t until = now + settings_.token_seconds.count() + 2 * grace.count();
  for (std::size_t row = 0; row < session_ids.size(); ++row)
    revocations_.add(session_ids.text(row, 0), until, now);
}

loop::Task<Result<Service::Checked>> Service::check(std::string password, std::string hash) {
  if (hashing_.fetch_add(1) >= hashing_max) {
    hashing_.fetch_sub(1);
    co_return fail(errors::too_many_requests(seconds{1}));
  }
  const Checked checked = co_await loop::offload(
      [password = std::move(password), hash = std::move(hash), cost = cost_] {
        const crypto::PasswordCheck found = crypto::check_password(password, hash, cost);
        Checked out{.matches = found.matches};
        if (found.rehash) out.new_hash = crypto::hash_password(password, cost);
        return out;
      });
  hashing_.fetch_sub(1);
  co_return checked;
}

loop::Task<Result<std::string>> Service::hash(std::string password) {
  if (hashing_.fetch_add(1) >= hashing_max) {
    hashing_.fetch_sub(1);
    co_return fail(errors::too_many_requests(seconds{1}));
  }
  std::string made = co_await loop::offload([password = std::move(password), cost = cost_] {
    return crypto::hash_password(password, cost);
  });
  hashing_.fetch_sub(1);
  co_return made;
}

// What the database says is for the log: a caller learns that something failed, or that it is away.
loop::Task<Result<std::vector<db::Rows>>> Service::run(
    db::Pool& pool, std::vector<sql::Statement> statements) const {
  db::Work work{.identity = {.role = "flash_auth"}, .statements = std::move(statements)};
  auto rows = co_await pool.run(std::move(work));
  if (rows) co_return rows;
  if (rows.error().kind == Kind::unavailable || rows.error().kind == Kind::timeout) co_return rows;
  if (rows.error().code.starts_with("22"))  // data exceptions: a NUL in JSON, for one
    co_return fail(errors::validation_failed("a value cannot be stored"));
  log::error("auth_statement_failed",
             {{"code", rows.error().code}, {"message", rows.error().message}});
  co_return fail(errors::unexpected());
}

}  // namespace flash::auth
