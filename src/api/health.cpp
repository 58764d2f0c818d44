#include "api/health.h"

#include "api/pages.h"

namespace flash::api {

http::Response livez(Context&, const http::Request&) {
  return http::Response{200, {{"Content-Type", "text/plain"}}, std::string("ok\n")};
}

Answer readyz(Context& context, http::Request) {
  // Doors open only after migration, so an answer of the database is all that is left to ask.
  auto rows = co_await context.pool.run(db::Work{{context.foreign == nullptr ? "anon" : "none", {}},
                                                 {sql::statement("select 1")},
                                                 db::End::commit});
  if (!rows) {
    co_return http::json_response(503,
                                  R"({"ready":false,"reason":"the database does not answer"})");
  }
  co_return http::json_response(200, R"({"ready":true})");
}

http::Response metrics(Context& context, const http::Request&) {
  return http::Response{200,
                        {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                        context.expose_metrics()};
}

http::Response page(Context& context, const http::Request& request) {
  return context.pages.answer(request);
}

}  // namespace flash::api
