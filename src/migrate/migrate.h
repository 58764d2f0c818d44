// Brings a database to the version of this program: roles, pending migrations, changed programs.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "db/blocking.h"
#include "migrate/sources.h"

namespace flash::migrate {

struct Report {
  std::vector<std::string> migrations;  // applied now, in order
  std::vector<std::string> programs;    // run now, in order
};

// Safe to call from several processes at once: one works, the others wait up to a minute and then
// find nothing to do. Each migration is a transaction of its own; all programs together are one.
// One question finds that all is as it was left. The first changed program and every one after it
// run, because later ones may build on it; after a migration all of them run. `connection` belongs
// to the owner of the database. Errors: migrate_unsupported (PostgreSQL below 15, or not UTF-8),
// migrate_locked (another holds the lock), migrate_drift (an applied migration was changed,
// removed, or is not in its place), migrate_failed (names the file and the line, and keeps
// PostgreSQL's message, details and hint). The settings of the session are reset at the end.
Result<Report> migrate(db::Blocking& connection, const Sources& sources);

}  // namespace flash::migrate
