// What sign-in and sessions answer when they refuse: the codes that supabase-js knows (auth-js
// error-codes.ts).
#pragma once
#include <chrono>
#include <string>

#include "base/error.h"

namespace flash::auth::errors {

// One answer for "no such person" and "wrong password": it tells neither.
inline Error invalid_credentials() {
  return make_error(Kind::invalid, "invalid_credentials", "Invalid login credentials");
}
inline Error banned() { return make_error(Kind::invalid, "user_banned", "User is banned"); }
inline Error email_not_confirmed() {
  return make_error(Kind::invalid, "email_not_confirmed", "Email not confirmed");
}
inline Error refresh_token_not_found() {
  return make_error(Kind::invalid, "refresh_token_not_found",
                    "Invalid Refresh Token: Refresh Token Not Found");
}
inline Error refresh_token_already_used() {
  return make_error(Kind::invalid, "refresh_token_already_used",
                    "Invalid Refresh Token: Already Used");
}
inline Error session_expired() {
  return make_error(Kind::invalid, "session_expired", "Invalid Refresh Token: Session Expired");
}
inline Error session_not_found() {
  return make_error(Kind::forbidden, "session_not_found",
                    "Session from session_id claim in JWT does not exist");
}
inline Error user_not_found() {
  return make_error(Kind::forbidden, "user_not_found", "User from sub claim in JWT does not exist");
}
inline Error bad_jwt(const std::string& why) {
  return make_error(Kind::forbidden, "bad_jwt",
                    "invalid JWT: unable to parse or verify signature, " + why);
}
inline Error no_authorization() {
  return make_error(Kind::unauthenticated, "no_authorization",
                    "This endpoint requires a valid Bearer token");
}
inline Error validation_failed(std::string message) {
  return make_error(Kind::invalid, "validation_failed", std::move(message));
}
inline Error same_password() {
  return make_error(Kind::unprocessable, "same_password",
                    "New password should be different from the old password.");
}
inline Error current_password_required() {
  return make_error(Kind::invalid, "current_password_required",
                    "Current password required when setting new password.");
}
inline Error current_password_invalid() {
  return make_error(Kind::invalid, "current_password_invalid",
                    "Current password provided is incorrect.");
}
inline Error feature_disabled(std::string message) {
  return make_error(Kind::not_found, "feature_disabled", std::move(message));
}
// `hint` names the broken rule: "length" or "characters".
inline Error weak_password(std::string message, std::string reason) {
  return Error{Kind::unprocessable, "weak_password", std::move(message), {}, std::move(reason)};
}
// `details` is the number of seconds to wait: the door sends it as Retry-After.
inline Error too_many_requests(std::chrono::seconds wait) {
  return Error{Kind::rate_limited,
               "over_request_rate_limit",
               "Request rate limit reached",
               std::to_string(wait.count()),
               {}};
}
inline Error unexpected() {
  return make_error(Kind::internal, "unexpected_failure",
                    "Unexpected failure, please check server logs");
}

}  // namespace flash::auth::errors
