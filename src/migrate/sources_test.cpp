#include "migrate/sources.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

namespace flash::migrate {
namespace {

TEST(Sources, SortsFilesIntoKinds) {
  const std::vector<File> files{{"programs/10_b/x.sql", "p2"},   {"migrations/0002_b.sql", "m2"},
                                {"programs/00_a/z.sql", "p1"},   {"roles.sql", "r"},
                                {"migrations/0001_a.sql", "m1"}, {"seeds/demo.sql", "no"},
                                {"queries/auth/user.sql", "no"}, {"programs/readme.md", "no"}};
  auto sources = arrange(files);
  ASSERT_TRUE(sources) << sources.error().message;
  EXPECT_EQ(sources->roles, "r");
  ASSERT_EQ(sources->migrations.size(), 2u);
  EXPECT_EQ(sources->migrations[0].name, "migrations/0001_a.sql");
  EXPECT_EQ(sources->migrations[1].text, "m2");
  ASSERT_EQ(sources->programs.size(), 2u);
  EXPECT_EQ(sources->programs[0].name, "programs/00_a/z.sql");
  // printf m1 | sha256sum
  EXPECT_EQ(sources->migrations[0].checksum,
            "ca0df2c95aa144c1d0ff2ff3c8f967fdc1de9ef0c4120b3726416701b519d619");
}

TEST(Sources, RefusesNumbersThatDoNotOrderTheFiles) {
  struct Case {
    const char* name;
    std::vector<File> files;
    const char* says;
  };
  const std::vector<Case> cases{
      {"zero", {{"migrations/0000_a.sql", ""}}, "numbers start at 0001"},
      {"doubled",
       {{"migrations/0001_a.sql", ""}, {"migrations/0001_b.sql", ""}},
       "0001_b.sql has the number of another"},
      {"no number", {{"migrations/first.sql", ""}}, "NNNN_what_it_does.sql"},
      {"three digits", {{"migrations/001_a.sql", ""}}, "NNNN_what_it_does.sql"},
      {"in a folder", {{"migrations/0001_a/b.sql", ""}}, "NNNN_what_it_does.sql"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    auto sources = arrange(c.files);
    ASSERT_FALSE(sources);
    EXPECT_EQ(sources.error().code, "migrate_sources");
    EXPECT_NE(sources.error().message.find(c.says), std::string::npos) << sources.error().message;
  }
}

TEST(Sources, FingerprintChangesWithEveryByte) {
  const std::vector<File> before{{"roles.sql", "r"}, {"programs/a.sql", "x"}};
  const std::vector<File> text{{"roles.sql", "r"}, {"programs/a.sql", "y"}};
  const std::vector<File> name{{"roles.sql", "r"}, {"programs/b.sql", "x"}};
  const std::vector<File> roles{{"roles.sql", "s"}, {"programs/a.sql", "x"}};
  const std::string first = fingerprint(*arrange(before));
  EXPECT_EQ(first, fingerprint(*arrange(before)));
  for (const auto* other : {&text, &name, &roles}) EXPECT_NE(first, fingerprint(*arrange(*other)));
}

TEST(Sources, ReadsTheTreeOfThisRepository) {
  auto sources = read_directory(std::filesystem::path(FLASH_SOURCE_DIR) / "database");
  ASSERT_TRUE(sources) << sources.error().message;
  EXPECT_FALSE(sources->roles.empty());
  ASSERT_FALSE(sources->migrations.empty());
  EXPECT_EQ(sources->migrations[0].name, "migrations/0001_schemas.sql");
}

TEST(Sources, SaysWhichDirectoryCannotBeRead) {
  auto sources = read_directory("/nonexistent/database");
  ASSERT_FALSE(sources);
  EXPECT_NE(sources.error().message.find("/nonexistent/database"), std::string::npos);
}

}  // namespace
}  // namespace flash::migrate
