// The configuration files of the private PostgreSQL, as text computed from the machine.
#pragma once
#include <cstdint>
#include <string>

#include "cluster/layout.h"

namespace flash::cluster {

struct Machine {
  std::uint64_t memory_bytes = 0;  // of the machine, or of the container's limit if that is less
};

Machine this_machine();

// `durable` false: no fsync, for clusters that are thrown away.
std::string postgresql_conf(const Layout& layout, const Machine& machine, bool durable);

// Who may connect: only over the socket, only as who the kernel says they are.
std::string pg_hba_conf();
// root, the account that runs PostgreSQL, and the account of this process may be any of our users.
std::string pg_ident_conf(const std::string& postgres_account, const std::string& own_account);

}  // namespace flash::cluster
