// The data layer without its door, for tests: a request of PostgREST's dialect, planned, rendered,
// run on a real PostgreSQL, and answered; beside it the same question in SQL by hand.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/queries.gen.h"
#include "db/blocking.h"
#include "json/read.h"
#include "kit/database.h"
#include "kit/golden.h"
#include "render/render.h"
#include "rest/errors.h"
#include "rest/query.h"
#include "rest/respond.h"
#include "rest/to_plan.h"
#include "sql/array.h"

namespace flash::rest_rig {

using http::Method;

inline const std::vector<std::string> schemas{"public"};
// Few rows, so that the limit is met by a few; the rest as the conformance run sets it.
inline const rest::Dialect dialect{
    .schemas = schemas, .rows_max = 3, .aggregates = true, .plans = true, .chooses_end = true};

// What the tests cannot do without: they stop here, with the reason, when it fails.
template <class T>
T need(Result<T> made) {
  EXPECT_TRUE(made) << (made ? "" : made.error().message);
  CHECK(made.has_value());
  if constexpr (!std::is_void_v<T>) return *std::move(made);
}

class Shop {
 public:
  // `more`: a script that runs after those of the shop.
  explicit Shop(const std::string& more = {}) : database_(kit::Database::Content::empty) {
    connection_.emplace(need(db::Blocking::connect(database_.superuser())));
    for (const char* file : {"tests/fixtures/catalog/shop.sql", "tests/fixtures/catalog/more.sql"})
      need(connection_->script(kit::source_file(file)));
    if (!more.empty()) need(connection_->script(more));
    const db::Rows document = need(connection_->run(
        sql::statement(catalog::queries::snapshot,
                       {sql::array_literal({"public"}), sql::array_literal({"public"})})));
    catalog_ = need(catalog::parse(document.text(0, 0)));
  }

  [[nodiscard]] const catalog::Catalog& catalog() const { return *catalog_; }

  Result<db::Rows> run(const sql::Statement& statement) { return connection_->run(statement); }

  std::string one(const sql::Statement& statement) {
    auto rows = run(statement);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? std::string(rows->text(0, 0)) : std::string{};
  }

  // What may be read only runs so, as behind the door; for a transaction with one request.
  bool holds_promises = false;

  http::Response ask(http::Request request, const rest::Dialect& spoken = dialect) {
    auto made = answer(std::move(request), spoken);
    return made ? *std::move(made) : rest::errors::to_response(std::move(made).error(), false);
  }

 private:
  static http::Body lines_of(const db::Rows& rows) {
    std::string out;
    for (std::size_t i = 0; i < rows.size(); ++i) out += text::cat(rows.text(i, 0), "\n");
    return {std::move(out)};
  }

  Result<http::Response> answer(http::Request request, const rest::Dialect& spoken) {
    TRY(rest::Request asked, rest::parse(std::move(request), "/rest/v1", spoken));
    if (asked.method == Method::options) {
      TRY(const std::string allowed, rest::allowed_methods(*catalog_, asked));
      return rest::respond_options(allowed);
    }
    TRY(const plan::Plan plan, rest::to_plan(*catalog_, asked, spoken));
    if (holds_promises && rest::is_read_only(asked, plan))
      TRY_DONE(run(sql::statement("set transaction read only")));
    if (!asked.prefer.timezone.empty())
      TRY_DONE(run(sql::statement("select set_config('timezone', $1, true)",
                                  {rest::timezone_setting(asked.prefer.timezone)})));
    const render::Statements statements = render::render(plan);
    auto rows = run(statements.main);
    if (!rows) {
      const auto many = render::exceeding_rows(rows.error().code, rows.error().message);
      if (!many) return std::unexpected(rows.error());
      const bool strict = asked.prefer.max_affected && *many > *asked.prefer.max_affected;
      return fail(strict ? rest::errors::max_affected(*many) : rest::errors::not_single(*many));
    }
    if (plan.explain) return rest::respond(asked, plan, {.body = lines_of(*rows)});
    const auto number = [&](render::Column column) {
      return text::parse_int<std::uint64_t>(rows->text(0, column));
    };
    rest::Outcome outcome{.total = number(render::total),
                          .page = number(render::page).value_or(0),
                          .body = http::Body(rows->keeper(), rows->text(0, render::body)),
                          .headers = rows->text(0, render::headers),
                          .status = rows->text(0, render::status),
                          .inserted = number(render::inserted),
                          .location = rows->text(0, render::location),
                          .explain = {}};
    db::Rows explain;
    if (statements.explain) {
      TRY(explain, run(*statements.explain));
      outcome.explain = explain.text(0, 0);
    }
    return rest::respond(asked, plan, std::move(outcome));
  }

  kit::Database database_;
  std::optional<db::Blocking> connection_;
  catalog::Snapshot catalog_;
};

inline Shop& shop() {
  static Shop made;
  return made;
}

inline http::Request get(std::string target) {
  http::Request out;
  out.target = "/rest/v1" + std::move(target);
  return out;
}

inline http::Request send(Method method, std::string target, std::string body,
                          std::string_view prefer = "return=representation") {
  http::Request out = get(std::move(target));
  out.method = method;
  out.body = std::move(body);
  out.headers.add("Content-Type", "application/json");
  out.headers.add("Prefer", prefer);
  return out;
}

inline json::Value as_json(std::string_view text) {
  auto parsed = json::parse(text, {.bytes_max = std::size_t{16} << 20U, .depth_max = 64});
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : json::Value{};
}

// Keys of an answer come in the order of its query and of an expectation in their own.
inline void expect_same_json(std::string_view actual, std::string_view expected) {
  EXPECT_TRUE(as_json(actual) == as_json(expected))
      << "actual:   " << actual << "\nexpected: " << expected;
}

inline void expect_error(std::string_view actual, std::string_view code_and_message) {
  const json::Value body = as_json(actual);
  ASSERT_TRUE(body.is_object()) << actual;
  const json::Object& error = body.get_object();
  EXPECT_EQ(text::cat(json::text_or(error, "code"), " ", json::text_or(error, "message")),
            code_and_message);
  EXPECT_TRUE(error.contains("details") && error.contains("hint")) << actual;
}

inline void expect_body(std::string_view actual, std::string_view expected) {
  constexpr std::string_view error = "error ", value = "sql json ", rows = "sql ";
  constexpr std::string_view text = "text ", part = "holds ";
  if (expected.empty()) {
    EXPECT_EQ(actual, "");
  } else if (expected.starts_with(text)) {
    EXPECT_EQ(actual, expected.substr(text.size()));
  } else if (expected.starts_with(part)) {
    EXPECT_TRUE(actual.contains(expected.substr(part.size()))) << actual;
  } else if (expected.starts_with(error)) {
    expect_error(actual, expected.substr(error.size()));
  } else if (expected.starts_with(value)) {
    expect_same_json(actual,
                     shop().one({sql::Text(std::string(expected.substr(value.size()))), {}}));
  } else if (expected.starts_with(rows)) {
    expect_same_json(
        actual, shop().one({sql::Text(text::cat("select coalesce(json_agg(r), '[]')::text from (",
                                                expected.substr(rows.size()), ") r")),
                            {}}));
  } else {
    expect_same_json(actual, expected);
  }
}

}  // namespace flash::rest_rig
