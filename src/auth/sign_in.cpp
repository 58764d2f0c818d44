// Passwords and refresh tokens into sessions.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <utility>

#include "auth/errors.h"
#include "auth/queries.gen.h"
#include "auth/service.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/text.h"

namespace flash::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Wrong passwords: from one network, for one account from there, and for one account from anywhere.
// The last is wide, so that strangers cannot lock a person out quickly, and does not bind where he
// signed in before.
constexpr Rate network_rate{.burst = 30, .every = milliseconds{10'000}};
constexpr Rate pair_rate{.burst = 6, .every = milliseconds{20'000}};
constexpr Rate account_rate{.burst = 40, .every = milliseconds{30'000}};
constexpr Rate refresh_rate{.burst = 150, .every = milliseconds{2'000}};
constexpr std::chrono::hours friend_for{24 * 30};

constexpr std::size_t email_bytes_max = 254;
constexpr std::size_t agent_bytes_max = 512;
constexpr int reuse_seconds = 10;

bool is_plausible_email(std::string_view email) {
  const auto at = email.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < email.size() &&
         email.size() <= email_bytes_max && text::is_clean_utf8(email);
}

sql::Param address_param(const std::string& address) {
  std::array<unsigned char, 16> room{};
  const bool valid = inet_pton(AF_INET, address.c_str(), room.data()) == 1 ||
                     inet_pton(AF_INET6, address.c_str(), room.data()) == 1;
  return valid ? sql::Param(address) : std::nullopt;
}

sql::Param agent_param(const std::string& agent) {
  if (agent.empty() || !text::is_clean_utf8(agent)) return std::nullopt;
  return std::string(text::clip_utf8(agent, agent_bytes_max));
}

}  // namespace

Result<Service::Attempt> Service::begin_attempt(std::string_view account,
                                                std::string_view address) {
  const std::string network = network_of(address);
  const std::string pair = text::cat(account, '\n', network);
  const Instant now = clock_.now();
  const std::scoped_lock lock(throttle_mutex_);
  Attempt out{.network = attempts_.key("network", network),
              .pair = attempts_.key("pair", pair),
              .account = attempts_.key("account", account)};
  if (const auto wait = attempts_.take(out.network, network_rate, now))
    return fail(errors::too_many_requests(*wait));
  if (const auto wait = attempts_.take(out.pair, pair_rate, now))
    return fail(errors::too_many_requests(*wait));
  // anew.
  if (friends_.remembers(friends_.key("pair", pair), now)) return out;
  if (const auto wait = attempts_.take(out.account, account_rate, now))
    return fail(errors::too_many_requests(*wait));
  out.account_taken = true;
  return out;
}

void Service::forgive(const Attempt& attempt) {
  const std::scoped_lock lock(throttle_mutex_);
  attempts_.give_back(attempt.network, network_rate);
  attempts_.give_back(attempt.pair, pair_rate);
  if (attempt.account_taken) attempts_.give_back(attempt.account, account_rate);
}

loop::Task<Result<Grant>> Service::sign_in(db::Pool& pool, std::string email, std::string password,
                                           Origin origin) {
  email = text::lower(text::trim(email));
  if (!is_plausible_email(email) || password.size() > crypto::password_bytes_max)
    co_return fail(errors::invalid_credentials());
  CO_TRY(const Attempt attempt, begin_attempt(email, origin.address));
  std::vector<sql::Statement> look{sql::statement(queries::credentials, {email})};
  auto looked = co_await run(pool, std::move(look));
  if (!looked) {
    forgive(attempt);
    co_return fail(std::move(looked.error()));
  }
  const db::Rows& rows = looked->front();
  const std::string hash(rows.size() == 1 ? rows.text(0, 1) : std::string_view{});
  // Nobody, and somebody without a password, cost the same as a wrong password.
  auto checked = co_await check(std::move(password), hash.empty() ? nobodys_hash_.get() : hash);
  if (!checked) {
    forgive(attempt);
    co_return fail(std::move(checked.error()));
  }
  if (!checked->matches || hash.empty()) {
    log::info("sign_in_failed", {{"address", origin.address}});
    co_return fail(errors::invalid_credentials());
  }
  forgive(attempt);
  if (rows.text(0, 2) != "t") co_return fail(errors::banned());
  if (rows.text(0, 3) != "t") co_return fail(errors::email_not_confirmed());

  const std::string person_id(rows.text(0, 0));
  const std::string session_id = ids::uuid7(clock_.now());
  std::string refresh_token = new_refresh_token();
  std::vector<sql::Statement> write;
  write.push_back(sql::statement(
      queries::open_session,
      {person_id, hash, session_id, refresh_hash(refresh_token), agent_param(origin.agent),
       address_param(origin.address), std::move(checked->new_hash)}));
  write.push_back(sql::statement(queries::trim_sessions, {person_id}));
  write.push_back(sql::statement(queries::person, {person_id}));
  CO_TRY(const auto written, co_await run(pool, std::move(write)));
  const auto person = read_person(written[2]);
  if (written[0].affected() != 1 || !person) co_return fail(errors::invalid_credentials());
  {
    const std::scoped_lock lock(throttle_mutex_);
    const std::string pair = text::cat(email, '\n', network_of(origin.address));
    friends_.remember(friends_.key("pair", pair), clock_.now() + friend_for);
  }
  log::info("signed_in", {{"user_id", person->id}, {"session_id", session_id}});
  co_return grant(*person, session_id, epoch_seconds(clock_.now()), std::move(refresh_token));
}

loop::Task<Result<Grant>> Service::refresh(db::Pool& pool, std::string token, Origin origin) {
  if (!is_refresh_token(token)) co_return fail(errors::refresh_token_not_found());
  {
    const std::scoped_lock lock(throttle_mutex_);
    const auto key = attempts_.key("refresh", network_of(origin.address));
    if (const auto wait = attempts_.take(key, refresh_rate, clock_.now()))
      co_return fail(errors::too_many_requests(*wait));
  }
  const std::string presented = refresh_hash(token);
  std::string next = next_refresh_token(keys_, token);
  std::vector<sql::Statement> statements;
  statements.push_back(sql::statement(
      queries::rotate, {presented, refresh_hash(next), std::to_string(reuse_seconds)}));
  statements.push_back(sql::statement(queries::person_of_token, {presented}));
  CO_TRY(const auto rows, co_await run(pool, std::move(statements)));
  if (rows[0].size() == 0) co_return fail(errors::refresh_token_not_found());
  const std::string_view outcome = rows[0].text(0, 0);
  const std::string session_id(rows[0].text(0, 1));
  if (outcome != "rotated" && outcome != "again") {
    const std::int64_t now = epoch_seconds(clock_.now());
    revocations_.add(session_id, now + settings_.token_seconds.count() + 60, now);
    log::warning("session_ended", {{"session_id", session_id}, {"reason", outcome}});
    if (outcome == "barred") co_return fail(errors::banned());
    co_return fail(outcome == "over" ? errors::session_expired()
                                     : errors::refresh_token_already_used());
  }
  if (const auto active = rows[0].at(0, 3);
      outcome == "again" && active && *active != refresh_hash(next)) {
    auto later = refresh_descendant(keys_, next, *active);
    if (!later) co_return fail(errors::refresh_token_already_used());
    next = *std::move(later);
  }
  const auto person = read_person(rows[1]);
  if (!person) co_return fail(errors::refresh_token_not_found());
  const auto began = text::parse_int<std::int64_t>(rows[0].text(0, 2));
  co_return grant(*person, session_id, began.value_or(0), std::move(next));
}

Grant Service::grant(const Person& person, std::string session_id, std::int64_t signed_in_at,
                     std::string refresh_token) const {
  const TokenFacts facts{.issuer = issuer_,
                         .session_id = std::move(session_id),
                         .signed_in_at = signed_in_at,
                         .now = clock_.now(),
                         .lifetime = settings_.token_seconds};
  return Grant{.access_token = crypto::sign_es256(keys_.signing, access_claims(person, facts)),
               .refresh_token = std::move(refresh_token),
               .expires_in = facts.lifetime.count(),
               .expires_at = epoch_seconds(facts.now) + facts.lifetime.count(),
               .user = person.document};
}

}  // namespace flash::auth
