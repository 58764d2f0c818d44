#include "render/render.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "catalog/catalog.h"
#include "kit/golden.h"
#include "plan/build.h"
#include "sql/lexer.h"

namespace flash::render {
namespace {

using plan::AskedCompare;
using plan::AskedEmbed;
using plan::AskedGroup;
using plan::AskedOutput;
using plan::AskedPredicate;
using plan::AskedRead;
using plan::Operator;
using plan::Plan;

const catalog::Catalog& shop() {
  static const catalog::Snapshot snapshot = [] {
    auto parsed = catalog::parse(kit::source_file("tests/fixtures/catalog/shop.json"));
    return parsed ? *parsed : std::make_shared<const catalog::Catalog>();
  }();
  return *snapshot;
}

const catalog::Table& table(std::string_view name) { return *shop().table("public", name); }

AskedPredicate compare(std::string column, Operator op, std::string value, bool negated = false) {
  AskedCompare out{.field = {std::move(column), {}}, .test = {.op = op}};
  out.test.value = std::move(value);
  return {.negated = negated, .what = std::move(out)};
}

AskedOutput column(std::string name, std::string alias = {}, std::string cast = {}) {
  AskedOutput out;
  out.field.name = std::move(name);
  out.alias = std::move(alias);
  out.cast = std::move(cast);
  return out;
}

AskedRead columns(std::vector<AskedOutput> outputs) { return {.outputs = std::move(outputs)}; }

plan::Read read(std::string_view from, AskedRead asked) {
  auto built = plan::build_read(shop(), table(from), std::move(asked), 100);
  EXPECT_TRUE(built) << (built ? "" : built.error().message);
  return built ? *std::move(built) : plan::Read{};
}

Plan plan_of(std::string_view from, AskedRead asked) {
  return {.what = read(from, std::move(asked))};
}

AskedEmbed embed(std::string target, AskedRead inside, bool inner = false, bool spread = false) {
  return {.target = std::move(target),
          .alias = {},
          .hint = {},
          .inner = inner,
          .spread = spread,
          .read = std::move(inside)};
}

std::string text_of(const Plan& plan) {
  const Statements statements = render(plan);
  std::string out(statements.main.text.view());
  out += "\n";
  for (std::size_t i = 0; i < statements.main.params.size(); ++i)
    out +=
        "  $" + std::to_string(i + 1) + " = " + statements.main.params[i].value_or("null") + "\n";
  if (statements.explain) out += text::cat(statements.explain->text, "\n");
  return out;
}

Plan filtered() {
  AskedRead asked = columns({column("id"), column("note", "remark"), column("total", {}, "text")});
  asked.where = {compare("total", Operator::gte, "10"),
                 compare("note", Operator::ilike, "%x%", true)};
  AskedCompare in{.field = {"status", {}}, .test = {.op = Operator::in}};
  in.test.list = {"open", "paid, late"};
  asked.where.push_back({.negated = false, .what = in});
  AskedGroup group{
      .any = true,
      .parts = {compare("id", Operator::eq, "1"), compare("note", Operator::fts, "a & b")}};
  asked.where.push_back({.negated = true, .what = std::move(group)});
  asked.order = {
      {.embed = {}, .field = {"placed_at", {}}, .descending = true, .nulls = plan::Nulls::last}};
  asked.limit = 20;
  asked.offset = 40;
  Plan out = plan_of("orders", std::move(asked));
  out.count = plan::Count::exact;
  return out;
}

Plan embedded() {
  AskedRead asked = columns({column("id")});
  asked.embeds.push_back(embed("customers", columns({column("name")}), true));
  asked.embeds.push_back(embed("lines", columns({{.star = true}})));
  asked.embeds.push_back(embed("tags", columns({column("label")})));
  asked.embeds.push_back(embed("invoices", columns({column("number")}), false, true));
  asked.embeds[0].read.where = {compare("city", Operator::eq, "Kingston")};
  asked.order = {{.embed = "customers", .field = {"name", {}}}};
  return plan_of("orders", std::move(asked));
}

Plan json_path() {
  AskedOutput output = column("profile", "tag");
  output.field.path = {{.key = "tags"}, {.key = "0", .is_index = true, .as_text = true}};
  AskedRead asked = columns({output});
  AskedCompare tier{.field = {"profile", {{.key = "tier", .as_text = true}}}, .test = {}};
  tier.test.value = "gold";
  asked.where = {{.negated = false, .what = tier}};
  return plan_of("customers", std::move(asked));
}

Plan estimated() {
  Plan out = plan_of("tags", columns({{.star = true}}));
  out.form = plan::Form::nothing;
  out.count = plan::Count::estimated;
  out.estimate_above = 1000;
  return out;
}

plan::Payload payload(std::string_view of, const std::vector<std::string>& names,
                      std::string json) {
  return {
      .columns = *plan::build_columns(table(of), names), .json = std::move(json), .is_array = true};
}

Plan upsert() {
  plan::Write write{
      .table = &table("tags"), .change = {}, .returning = read("tags", columns({column("id")}))};
  write.change = plan::Insert{.rows = payload("tags", {"id", "label"}, R"([{"id":1,"label":"a"}])"),
                              .conflict = plan::Conflict::merge,
                              .conflict_key = table("tags").primary_key};
  return {.what = std::move(write)};
}

Plan update() {
  plan::Write write{.table = &table("orders"),
                    .change = {},
                    .returning = read("orders", columns({column("note")}))};
  write.returning.embeds =
      read("orders", {.embeds = {embed("customers", columns({column("name")}))}}).embeds;
  plan::Update change{.values = payload("orders", {"note"}, R"([{"note":"x"}])"), .where = {}};
  change.values.is_array = false;
  change.where = *plan::build_where(table("orders"), {compare("id", Operator::eq, "1")});
  write.change = std::move(change);
  write.rows_max = 1;
  return {.what = std::move(write), .form = plan::Form::object};
}

Plan removal() {
  plan::Write write{.table = &table("lines"),
                    .change = {},
                    .returning = read("lines", columns({{.star = true}}))};
  write.change =
      plan::Delete{*plan::build_where(table("lines"), {compare("order_id", Operator::eq, "2")})};
  return {.what = std::move(write), .form = plan::Form::nothing};
}

Plan call() {
  auto built = plan::build_call(shop(), "public", "orders_of",
                                {.texts = {},
                                 .body = R"({"customer":1})",
                                 .whole = plan::WholeBodyType::json,
                                 .body_keys = {"customer"}});
  built->returning = read("orders", columns({column("id")}));
  return {.what = *std::move(built)};
}

Plan direct_call() {
  return {.what = *plan::build_call(shop(), "public", "longest",
                                    {.texts = {{"words", "a"}, {"words", "b\"c"}}})};
}

TEST(Render, WritesTheSameTextForTheSamePlan) {
  std::string actual;
  const std::vector<std::pair<const char*, Plan>> plans{
      {"filtered", filtered()},   {"embedded", embedded()}, {"json path", json_path()},
      {"estimated", estimated()}, {"upsert", upsert()},     {"update", update()},
      {"delete", removal()},      {"call", call()},         {"direct call", direct_call()}};
  for (const auto& [name, plan] : plans) {
    actual += std::string("-- ") + name + "\n" + text_of(plan) + "\n";
    for (const sql::Token& token : sql::tokens(render(plan).main.text))
      EXPECT_NE(token.kind, sql::TokenKind::broken) << name;
  }
  kit::expect_golden("src/render/goldens/statements.txt", actual);
}

TEST(Render, ValuesNeverChangeTheText) {
  const auto text_with = [](std::string value) {
    AskedRead asked = columns({column("id")});
    asked.where = {compare("note", Operator::eq, value), compare("note", Operator::like, value)};
    AskedCompare in{.field = {"note", {{.key = value}}}, .test = {.op = Operator::in}};
    in.test.list = {value, value};
    asked.where.push_back({.negated = false, .what = in});
    return render(plan_of("orders", std::move(asked))).main.text;
  };
  const sql::Text tame = text_with("x");
  for (const char* value : {"'; drop table orders; --", "\"", "$1", "$$", "\\", "", "{\"a\",b}"})
    EXPECT_EQ(text_with(value), tame);
}

TEST(Render, AsksForTheResponseOnlyWhereSqlMaySetIt) {
  Plan plan = plan_of("orders", columns({column("id")}));
  EXPECT_NE(render(plan).main.text.view().find("response.headers"), std::string_view::npos);
  plan.may_set_response = false;
  EXPECT_EQ(render(plan).main.text.view().find("response."), std::string_view::npos);
}

TEST(Render, ReadsTheNumberOfAWriteThatWasTooLarge) {
  EXPECT_EQ(exceeding_rows("22P02", "invalid input syntax for type integer: \"flash.rows:12\""),
            12U);
  EXPECT_EQ(exceeding_rows("22P02", "invalid input syntax for type integer: \"abc\""),
            std::nullopt);
  EXPECT_EQ(exceeding_rows("23505", "flash.rows:12"), std::nullopt);
}

}  // namespace
}  // namespace flash::render
