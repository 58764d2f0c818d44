#include "cluster/layout.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace flash::cluster {
namespace {

// What the socket adds to the name of the directory.
constexpr std::size_t tail_bytes = std::string_view("/run/.s.PGSQL.5432").size();

TEST(Layout, AcceptsTheLongestPathThatASocketMayHave) {
  const std::string longest = "/" + std::string(107 - tail_bytes - 1, 'd');
  auto layout = layout_of(longest);
  ASSERT_TRUE(layout) << layout.error().message;
  EXPECT_EQ(layout->data, longest);
}

TEST(Layout, RefusesOneByteMore) {
  auto layout = layout_of("/" + std::string(107 - tail_bytes, 'd'));
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, "cluster_path");
  EXPECT_NE(layout.error().message.find("108 bytes, and Unix allows 107"), std::string::npos)
      << layout.error().message;
}

TEST(Layout, RefusesNamesThatWouldEscapeTheirQuotes) {
  for (const char* name : {"", "/srv/o'neill", "/srv/a\"b", "/srv/a\\b", "/srv/a\nb"}) {
    SCOPED_TRACE(name);
    auto layout = layout_of(name);
    ASSERT_FALSE(layout);
    EXPECT_EQ(layout.error().code, "cluster_path");
  }
}

TEST(Layout, MakesPathsAbsoluteAndPlain) {
  EXPECT_EQ(layout_of("/srv/./flash/")->data, "/srv/flash");
  EXPECT_EQ(layout_of("data")->data, std::filesystem::current_path() / "data");
}

struct Programs : testing::Test {
  std::filesystem::path root =
      std::filesystem::temp_directory_path() / ("flash_programs_" + std::to_string(getpid()));
  std::filesystem::path pg = root / "pg";

  Programs() { std::filesystem::create_directories(pg); }
  ~Programs() override { std::filesystem::remove_all(root); }
  void install(int major) {
    const auto bin = root / "lib" / std::to_string(major) / "bin";
    std::filesystem::create_directories(bin);
    std::ofstream(bin / "initdb") << "";
  }
};

TEST_F(Programs, TakesTheNewestForANewCluster) {
  for (int major : {9, 14, 15, 17}) install(major);
  EXPECT_EQ(*find_programs(root / "lib", pg), root / "lib/17/bin");
}

TEST_F(Programs, TakesTheVersionThatMadeAnExistingCluster) {
  for (int major : {15, 17}) install(major);
  std::ofstream(pg / "PG_VERSION") << "15\n";
  EXPECT_EQ(*find_programs(root / "lib", pg), root / "lib/15/bin");
}

TEST_F(Programs, SaysWhatToInstall) {
  install(14);
  auto missing = find_programs(root / "lib", pg);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("PostgreSQL 15 or newer"), std::string::npos);
  std::ofstream(pg / "PG_VERSION") << "16\n";
  missing = find_programs(root / "lib", pg);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("apt-get install postgresql-16"), std::string::npos);
}

}  // namespace
}  // namespace flash::cluster
