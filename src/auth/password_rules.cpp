#include "auth/password_rules.h"

#include <set>

#include "auth/errors.h"
#include "base/text.h"
#include "crypto/password.h"

namespace flash::auth {
namespace {

constexpr std::size_t characters_min = 10;
constexpr std::size_t different_min = 5;

}  // namespace

Result<void> check_new_password(std::string_view password, std::string_view email) {
  if (password.size() > crypto::password_bytes_max)
    return fail(errors::weak_password("Password cannot be longer than 1024 bytes.", "length"));
  if (!text::is_clean_utf8(password))
    return fail(errors::weak_password("Password must be text.", "characters"));
  if (text::length_utf8(password) < characters_min)
    return fail(errors::weak_password("Password should be at least 10 characters.", "length"));
  const std::set<char> different(password.begin(), password.end());
  if (different.size() < different_min)
    return fail(errors::weak_password("Password should have at least 5 different characters.",
                                      "characters"));
  const std::string_view name = email.substr(0, email.find('@'));
  if (!email.empty() &&
      (text::equal_ignoring_case(password, email) || text::equal_ignoring_case(password, name)))
    return fail(errors::weak_password("Password should not be the e-mail address.", "characters"));
  return {};
}

}  // namespace flash::auth
