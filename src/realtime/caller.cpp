#include "realtime/caller.h"

#include <array>

#include "base/text.h"

namespace flash::realtime {
namespace {

struct Telling {
  std::string_view code;  // ours
  std::string_view theirs;
  std::string_view sentence;
};

// The operational codes and sentences of Supabase's realtime server.
constexpr std::array<Telling, 9> tellings{{
    {"no_api_key", "Unauthorized", "API key is missing"},
    {"invalid_api_key", "Unauthorized", "The API key is not known"},
    {"jwt_expired", "InvalidJWTToken", "Token has expired"},
    {"jwt_claims", "InvalidJWTToken", "Fields `role` and `exp` are required in JWT"},
    {"jwt_malformed", "MalformedJWT", "The token provided is not a valid JWT"},
    {"jwt_algorithm", "MalformedJWT", "The token provided is not a valid JWT"},
    {"jwt_not_yet", "MalformedJWT", "The token provided is not a valid JWT"},
    {"jwt_signature", "JwtSignatureError", "Failed to validate JWT signature"},
    {"session_ended", "InvalidJWTToken", "The session of this token has ended"},
}};

constexpr Telling unknown{"", "Unauthorized", "The token was not accepted"};
constexpr Telling later{"", "RealtimeRestarting", "The token cannot be checked now; try again"};

const Telling& telling_of(const Error& error) {
  for (const Telling& telling : tellings)
    if (telling.code == error.code) return telling;
  return error.kind == Kind::unavailable ? later : unknown;
}

}  // namespace

std::string reason_of(const Error& error) {
  return text::cat(telling_of(error).theirs, ": ", telling_of(error).sentence);
}

std::string sentence_of(const Error& error) { return std::string(telling_of(error).sentence); }

}  // namespace flash::realtime
