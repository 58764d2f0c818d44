// What must be true before PostgreSQL may start in a directory.
#pragma once
#include <chrono>
#include <cstdint>

#include "base/result.h"
#include "cluster/account.h"
#include "cluster/layout.h"

namespace flash::cluster {

// Makes the directories that flashd itself writes to. Errors: cluster_path.
Result<void> make_data_directory(const Layout& layout);
// Makes the directories that PostgreSQL writes to, and gives them to its account, mode 0700.
Result<void> make_postgres_directories(const Layout& layout, const Account& account);
// Errors: cluster_disk, when fewer than `free_bytes_min` are free below the data directory.
Result<void> check_free_space(const Layout& layout, std::uintmax_t free_bytes_min);
// Ends every PostgreSQL process that works in the directory, politely first, and removes the marks
// that a killed one left (a reused process number would make them look alive). Call under the lock.
Result<void> end_orphans(const Layout& layout, std::chrono::milliseconds stop_max);
// initdb beside the final place and one rename: half of it is never mistaken for a cluster.
Result<void> create_if_missing(const Layout& layout, const Account& account,
                               const std::filesystem::path& programs, bool durable);
Result<void> write_configuration(const Layout& layout, const Account& account, bool durable);

}  // namespace flash::cluster
