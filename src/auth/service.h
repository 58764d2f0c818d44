// Sign-in, sessions and callers. One for the process: keys never change, the rest is a core's own
// or says so.
#pragma once
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/identity.h"
#include "auth/key_set.h"
#include "auth/revocations.h"
#include "auth/throttle.h"
#include "auth/token_cache.h"
#include "auth/tokens.h"
#include "base/result.h"
#include "base/time.h"
#include "config/settings.h"
#include "crypto/password.h"
#include "db/pool.h"
#include "loop/core.h"

namespace flash::auth {

// Who asks, as far as the network knows.
struct Origin {
  std::string address;  // of the caller
  std::string agent;    // User-Agent
};

// What supabase-js calls a session.
struct Grant {
  std::string access_token, refresh_token;
  std::int64_t expires_in = 0;  // seconds
  std::int64_t expires_at = 0;  // epoch seconds
  std::string user;             // JSON
};

enum class Scope : unsigned char { global, local, others };

// What a person changes about himself; nullopt: stays.
struct Change {
  std::optional<std::string> password, current_password;
  std::optional<std::string> email, phone;
  std::optional<std::string> data;  // a JSON object, merged into user_metadata
};

class Service {
 public:
  // `cores`: how many cores call it. `settings` and `clock` must outlive it.
  Service(const config::Settings& settings, KeySet keys, const Clock& clock, unsigned cores,
          crypto::PasswordCost cost = {});

  [[nodiscard]] const KeySet& keys() const { return keys_; }

  // The caller behind a bearer token. A look-up when this core has seen it; the session behind it
  // is confirmed with the database every two seconds of use, beside the request. A session that
  // ended counts no longer than five seconds on any node: without a confirmation for that long, the
  // answer is unavailable "session_unconfirmed". Errors: those of crypto::verify_jwt and
  // identity_of; unauthenticated "session_ended".
  Result<Identity> caller(loop::Core& core, db::Pool& pool, std::string_view token);
  // For those who hold a socket open: is the session known to be over?
  [[nodiscard]] bool ended(std::string_view session_id) const {
    return revocations_.contains(session_id);
  }

  // Errors: auth/errors.h.
  loop::Task<Result<Grant>> sign_in(db::Pool& pool, std::string email, std::string password,
                                    Origin origin);
  loop::Task<Result<Grant>> refresh(db::Pool& pool, std::string token, Origin origin);
  // A session that is over already is signed out, too: no error.
  loop::Task<Result<void>> sign_out(db::Pool& pool, Identity caller, Scope scope);
  // The user's document, JSON.
  loop::Task<Result<std::string>> user(db::Pool& pool, Identity caller);
  loop::Task<Result<std::string>> change_user(db::Pool& pool, Identity caller, Change change,
                                              Origin origin);

 private:
  struct PerCore {
    explicit PerCore(std::size_t tokens_max) : tokens(tokens_max) {}
    TokenCache tokens;
    std::vector<std::shared_ptr<Liveness>> questions;  // sessions to ask the database about
    bool asking = false;                               // ask() runs on this core
  };
  // What one try to show a password takes from the meters, to be given back when it was right.
  struct Attempt {
    Throttle::Key network = 0, pair = 0, account = 0;
    bool account_taken = false;
  };
  struct Checked {
    bool matches = false;
    std::optional<std::string> new_hash;  // stronger than the stored one
  };

  static std::vector<std::unique_ptr<PerCore>> per_core(unsigned cores);
  Result<void> check_session(loop::Core& core, db::Pool& pool, Known& known, Instant now);
  static loop::Task<void> ask(Service& self, PerCore& at, db::Pool& pool);
  loop::Task<void> ask_once(db::Pool& pool, std::vector<std::shared_ptr<Liveness>> batch);
  void end(const db::Rows& session_ids);

  Result<Attempt> begin_attempt(std::string_view account, std::string_view address);
  void forgive(const Attempt& attempt);
  // Refused beyond the queue's limit: rate_limited.
  loop::Task<Result<Checked>> check(std::string password, std::string hash);
  loop::Task<Result<std::string>> hash(std::string password);
  loop::Task<Result<std::vector<db::Rows>>> run(db::Pool& pool,
                                                std::vector<sql::Statement> statements) const;
  [[nodiscard]] Grant grant(const Person& person, std::string session_id, std::int64_t signed_in_at,
                            std::string refresh_token) const;
  loop::Task<Result<std::string>> new_password_hash(db::Pool& pool, const Identity& caller,
                                                    const Change& change, const Origin& origin);

  const config::Settings& settings_;
  const KeySet keys_;
  const Clock& clock_;
  const crypto::PasswordCost cost_;
  const std::string issuer_;
  // Checked where there is no person, so that it takes as long. Made beside the start: it takes a
  // tenth of a second, as it should.
  const std::shared_future<std::string> nobodys_hash_;
  std::vector<std::unique_ptr<PerCore>> cores_;
  Revocations revocations_;
  std::atomic<unsigned> hashing_ = 0;  // password hashes under way or waiting
  // A meter a core would multiply every limit; sign-ins are rare beside the hash they cost, so one
  // lock is cheap.
  std::mutex throttle_mutex_;
  Throttle attempts_;
  Throttle friends_;  // account and network that signed in before
};

}  // namespace flash::auth
