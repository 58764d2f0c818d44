// The data layer without its door: a request of PostgREST's dialect, planned, rendered, run on a
// real PostgreSQL, and answered; beside it the same question in SQL by hand.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/queries.gen.h"
#include "db/blocking.h"
#include "json/read.h"
#include "json/write.h"
#include "kit/database.h"
#include "kit/golden.h"
#include "kit/scenario.h"
#include "render/render.h"
#include "rest/errors.h"
#include "rest/query.h"
#include "rest/respond.h"
#include "rest/to_plan.h"
#include "sql/array.h"
#include "sql/lexer.h"

namespace flash {
namespace {

using http::Method;

const std::vector<std::string> schemas{"public"};
// Few rows, so that the limit is met by a few; the rest as the conformance run sets it.
const rest::Dialect dialect{
    .schemas = schemas, .rows_max = 3, .aggregates = true, .plans = true, .chooses_end = true};

class Shop {
 public:
  Shop() : database_(kit::Database::Content::empty) {
    auto connection = db::Blocking::connect(database_.superuser());
    if (!connection) throw std::runtime_error(connection.error().message);
    connection_.emplace(*std::move(connection));
    for (const char* file : {"tests/fixtures/catalog/shop.sql", "tests/fixtures/catalog/more.sql"})
      if (const auto made = connection_->script(kit::source_file(file)); !made)
        throw std::runtime_error(made.error().message);
    auto document = connection_->run(
        sql::statement(catalog::queries::snapshot,
                       {sql::array_literal({"public"}), sql::array_literal({"public"})}));
    if (!document) throw std::runtime_error(document.error().message);
    auto parsed = catalog::parse(document->text(0, 0));
    if (!parsed) throw std::runtime_error(parsed.error().message);
    catalog_ = *parsed;
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

  http::Response ask(http::Request request) {
    auto made = answer(std::move(request));
    return made ? *std::move(made) : rest::errors::to_response(std::move(made).error(), false);
  }

 private:
  static http::Body lines_of(const db::Rows& rows) {
    std::string out;
    for (std::size_t i = 0; i < rows.size(); ++i) out += text::cat(rows.text(i, 0), "\n");
    return {std::move(out)};
  }

  Result<http::Response> answer(http::Request request) {
    TRY(rest::Request asked, rest::parse(std::move(request), "/rest/v1", dialect));
    if (asked.method == Method::options) {
      TRY(const std::string allowed, rest::allowed_methods(*catalog_, asked));
      return rest::respond_options(allowed);
    }
    TRY(const plan::Plan plan, rest::to_plan(*catalog_, asked, dialect));
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

Shop& shop() {
  static Shop made;
  return made;
}

http::Request get(std::string target) {
  http::Request out;
  out.target = "/rest/v1" + std::move(target);
  return out;
}

http::Request send(Method method, std::string target, std::string body,
                   std::string_view prefer = "return=representation") {
  http::Request out = get(std::move(target));
  out.method = method;
  out.body = std::move(body);
  out.headers.add("Content-Type", "application/json");
  out.headers.add("Prefer", prefer);
  return out;
}

json::Value as_json(std::string_view text) {
  auto parsed = json::parse(text, {.bytes_max = std::size_t{16} << 20U, .depth_max = 64});
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : json::Value{};
}

// Keys of an answer come in the order of its query and of an expectation in their own.
void expect_same_json(std::string_view actual, std::string_view expected) {
  EXPECT_TRUE(as_json(actual) == as_json(expected))
      << "actual:   " << actual << "\nexpected: " << expected;
}

void expect_error(std::string_view actual, std::string_view code_and_message) {
  const json::Value body = as_json(actual);
  ASSERT_TRUE(body.is_object()) << actual;
  const json::Object& error = body.get_object();
  EXPECT_EQ(text::cat(json::text_or(error, "code"), " ", json::text_or(error, "message")),
            code_and_message);
  EXPECT_TRUE(error.contains("details") && error.contains("hint")) << actual;
}

void expect_body(std::string_view actual, std::string_view expected) {
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
    expect_same_json(actual, shop().one({std::string(expected.substr(value.size())), {}}));
  } else if (expected.starts_with(rows)) {
    expect_same_json(actual,
                     shop().one({text::cat("select coalesce(json_agg(r), '[]')::text from (",
                                           expected.substr(rows.size()), ") r"),
                                 {}}));
  } else {
    expect_same_json(actual, expected);
  }
}

class Conformance : public testing::TestWithParam<const char*> {};

TEST_P(Conformance, EveryAnswerIsTheExpectedOne) {
  const std::string file = kit::source_file(text::cat("tests/conformance/", GetParam(), ".http"));
  for (const kit::Scenario& scenario : kit::scenarios(file)) {
    SCOPED_TRACE(scenario.request.target + " " + scenario.request.body);
    ASSERT_TRUE(shop().run(sql::statement("begin")));
    shop().holds_promises = true;
    const http::Response response = shop().ask(scenario.request);
    shop().holds_promises = false;
    ASSERT_TRUE(shop().run(sql::statement("rollback")));
    EXPECT_EQ(response.status, scenario.status) << response.body.bytes();
    for (const auto& [name, value] : scenario.headers)
      EXPECT_EQ(response.headers.value_or(name, "(absent)"), value) << name;
    if (scenario.request.method != Method::head) expect_body(response.body.bytes(), scenario.body);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Conformance,
                         testing::Values("aggregates", "bodies", "calls", "columns", "computed",
                                         "embeds", "errors", "filters", "media", "order", "pages",
                                         "prefer"),
                         [](const auto& name) { return std::string(name.param); });

TEST(Pages, APlannedCountIsThePlanners) {
  http::Request request = get("/orders?select=id");
  request.headers.add("Prefer", "count=planned");
  const http::Response response = shop().ask(request);
  const std::string range(response.headers.value_or("Content-Range", ""));
  ASSERT_TRUE(range.starts_with("0-2/")) << range;
  EXPECT_TRUE(text::parse_int<int>(std::string_view(range).substr(4))) << range;
  EXPECT_EQ(response.headers.value_or("Preference-Applied", ""), "count=planned");
}

// Each test of a write undoes it, so that the others find the shop as it was made.
class Writes : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(shop().run(sql::statement("begin"))); }
  void TearDown() override { EXPECT_TRUE(shop().run(sql::statement("rollback"))); }
};

TEST_F(Writes, InsertGivesBackWhatItMade) {
  const auto response =
      shop().ask(send(Method::post, "/orders?select=id,total,status,customers(name)",
                      R"({"customer_id":3,"total":12.5})"));
  EXPECT_EQ(response.status, 201U);
  expect_same_json(response.body.bytes(),
                   R"([{"id":100,"total":12.5,"status":"open","customers":{"name":"Cy"}}])");
  EXPECT_EQ(response.headers.value_or("Content-Range", ""), "*/*");
}

TEST_F(Writes, InsertOfSeveralRowsInOneStatement) {
  const auto response = shop().ask(send(
      Method::post, "/tags?columns=%22id%22,%22label%22&select=id",
      R"([{"id":10,"label":"a"},{"label":"b","id":11}])", "return=representation, count=exact"));
  EXPECT_EQ(response.status, 201U);
  expect_same_json(response.body.bytes(), R"([{"id":10},{"id":11}])");
  EXPECT_EQ(response.headers.value_or("Content-Range", ""), "*/2");
}

TEST_F(Writes, InsertWithoutRepresentationHasNoBody) {
  const auto minimal = shop().ask(send(Method::post, "/tags", R"({"id":10,"label":"a"})", ""));
  EXPECT_EQ(minimal.status, 201U);
  EXPECT_EQ(minimal.body.bytes(), "");
  const auto located = shop().ask(send(
      Method::post, "/lines", R"({"order_id":3,"line":1,"product":"a b"})", "return=headers-only"));
  EXPECT_EQ(located.status, 201U);
  EXPECT_EQ(located.headers.value_or("Location", ""), "/lines?order_id=eq.3&line=eq.1");
  EXPECT_EQ(located.headers.value_or("Preference-Applied", ""), "return=headers-only");
}

TEST_F(Writes, InsertOfNothing) {
  const auto none = shop().ask(send(Method::post, "/tags", "[]"));
  EXPECT_EQ(none.status, 201U);
  expect_same_json(none.body.bytes(), "[]");
}

TEST_F(Writes, AnAbsentColumnIsNullUnlessItsDefaultIsAskedFor) {
  const char* body = R"([{"customer_id":3}])";
  const auto as_null =
      shop().ask(send(Method::post, "/orders?columns=customer_id,note,total", body));
  EXPECT_EQ(as_null.status, 400U);  // total may not be null
  EXPECT_TRUE(as_null.body.bytes().contains("23502")) << as_null.body.bytes();
  ASSERT_TRUE(shop().run(sql::statement("rollback")));
  ASSERT_TRUE(shop().run(sql::statement("begin")));
  const auto as_default =
      shop().ask(send(Method::post, "/orders?columns=customer_id,note,total&select=total", body,
                      "return=representation, missing=default"));
  EXPECT_EQ(as_default.status, 201U) << as_default.body.bytes();
  expect_same_json(as_default.body.bytes(), R"([{"total":0.00}])");
}

TEST_F(Writes, UpsertMergesAndTellsWhetherItInserted) {
  const auto merged = shop().ask(send(Method::post, "/tags", R"([{"id":1,"label":"now"}])",
                                      "resolution=merge-duplicates, return=representation"));
  EXPECT_EQ(merged.status, 200U) << merged.body.bytes();
  expect_same_json(merged.body.bytes(), R"([{"id":1,"label":"now"}])");
  EXPECT_EQ(merged.headers.value_or("Preference-Applied", ""),
            "resolution=merge-duplicates, return=representation");
}

TEST_F(Writes, UpsertOfSomethingNewIsCreated) {
  const auto mixed =
      shop().ask(send(Method::post, "/tags", R"([{"id":1,"label":"now"},{"id":50,"label":"new"}])",
                      "resolution=merge-duplicates, return=representation"));
  EXPECT_EQ(mixed.status, 201U) << mixed.body.bytes();
  const auto by_key = shop().ask(send(Method::post, "/customers?on_conflict=email&select=id,name",
                                      R"({"id":1,"email":"ada@example.test","name":"Ada L"})",
                                      "resolution=merge-duplicates, return=representation"));
  expect_same_json(by_key.body.bytes(), R"([{"id":1,"name":"Ada L"}])");
}

TEST_F(Writes, UpsertThatIgnoresLeavesTheRow) {
  const auto ignored = shop().ask(send(Method::post, "/tags", R"([{"id":1,"label":"now"}])",
                                       "resolution=ignore-duplicates, return=representation"));
  EXPECT_EQ(ignored.status, 201U);
  expect_same_json(ignored.body.bytes(), "[]");
  EXPECT_EQ(shop().one({"select label from tags where id = 1", {}}), "urgent");
}

TEST_F(Writes, UpdateChangesWhatTheFilterChose) {
  const auto response = shop().ask(
      send(Method::patch,
           "/orders?customer_id=eq.1&select=id,note,lines(product)&order=id&lines.order=line",
           R"({"note":"changed"})"));
  EXPECT_EQ(response.status, 200U) << response.body.bytes();
  expect_same_json(response.body.bytes(),
                   R"([{"id":1,"note":"changed","lines":[{"product":"chair"}]},
    {"id":2,"note":"changed","lines":[{"product":"table"},{"product":"lamp"}]}])");
  EXPECT_EQ(response.headers.value_or("Content-Range", ""), "0-1/*");
  EXPECT_EQ(shop().one({"select count(*) from orders where note = 'changed'", {}}), "2");
}

TEST_F(Writes, UpdateOfNothing) {
  const auto no_row = shop().ask(send(Method::patch, "/orders?id=eq.77", R"({"note":"x"})"));
  EXPECT_EQ(no_row.status, 200U);
  expect_same_json(no_row.body.bytes(), "[]");
  const auto no_column = shop().ask(send(Method::patch, "/orders?id=eq.1", "{}", ""));
  EXPECT_EQ(no_column.status, 204U);
  EXPECT_EQ(no_column.headers.value_or("Content-Range", ""), "*/*");
}

TEST_F(Writes, ASingleObjectOfAnUpdate) {
  http::Request one = send(Method::patch, "/orders?id=eq.1&select=id", R"({"note":"x"})");
  one.headers.add("Accept", "application/vnd.pgrst.object+json");
  const auto response = shop().ask(one);
  EXPECT_EQ(response.status, 200U);
  expect_same_json(response.body.bytes(), R"({"id":1})");
}

TEST_F(Writes, MoreThanTheOneObjectIsUndone) {
  http::Request many = send(Method::patch, "/orders?customer_id=eq.1", R"({"note":"x"})");
  many.headers.add("Accept", "application/vnd.pgrst.object+json");
  ASSERT_TRUE(shop().run(sql::statement("savepoint before")));
  const auto response = shop().ask(many);
  EXPECT_EQ(response.status, 406U);
  EXPECT_TRUE(response.body.bytes().contains("The result contains 2 rows"))
      << response.body.bytes();
  ASSERT_TRUE(
      shop().run(sql::statement("rollback to before")));  // fails unless the statement failed too
  EXPECT_EQ(shop().one({"select count(*) from orders where note = 'x'", {}}), "0");
}

TEST_F(Writes, MaxAffectedIsALimitUnderStrictHandlingOnly) {
  const auto lenient = shop().ask(
      send(Method::patch, "/orders?customer_id=eq.1", R"({"note":"x"})", "max-affected=1"));
  EXPECT_EQ(lenient.status, 204U);
  const auto at_limit =
      shop().ask(send(Method::del, "/lines?order_id=eq.2", "", "handling=strict, max-affected=2"));
  EXPECT_EQ(at_limit.status, 204U) << at_limit.body.bytes();
  const auto over = shop().ask(send(Method::patch, "/orders?customer_id=eq.1", R"({"note":"x"})",
                                    "handling=strict, max-affected=1"));
  EXPECT_EQ(over.status, 400U);
  EXPECT_TRUE(over.body.bytes().contains("PGRST124")) << over.body.bytes();
}

TEST_F(Writes, DeleteGivesBackWhatItTook) {
  const auto response =
      shop().ask(send(Method::del, "/lines?order_id=eq.2&select=product&order=line", ""));
  EXPECT_EQ(response.status, 200U);
  expect_same_json(response.body.bytes(), R"([{"product":"table"},{"product":"lamp"}])");
  EXPECT_EQ(shop().one({"select count(*) from lines", {}}), "2");
}

TEST_F(Writes, PutReplacesOneRowByItsKey) {
  const auto made =
      shop().ask(send(Method::put, "/tags?id=eq.60", R"({"id":60,"label":"made"})", ""));
  EXPECT_EQ(made.status, 201U) << made.body.bytes();
  const auto changed =
      shop().ask(send(Method::put, "/tags?id=eq.1", R"({"id":1,"label":"changed"})"));
  EXPECT_EQ(changed.status, 200U);
  expect_same_json(changed.body.bytes(), R"([{"id":1,"label":"changed"}])");
}

TEST_F(Writes, AFunctionMayWrite) {
  const auto response =
      shop().ask(send(Method::post, "/rpc/pay?select=id,status", R"({"p_id":2})", ""));
  EXPECT_EQ(response.status, 200U);
  expect_same_json(response.body.bytes(), R"({"id":2,"status":"paid"})");
}

// The same condition twice: in the dialect and in SQL by hand.
struct Twins {
  std::string asked, sql;
};

class Conditions {
 public:
  explicit Conditions(unsigned seed) : random_(seed) {}

