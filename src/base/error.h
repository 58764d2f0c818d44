// What can go wrong, as a value: a kind for the machine, a stable code, a sentence for the caller.
#pragma once
#include <cstdint>
#include <string>
#include <utility>

namespace flash {

enum class Kind : std::uint8_t {
  invalid,          // the request says something impossible
  unauthenticated,  // who are you
  forbidden,        // I know you, and no
  not_found,
  not_allowed,     // the verb does not exist here
  not_acceptable,  // no representation that the caller accepts
  conflict,
  too_large,
  unsupported,    // a media type we do not read
  bad_range,      // a range outside what exists
  unprocessable,  // well-formed, but breaks a rule of the domain
  rate_limited,
  timeout,
  canceled,
  unavailable,  // try again later
  unimplemented,
  internal,
};

// `message`, `details` and `hint` are for the caller: never a secret, never a stack. Empty: absent.
struct Error {
  Kind kind = Kind::internal;
  std::string
      code;  // stable: "PGRST116", "invalid_credentials", "23505"; never reused once retired
  std::string message;
  std::string details;
  std::string hint;
};

inline Error make_error(Kind kind, std::string code, std::string message) {
  return Error{kind, std::move(code), std::move(message), {}, {}};
}

// The HTTP status that a kind means where no door says otherwise (RFC 9110 section 15).
constexpr unsigned http_status(Kind kind) {
  switch (kind) {
    case Kind::invalid: return 400;
    case Kind::unauthenticated: return 401;
    case Kind::forbidden: return 403;
    case Kind::not_found: return 404;
    case Kind::not_allowed: return 405;
    case Kind::not_acceptable: return 406;
    case Kind::conflict: return 409;
    case Kind::too_large: return 413;
    case Kind::unsupported: return 415;
    case Kind::bad_range: return 416;
    case Kind::unprocessable: return 422;
    case Kind::rate_limited: return 429;
    case Kind::timeout: return 504;
    case Kind::canceled: return 499;
    case Kind::unavailable: return 503;
    case Kind::unimplemented: return 501;
    case Kind::internal: return 500;
  }
  return 500;
}

}  // namespace flash
