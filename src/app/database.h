// The database under the server: the private PostgreSQL or the one that was named, brought to this
// version.
#pragma once
#include <optional>
#include <string>

#include "base/result.h"
#include "cluster/cluster.h"
#include "config/settings.h"
#include "db/blocking.h"

namespace flash::app {

struct Database {
  std::optional<cluster::Cluster> cluster;  // none: somebody else's PostgreSQL
  std::string owner;                        // conninfo of the role that migrates and replicates
  std::string callers;                      // conninfo of the role that serves requests
};

// Starts the private PostgreSQL when no URL is set. Errors: those of cluster::Cluster::start.
Result<Database> open_database(const config::Settings& settings);
// The owner's connection for a command: through the PostgreSQL of a running flashd on this data
// directory, or of its own for as long as `database` lives.
Result<db::Blocking> open_owner(const config::Settings& settings, Database& database);
// Brings it to this version with the SQL inside this program; logs what it did.
Result<void> migrate_database(db::Blocking& owner);
// Loads the demo into a database that has no people yet, gives every demo person a password of
// their own, and writes the sign-ins to <data>/demo-sign-ins.json (mode 0600). Nothing when it is
// loaded already.
Result<void> load_demo(db::Blocking& owner, const config::Settings& settings);

}  // namespace flash::app
