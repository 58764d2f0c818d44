// Inside of render: the statement that makes rows, as the body of a CTE.
#pragma once
#include "plan/call.h"
#include "plan/write.h"
#include "sql/fragment.h"

namespace flash::render {

// insert | update | delete ... returning what the answer needs, and no more: the caller may not be
// allowed to read the rest.
sql::Fragment change(const plan::Write& write, bool with_rows);

// select ... from function(...); a scalar is one column named "value".
sql::Fragment invocation(const plan::Call& call);

}  // namespace flash::render
