#include "cluster/settings.h"

#include <gtest/gtest.h>

#include "kit/golden.h"

namespace flash::cluster {
namespace {

constexpr std::uint64_t gib = 1024ull * 1024 * 1024;
const Layout layout{"/var/lib/flash"};

TEST(ClusterSettings, OfASmallMachine) {
  kit::expect_golden("src/cluster/goldens/small.conf",
                     postgresql_conf(layout, Machine{gib / 2}, true));
}

TEST(ClusterSettings, OfALargeMachine) {
  kit::expect_golden("src/cluster/goldens/large.conf",
                     postgresql_conf(layout, Machine{256 * gib}, true));
}

TEST(ClusterSettings, OnlyAThrowawayClusterSkipsFsync) {
  EXPECT_NE(postgresql_conf(layout, Machine{gib}, true).find("\nfsync = on\n"), std::string::npos);
  EXPECT_NE(postgresql_conf(layout, Machine{gib}, false).find("\nfsync = off\n"),
            std::string::npos);
}

TEST(ClusterSettings, MapsEachAccountOnce) {
  EXPECT_EQ(pg_ident_conf("postgres", "root"),
            "# Written by flashd at every start: map, system account, database user.\n"
            "flash \"postgres\" postgres\nflash \"postgres\" authenticator\n"
            "flash \"root\" postgres\nflash \"root\" authenticator\n");
}

TEST(ClusterSettings, ThisMachineHasMemory) { EXPECT_GT(this_machine().memory_bytes, gib / 8); }

}  // namespace
}  // namespace flash::cluster
