// One flashd a data directory: a lock that the kernel frees when its holder dies.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "cluster/process.h"

namespace flash::cluster {

// Holds the lock for as long as the Fd lives; the file tells the holder's process number.
// Errors: cluster_in_use names the process that holds it; cluster_path when it cannot be made.
Result<Fd> lock_directory(const std::filesystem::path& lock_file);

}  // namespace flash::cluster
