// What a new password must be.
#pragma once
#include <string_view>

#include "base/result.h"

namespace flash::auth {

// 10 to 1024 bytes of UTF-8, not the person's own address, not a handful of characters over and
// over. Error: unprocessable "weak_password".
Result<void> check_new_password(std::string_view password, std::string_view email);

}  // namespace flash::auth