  Twins make(unsigned depth) {
    const bool negated = roll(4) == 0;
    Twins out = depth > 0 && roll(2) == 0 ? group(depth) : comparison(negated);
    if (negated) out.sql = text::cat("not (", out.sql, ")");
    if (negated && out.asked.ends_with(')') &&
        (out.asked.starts_with("and(") || out.asked.starts_with("or(")))
      out.asked = "not." + out.asked;
    return out;
  }

 private:
  unsigned roll(unsigned below) { return static_cast<unsigned>(random_() % below); }
  std::string pick(const std::vector<std::string>& of) {
    return of[roll(static_cast<unsigned>(of.size()))];
  }

  Twins comparison(bool negated) {
    const std::string no = negated ? "not." : "";
    switch (roll(5)) {
      case 0: {
        const std::string column = pick({"status", "note"});
        const std::string value = pick({"open", "paid", "a blue table", "nothing"});
        return {text::cat(column, ".", no, "in.(\"", value, "\",sent)"),
                text::cat(column, " in ('", value, "', 'sent')")};
      }
      case 1: {
        const std::string column = pick({"note", "total", "billing_address_id"});
        const bool null = roll(2) == 0;
        return {text::cat(column, ".", no, "is.", null ? "null" : "not_null"),
                text::cat(column, " is ", null ? "null" : "not null")};
      }
      case 2: {
        const std::string word = pick({"chair", "TABLE", "b"});
        return {text::cat("note.", no, "ilike.*", word, "*"),
                text::cat("note ilike '%", word, "%'")};
      }
      case 3: {
        const std::string value = std::to_string(roll(4));
        return {text::cat("billing_address_id.", no, "isdistinct.", value),
                text::cat("billing_address_id is distinct from ", value)};
      }
      default: break;
    }
    static const std::vector<std::array<std::string, 2>> operators{
        {"eq", "="}, {"neq", "<>"}, {"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}};
    const auto& [word, sign] = operators[roll(static_cast<unsigned>(operators.size()))];
    const std::string column = pick({"id", "total", "customer_id", "billing_address_id"});
    const std::string value = pick({"1", "2", "3", "7.00", "20", "100.5"});
    const std::string whole = column == "total" ? value : value.substr(0, value.find('.'));
    return {text::cat(column, ".", no, word, ".", whole), text::cat(column, " ", sign, " ", whole)};
  }

  Twins group(unsigned depth) {
    const bool any = roll(2) == 0;
    Twins out{any ? "or(" : "and(", "("};
    const unsigned parts = 1 + roll(3);
    for (unsigned i = 0; i < parts; ++i) {
      const Twins part = make(depth - 1);
      out.asked += text::cat(i == 0 ? "" : ",", part.asked);
      out.sql += text::cat(i == 0 ? "" : any ? " or " : " and ", part.sql);
    }
    return {out.asked + ")", out.sql + ")"};
  }

  std::mt19937 random_;
};

TEST(Property, AnyTreeOfConditionsMeansWhatSqlByHandMeans) {
  constexpr unsigned trees = 400, depth = 3;
  Conditions conditions(20'261'122);
  for (unsigned i = 0; i < trees; ++i) {
    const Twins tree = conditions.make(depth);
    SCOPED_TRACE(tree.asked + " | " + tree.sql);
    const auto response = shop().ask(
        get("/orders?select=id&order=id&and=" + http::percent_encode("(" + tree.asked + ")")));
    ASSERT_EQ(response.status, 200U) << response.body.bytes();
    expect_body(response.body.bytes(),
                text::cat("sql select id from orders where ", tree.sql, " order by id limit 3"));
  }
}

// Hostile text in every place that a request can fill. The statement must have as many tokens as
// for a harmless one, and the database must answer it with rows or with a code.
const std::vector<std::string>& hostile() {
  static const std::vector<std::string> texts{"'; drop table orders; --",
                                              "\"; drop table orders; --",
                                              "$1",
                                              "$$x$$",
                                              "\\",
                                              "\\'; select 1; --",
                                              "/* ",
                                              "*/",
                                              "-- ",
                                              "1 or 1=1",
                                              "') or ('1'='1",
                                              "{\"a\"}",
                                              "ünï\u202e",
                                              "%",
                                              "a\"\"b",
                                              std::string(5000, 'x'),
                                              "E'\\''",
                                              ";"};
  return texts;
}

std::optional<std::size_t> token_count(const http::Request& request) {
  auto asked = rest::parse(request, "/rest/v1", dialect);
  if (!asked) return std::nullopt;
  auto plan = rest::to_plan(shop().catalog(), *asked, dialect);
  if (!plan) return std::nullopt;
  const auto statement = render::render(*plan).main;
  const auto found = sql::tokens(statement.text);
  for (const sql::Token& token : found) {
    EXPECT_NE(token.kind, sql::TokenKind::broken) << statement.text;
    EXPECT_NE(token.kind, sql::TokenKind::comment) << statement.text;
  }
  return found.size();
}

// "@" stands for the text: percent-coded in a target, a JSON string in a body.
struct Place {
  Method method;
  std::string_view target, body;
};

constexpr std::array places{
    Place{Method::get, "/orders?note=eq.@", ""},
    Place{Method::get, "/orders?note=like.@", ""},
    Place{Method::get, "/orders?note=in.(@)", ""},
    Place{Method::get, "/orders?note=eq(any).@", ""},
    Place{Method::get, "/orders?note=fts(@).x", ""},
    Place{Method::get, "/orders?note=wfts.@", ""},
    Place{Method::get, "/orders?or=(note.eq.@,id.eq.1)", ""},
    Place{Method::get, "/orders?select=@", ""},
    Place{Method::get, "/orders?select=@:id", ""},
    Place{Method::get, "/orders?select=%22@%22:id", ""},
    Place{Method::get, "/orders?select=%22@%22:customers(id)", ""},
    Place{Method::get, "/orders?select=id::@", ""},
    Place{Method::get, "/orders?select=customers!@(id)", ""},
    Place{Method::get, "/customers?select=profile-%3E@", ""},
    Place{Method::get, "/customers?profile-%3E%3E@=eq.1", ""},
    Place{Method::get, "/orders?order=@", ""},
    Place{Method::get, "/orders?limit=@", ""},
    Place{Method::get, "/orders?@=eq.1", ""},
    Place{Method::get, "/@", ""},
    Place{Method::get, "/rpc/@", ""},
    Place{Method::get, "/rpc/stats?p_city=@", ""},
    Place{Method::get, "/rpc/longest?words=@&words=b", ""},
    Place{Method::post, "/rpc/stats", R"({"p_city":@})"},
    Place{Method::patch, "/orders?id=eq.77", R"({@:1})"},
    Place{Method::post, "/tags?on_conflict=@", R"({"id":1,"label":"urgent"})"},
};

std::string filled(std::string_view form, std::string_view text) {
  const auto at = form.find('@');
  if (at == std::string_view::npos) return std::string(form);
  return text::cat(form.substr(0, at), text, form.substr(at + 1));
}

http::Request with_text(const Place& place, std::string_view text) {
  std::string quoted;
  json::append_quoted(quoted, text);
  return send(place.method, filled(place.target, http::percent_encode(text)),
              filled(place.body, quoted), "resolution=ignore-duplicates");
}

TEST(Injection, NoTextOfARequestBecomesSql) {
  for (const Place& place : places) {
    const auto tame = token_count(with_text(place, "tame"));
    for (const std::string& text : hostile()) {
      const http::Request request = with_text(place, text);
      SCOPED_TRACE(request.target.substr(0, 300) + " " + request.body.substr(0, 300));
      if (const auto count = token_count(request)) EXPECT_EQ(count, tame);
      EXPECT_LT(shop().ask(request).status, 500U);
      EXPECT_EQ(shop().one({"select count(*) from orders", {}}), "4");
    }
  }
}

}  // namespace
}  // namespace flash
