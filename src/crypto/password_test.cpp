#include "crypto/password.h"

#include <gtest/gtest.h>

namespace flash::crypto {
namespace {

constexpr PasswordCost cheap{.memory_kib = 64, .passes = 1};

TEST(Password, RoundTrip) {
  const std::string hash = hash_password("correct horse", cheap);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << hash;
  EXPECT_TRUE(check_password("correct horse", hash, cheap).matches);
  EXPECT_FALSE(check_password("correct hors", hash, cheap).matches);
  EXPECT_FALSE(check_password("", hash, cheap).matches);
  EXPECT_NE(hash, hash_password("correct horse", cheap)) << "a salt a hash";
}

TEST(Password, TheDefaultCostIsTheOneInTheDecision) {
  EXPECT_TRUE(hash_password("x").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

struct Known {
  const char* name;
  const char* password;
  const char* hash;
};

TEST(Password, PublishedHashesMatch) {
  const Known cases[] = {
      {"argon2id of the reference tests", "password",
       "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"},
      {"argon2i of the reference tests", "password",
       "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"},
      {"bcrypt of crypt_blowfish", "U*U",
       "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
  };
  for (const Known& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_TRUE(check_password(c.password, c.hash).matches);
    EXPECT_FALSE(check_password("passwore", c.hash).matches);
  }
  EXPECT_FALSE(check_password(cases[0].password, cases[0].hash, cheap).rehash);
  EXPECT_TRUE(check_password(cases[1].password, cases[1].hash, cheap).rehash)
      << "argon2i is weaker";
  EXPECT_TRUE(check_password(cases[2].password, cases[2].hash).rehash) << "bcrypt is weaker";
}

TEST(Password, AWeakerCostAsksForARehash) {
  const std::string hash = hash_password("x", cheap);
  EXPECT_FALSE(check_password("x", hash, cheap).rehash);
  EXPECT_TRUE(check_password("x", hash, {.memory_kib = 128, .passes = 1}).rehash);
  EXPECT_FALSE(check_password("y", hash, {.memory_kib = 128, .passes = 1}).rehash);
}

// An imported row must not be able to stop the machine.
TEST(Password, HashesThatCostTooMuchMatchNothing) {
  for (const char* hash :
       {"$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1000000,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"})
    EXPECT_FALSE(check_password("password", hash).matches) << hash;
}

TEST(Password, OtherTextMatchesNothing) {
  for (const char* hash :
       {"", "x", "$1$abc$def", "plain", "$argon2id$", "$argon2d$v=19$m=64,t=1,p=1$a$b", "$2b$",
        "$5$rounds=1$x$y", "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"})
    for (const char* password : {"", "plain", "password"})
      EXPECT_FALSE(check_password(password, hash).matches) << hash;
}

TEST(Password, NothingIsCutOffUnseen) {
  using std::string_literals::operator""s;
  // bcrypt sees 72 bytes and stops at a zero byte: longer or broken passwords match nothing.
  const std::string hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  EXPECT_FALSE(check_password("U*U\0more"s, hash).matches);
  EXPECT_FALSE(check_password(std::string(73, 'a'), hash).matches);
  const std::string longest(password_bytes_max, 'a');
  EXPECT_TRUE(check_password(longest, hash_password(longest, cheap), cheap).matches);
  EXPECT_FALSE(check_password(longest + "a", hash_password(longest, cheap), cheap).matches);
}

}  // namespace
}  // namespace flash::crypto
