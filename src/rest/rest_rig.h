// The shop's catalog and requests of it, for tests of this room.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.h"
#include "http/request.h"
#include "kit/golden.h"
#include "rest/query.h"
#include "rest/to_plan.h"

namespace flash::rest {

using http::Method;

inline const catalog::Catalog& shop() {
  static const catalog::Snapshot snapshot = [] {
    auto parsed = catalog::parse(kit::source_file("tests/fixtures/catalog/shop.json"));
    return parsed ? *parsed : std::make_shared<const catalog::Catalog>();
  }();
  return *snapshot;
}

inline const std::vector<std::string> public_only{"public"};
inline const Dialect one_schema{.schemas = public_only};

inline http::Request request_of(Method method, std::string target, std::string body = {},
                                std::string_view prefer = {}) {
  http::Request out;
  out.method = method;
  out.target = "/rest/v1" + std::move(target);
  out.body = std::move(body);
  if (!prefer.empty()) out.headers.add("Prefer", prefer);
  return out;
}

inline Result<plan::Plan> plan_of(http::Request request, const Dialect& dialect = one_schema) {
  TRY(Request asked, parse(std::move(request), "/rest/v1", dialect));
  return to_plan(shop(), asked, dialect);
}

}  // namespace flash::rest
