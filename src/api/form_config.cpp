// /api/config: what the public form asks, for everybody; kept for a minute.
#include <chrono>
#include <string>

#include "api/doors.h"
#include "api/errors.h"
#include "api/queries.gen.h"
#include "auth/service.h"
#include "base/bytes.h"
#include "base/text.h"
#include "crypto/hash.h"

namespace flash::api {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::seconds fresh{60};

struct Kept {
  std::string body, etag;
  steady_clock::time_point at;
};

// One for each core, so that no request waits for another core's.
Kept& kept() {
  thread_local Kept one;
  return one;
}

loop::Task<Result<void>> refresh(Context& context) {
  db::Work work;
  work.identity.role = "flash_intake";
  work.statements.push_back(sql::statement(
      queries::form_config, {context.settings.seller_name, context.auth.keys().publishable}));
  const auto rows = co_await context.pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  Kept& one = kept();
  one.body = rows->back().text(0, 0);
  one.etag = text::cat("\"", bytes::to_hex(crypto::sha256(one.body)).substr(0, 24), "\"");
  one.at = steady_clock::now();
  co_return Result<void>{};
}

}  // namespace

Answer form_config(Context& context, http::Request request) {
  if (kept().body.empty() || steady_clock::now() - kept().at > fresh)
    if (const auto done = co_await refresh(context); !done && kept().body.empty())
      co_return lead_error(done.error());
  const Kept& one = kept();
  const bool same =
      request.headers.value_or("If-None-Match", "").find(one.etag) != std::string_view::npos;
  auto response = same ? http::Response{.status = 304} : http::json_response(200, one.body);
  response.headers.set("Cache-Control", "public, max-age=60");
  response.headers.set("ETag", one.etag);
  co_return response;
}

}  // namespace flash::api
