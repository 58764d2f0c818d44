// Access tokens and refresh tokens as values: what is in them and how one follows another.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "auth/key_set.h"
#include "base/time.h"
#include "db/rows.h"

namespace flash::auth {

// One row of the queries person and person_of_token.
struct Person {
  std::string id, email, phone;
  std::string app_metadata, user_metadata;  // JSON objects
  bool anonymous = false;
  std::string document;  // the user as supabase-js expects it, JSON
};
std::optional<Person> read_person(const db::Rows& rows);

struct TokenFacts {
  std::string issuer;
  std::string session_id;
  std::int64_t signed_in_at = 0;  // epoch seconds, when the password was shown
  Instant now;
  std::chrono::seconds lifetime{3600};
};

// The claims of protocol/auth.md section 3. User metadata that would make the token exceed 8 kB is
// left out.
std::string access_claims(const Person& person, const TokenFacts& facts);

// Refresh tokens: 43 characters of base64url. Only their hashes are stored.
std::string new_refresh_token();
bool is_refresh_token(std::string_view text);
std::string refresh_hash(std::string_view token);  // 64 hex digits
// The token that replaces this one. A function, not a draw: several refreshes with one token, as
// browser tabs do at once, get the same answer, and no token needs to be stored in clear for that.
std::string next_refresh_token(const KeySet& keys, std::string_view token);
// The descendant of `token` with that hash, at most 16 steps on; nullopt: there is none.
std::optional<std::string> refresh_descendant(const KeySet& keys, std::string token,
                                              std::string_view hash);

}  // namespace flash::auth
