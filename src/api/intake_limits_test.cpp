#include "api/intake_limits.h"

#include <gtest/gtest.h>

namespace flash::api {
namespace {

const Instant noon = *parse_rfc3339("2026-11-22T12:00:00Z");
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(IntakeLimits, TenAMinuteFromOneAddress) {
  IntakeLimits limits;
  const config::Settings settings;
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(limits.take_public(settings, "10.0.0.1", noon));
  const auto wait = limits.take_public(settings, "10.0.0.1", noon);
  ASSERT_TRUE(wait);
  EXPECT_GE(*wait, seconds(1));
  EXPECT_FALSE(limits.take_public(settings, "10.0.0.2", noon)) << "another address";
  EXPECT_FALSE(limits.take_public(settings, "10.0.0.1", noon + minutes(1)));
}

TEST(IntakeLimits, AHundredAnHourFromOneAddress) {
  IntakeLimits limits;
  const config::Settings settings;
  int taken = 0;
  for (int second = 0; second < 3600; second += 2)
    if (!limits.take_public(settings, "10.0.0.1", noon + seconds(second))) ++taken;
  EXPECT_GE(taken, 150) << "a burst of a hundred, and a hundred that rest within the hour";
  EXPECT_LE(taken, 200);
}

TEST(IntakeLimits, AnIpv6NetworkIsOneCaller) {
  IntakeLimits limits;
  const config::Settings settings;
  for (int i = 0; i < 10; ++i)
    EXPECT_FALSE(limits.take_public(settings, "2001:db8:1:2::" + std::to_string(i + 1), noon));
  EXPECT_TRUE(limits.take_public(settings, "2001:db8:1:2:ffff::1", noon));
}

TEST(IntakeLimits, SixtyAMinuteByOnePerson) {
  IntakeLimits limits;
  const config::Settings settings;
  for (int i = 0; i < 60; ++i) EXPECT_FALSE(limits.take_person(settings, "kemar", noon));
  EXPECT_TRUE(limits.take_person(settings, "kemar", noon));
  EXPECT_FALSE(limits.take_person(settings, "rochelle", noon));
}

TEST(IntakeLimits, NoneWhereTheSettingsSaySo) {
  IntakeLimits limits;
  config::Settings settings;
  settings.intake_per_minute = settings.intake_per_hour = settings.rep_intake_per_minute = 0;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(limits.take_public(settings, "10.0.0.1", noon));
    EXPECT_FALSE(limits.take_person(settings, "kemar", noon));
  }
}

}  // namespace
}  // namespace flash::api
