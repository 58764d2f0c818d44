// The system account that PostgreSQL runs under: it refuses to run as root.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace flash::cluster {

struct Account {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;  // set when root becomes this account
};

// Who runs the PostgreSQL whose files are (or will be) in `files`. As an ordinary user: that user.
// As root: the owner of `files` if they exist, else the account `flash`, else `postgres`.
// Errors: cluster_account, when there is no such account or the files belong to somebody else.
Result<Account> choose_account(const std::filesystem::path& files);

// Every directory from the root down to `directory` must let the account pass.
// Errors: cluster_account names the first one that does not.
Result<void> check_passable(const Account& account, const std::filesystem::path& directory);

// In a child between fork and exec: root becomes the account for good; others stay who they are.
// Async-signal-safe. False: refused by the system.
bool become(const Account& account);

}  // namespace flash::cluster
