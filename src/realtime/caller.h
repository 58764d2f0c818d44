// Who is behind a token, as far as realtime needs to know.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace flash::realtime {

struct Caller {
  std::string role;                // database role
  std::string claims;              // verified claims, JSON text
  std::optional<Instant> expires;  // nullopt: an API key
  bool operator==(const Caller&) const = default;
};

// A token or key to who it is. Asked again every few seconds, so it must be cheap for a known
// token. Errors: unauthenticated, with the codes of crypto::verify_jwt and others; unavailable: ask
// again.
using Verify = std::function<Result<Caller>(std::string_view token)>;

// What Supabase's clients are told of such an error.
std::string reason_of(const Error& error);    // "Code: sentence", for a join
std::string sentence_of(const Error& error);  // for a handshake or a system message

}  // namespace flash::realtime
