#include "auth/throttle.h"

#include <gtest/gtest.h>

namespace flash::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Rate rate{.burst = 3, .every = milliseconds{10'000}};
const Instant start{seconds{1'800'000'000}};

TEST(Throttle, ABurstThenOneInATime) {
  Throttle throttle(64);
  const auto key = throttle.key("k", "a");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(throttle.take(key, rate, start)) << i;
  EXPECT_EQ(throttle.take(key, rate, start), seconds{10});
  EXPECT_EQ(throttle.take(key, rate, start + milliseconds{9'500}), seconds{1});
  EXPECT_FALSE(throttle.take(key, rate, start + seconds{10}));
  EXPECT_TRUE(throttle.take(key, rate, start + seconds{10}));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(throttle.take(key, rate, start + seconds{1000})) << i;
}

TEST(Throttle, ARefusalCostsNothing) {
  Throttle throttle(64);
  const auto key = throttle.key("k", "a");
  for (int i = 0; i < 1000; ++i) throttle.take(key, rate, start);
  EXPECT_FALSE(throttle.take(key, rate, start + seconds{10}));
}

TEST(Throttle, WhatIsGivenBackCanBeTakenAgain) {
  Throttle throttle(64);
  const auto key = throttle.key("k", "a");
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(throttle.take(key, rate, start)) << i;
    throttle.give_back(key, rate);
  }
}

TEST(Throttle, KeysAreApart) {
  Throttle throttle(1024);
  const auto a = throttle.key("k", "a");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(throttle.take(a, rate, start));
  EXPECT_TRUE(throttle.take(a, rate, start));
  EXPECT_FALSE(throttle.take(throttle.key("k", "b"), rate, start));
  EXPECT_FALSE(throttle.take(throttle.key("j", "a"), rate, start));
  EXPECT_NE(throttle.key("k", "a"), Throttle(64).key("k", "a")) << "another process, another seed";
}

TEST(Throttle, AFloodOfNewKeysDoesNotWashOutTheBusyOne) {
  Throttle throttle(64);
  const auto busy = throttle.key("k", "busy");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(throttle.take(busy, rate, start));
  // Each of these is used once, so all are nearer to rest than the busy one.
  for (int i = 0; i < 10'000; ++i) throttle.take(throttle.key("k", std::to_string(i)), rate, start);
  EXPECT_TRUE(throttle.take(busy, rate, start));
}

TEST(Throttle, AMarkLastsUntilItsTime) {
  Throttle throttle(64);
  const auto key = throttle.key("k", "a");
  EXPECT_FALSE(throttle.remembers(key, start));
  throttle.remember(key, start + seconds{5});
  EXPECT_TRUE(throttle.remembers(key, start + seconds{4}));
  EXPECT_FALSE(throttle.remembers(key, start + seconds{5}));
}

TEST(Throttle, NetworksOfAddresses) {
  EXPECT_EQ(network_of("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(network_of("::ffff:203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("unix"), "unix");
  EXPECT_EQ(network_of(""), "");
}

}  // namespace
}  // namespace flash::auth
