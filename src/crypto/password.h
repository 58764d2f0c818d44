// Passwords as slow hashes: argon2id for ours (RFC 9106), argon2i and bcrypt for imported ones.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace flash::crypto {

// The first choice of the OWASP password storage page: 19 MiB, two passes, one lane; about 25 ms.
struct PasswordCost {
  std::uint32_t memory_kib = 19 * 1024;
  std::uint32_t passes = 2;
};

inline constexpr std::size_t password_bytes_max = 1024;

// $argon2id$v=19$m=19456,t=2,p=1$salt$hash. Blocking: call it through loop::offload.
// The password has at most password_bytes_max bytes.
std::string hash_password(std::string_view password, PasswordCost cost = {});

struct PasswordCheck {
  bool matches = false;
  bool rehash = false;  // it matches, but hash_password would make a stronger hash today
};

// Blocking. `hash` is argon2id or argon2i in PHC form, or bcrypt ($2a$, $2b$, $2y$). A hash of
// another kind, or one that asks for more than 256 MiB, 16 passes, 16 lanes or bcrypt cost 14,
// matches nothing.
PasswordCheck check_password(std::string_view password, const std::string& hash,
                             PasswordCost cost = {});

}  // namespace flash::crypto
