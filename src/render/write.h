// Inside of render: the statements that make rows, as CTEs.
#pragma once
#include "plan/call.h"
#include "plan/write.h"
#include "sql/fragment.h"

namespace flash::render {

// "made" as (insert | update | delete ... returning what the answer needs, and no more: the caller
// may not be allowed to read the rest), after other CTEs that it needs.
sql::Fragment made_by(const plan::Write& write, bool with_rows);

// select ... from function(...); a scalar is one column named "value".
sql::Fragment invocation(const plan::Call& call);

}  // namespace flash::render
