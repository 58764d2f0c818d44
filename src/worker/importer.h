// The jobs behind an import: reads the file of a person, checks every row, writes, takes back.
#pragma once
#include <vector>

#include "db/pool.h"
#include "jobs/attempt.h"

namespace flash::worker {

// import_check, import_run and import_undo (database/programs/10_public/imports.sql). However large
// the file is, one piece of it and some hundred rows are held.
std::vector<jobs::JobKind> import_jobs(db::Pool& pool);

}  // namespace flash::worker
