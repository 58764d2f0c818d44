// From a parsed request and the catalog to a plan.
#pragma once
#include "catalog/catalog.h"
#include "plan/plan.h"
#include "rest/query.h"

namespace flash::rest {

// Takes what it needs out of the request: query and body are spent after it.
Result<plan::Plan> to_plan(const catalog::Catalog& catalog, Request& request,
                           const Dialect& dialect);

// True when the transaction may be read only: GET and HEAD, and functions that promise not to
// write.
bool is_read_only(const Request& request, const plan::Plan& plan);

// The Allow header of OPTIONS.
Result<std::string> allowed_methods(const catalog::Catalog& catalog, const Request& request);

}  // namespace flash::rest
