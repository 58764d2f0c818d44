#include "base/time.h"

#include <gtest/gtest.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/result.h"

namespace flash {
namespace {

TEST(Time, rfc_3339_round_trips_and_offsets_are_taken_off) {
  const auto at = parse_rfc3339("2026-11-22T10:42:07.123Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(to_rfc3339(*at), "2026-11-22T10:42:07.123Z");
  EXPECT_EQ(parse_rfc3339("2026-11-22T05:42:07.123-05:00"), at);
  EXPECT_EQ(parse_rfc3339("2026-11-22 11:12:07.123000+00:30"), at);
  EXPECT_TRUE(parse_rfc3339("2024-02-29T00:00:00Z"));
  for (const char* bad :
       {"", "2026-11-22", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-22T24:00:00Z",
        "2026-11-22T10:42:07", "2026-11-22T10:42:07.Z", "2026-11-22T10:42:07Zx"})
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

TEST(Ids, uuids_have_their_version_and_version_seven_sorts_by_time) {
  const auto at = *parse_rfc3339("2026-11-22T10:42:07.123Z");
  const std::string first = ids::uuid7(at);
  const std::string later = ids::uuid7(at + std::chrono::milliseconds(1));
  EXPECT_TRUE(ids::is_uuid(first));
  EXPECT_EQ(first[14], '7');
  EXPECT_LT(first.substr(0, 13), later.substr(0, 13));
  EXPECT_EQ(ids::uuid4()[14], '4');
  EXPECT_NE(ids::uuid4(), ids::uuid4());
  EXPECT_FALSE(ids::is_uuid("0198a1b2-0000-7000-8000-00000000000g"));
  EXPECT_FALSE(ids::is_uuid("0198a1b2000070008000000000000000"));
  EXPECT_EQ(ids::request_id().size(), 20U);
}

TEST(Log, a_line_is_json_and_a_secret_is_never_in_it) {
  EXPECT_EQ(
      log::line(log::Level::info, "signed_in",
                {{"user", "a\"b\n"}, {"tries", 3}, {"ok", true}, {"took_ms", 1.5}}),
      R"("level":"info","event":"signed_in","user":"a\"b\n","tries":3,"ok":true,"took_ms":1.500)");
  for (const char* key : {"password", "access_token", "apikey", "client_secret"})
    EXPECT_EQ(log::line(log::Level::info, "e", {{key, "hunter2"}}).find("hunter2"),
              std::string::npos)
        << key;
}

Result<int> half(int n) {
  if (n % 2 != 0) return fail(Kind::invalid, "odd", "not even");
  return n / 2;
}
Result<int> quarter(int n) {
  TRY(const int once, half(n));
  TRY(const int twice, half(once));
  return twice;
}

TEST(Result, try_hands_the_error_upwards) {
  EXPECT_EQ(quarter(12), 3);
  ASSERT_FALSE(quarter(6));
  EXPECT_EQ(quarter(6).error().code, "odd");
}

}  // namespace
}  // namespace flash
