#include "catalog/catalog.h"

#include <gtest/gtest.h>

#include "catalog/suggest.h"
#include "catalog/view_rule.h"
#include "kit/golden.h"

namespace flash::catalog {
namespace {

// Kept for the whole program: what the tests hold points into it.
const Snapshot& shop() {
  static const Snapshot snapshot = [] {
    auto parsed = parse(kit::source_file("tests/fixtures/catalog/shop.json"));
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
    return parsed ? *parsed : std::make_shared<const Catalog>();
  }();
  return snapshot;
}

const Relation* relation_to(const Table& table, std::string_view to, RelationKind kind) {
  for (const Relation& each : table.relations)
    if (each.to->name == to && each.kind == kind) return &each;
  return nullptr;
}

TEST(Catalog, FindsTablesAndTheirColumns) {
  const Snapshot catalog = shop();
  const Table* orders = catalog->table("public", "orders");
  ASSERT_NE(orders, nullptr);
  EXPECT_EQ(catalog->table("public", "Orders"), nullptr);
  EXPECT_EQ(catalog->table("secret", "orders"), nullptr);
  const Column* total = orders->column("total");
  ASSERT_NE(total, nullptr);
  EXPECT_EQ(total->type->name, "numeric");
  EXPECT_EQ(total->type->label, "numeric");
  EXPECT_EQ(orders->column("nothing"), nullptr);
  ASSERT_EQ(orders->primary_key.size(), 1U);
  EXPECT_EQ(orders->primary_key[0]->name, "id");
  EXPECT_TRUE(orders->insertable);
}

TEST(Catalog, KnowsWhatACallerMayNotSet) {
  const Table* orders = shop()->table("public", "orders");
  ASSERT_NE(orders, nullptr);
  EXPECT_FALSE(orders->column("total_with_tax")->writable);  // generated always as (...) stored
  EXPECT_TRUE(orders->column("id")->has_default);
}

TEST(Catalog, SeesThroughDomains) {
  const Snapshot catalog = shop();
  const Type* type = catalog->table("public", "orders")->column("status")->type;
  EXPECT_EQ(type->kind, 'd');
  EXPECT_EQ(type->base->name, "text");
}

TEST(Catalog, RelatesBothEndsOfAForeignKey) {
  const Snapshot catalog = shop();
  const Table* orders = catalog->table("public", "orders");
  const Table* customers = catalog->table("public", "customers");
  const Relation* up = relation_to(*orders, "customers", RelationKind::many_to_one);
  const Relation* down = relation_to(*customers, "orders", RelationKind::one_to_many);
  ASSERT_NE(up, nullptr);
  ASSERT_NE(down, nullptr);
  EXPECT_EQ(up->constraint, "orders_customer_id_fkey");
  EXPECT_EQ(up->columns[0].first->name, "customer_id");
  EXPECT_EQ(up->columns[0].second->name, "id");
  EXPECT_EQ(down->columns[0].first->name, "id");
}

TEST(Catalog, AUniqueForeignKeyIsOneToOne) {
  const Snapshot catalog = shop();
  EXPECT_NE(relation_to(*catalog->table("public", "invoices"), "orders", RelationKind::one_to_one),
            nullptr);
  EXPECT_NE(relation_to(*catalog->table("public", "orders"), "invoices", RelationKind::one_to_one),
            nullptr);
}

TEST(Catalog, ATableOfTwoKeysInItsPrimaryKeyJoinsManyToMany) {
  const Snapshot catalog = shop();
  const Relation* tags =
      relation_to(*catalog->table("public", "orders"), "tags", RelationKind::many_to_many);
  ASSERT_NE(tags, nullptr);
  EXPECT_EQ(tags->junction.table->name, "order_tags");
  EXPECT_EQ(tags->junction.from[0].second->name, "order_id");
  EXPECT_EQ(tags->junction.to[0].first->name, "tag_id");
}

TEST(Catalog, ReadsFunctions) {
  const Snapshot catalog = shop();
  const auto add = catalog->functions("public", "add");
  ASSERT_EQ(add.size(), 1U);
  EXPECT_EQ(add[0]->parameters.size(), 2U);
  EXPECT_TRUE(add[0]->parameter("b")->has_default);
  EXPECT_FALSE(add[0]->parameter("a")->has_default);
  EXPECT_EQ(add[0]->scalar->name, "int4");
  EXPECT_EQ(add[0]->volatility, Volatility::immutable);
  const auto listing = catalog->functions("public", "orders_of");
  ASSERT_EQ(listing.size(), 1U);
  EXPECT_TRUE(listing[0]->row_is_table);
  EXPECT_TRUE(listing[0]->returns_set);
  EXPECT_EQ(listing[0]->row->name, "orders");
  const auto table = catalog->functions("public", "per_day");
  ASSERT_EQ(table.size(), 1U);
  ASSERT_NE(table[0]->row, nullptr);
  EXPECT_EQ(table[0]->row->columns[1].name, "orders");
  EXPECT_TRUE(catalog->functions("public", "touch")[0]->returns_void);
  EXPECT_TRUE(catalog->functions("public", "longest")[0]->parameters[0].variadic);
  EXPECT_EQ(catalog->functions("public", "overloaded").size(), 2U);
  EXPECT_TRUE(catalog->functions("public", "nothing").empty());
}

TEST(Catalog, FindsTypesByAnySpelling) {
  const Snapshot catalog = shop();
  for (const char* name : {"int4", "integer", "INT", "int"}) {
    ASSERT_NE(catalog->type(name), nullptr) << name;
    EXPECT_EQ(catalog->type(name)->name, "int4") << name;
  }
  EXPECT_NE(catalog->type("order_status"), nullptr);
  EXPECT_EQ(catalog->type("int4; drop table orders"), nullptr);
  EXPECT_EQ(catalog->type(""), nullptr);
}

TEST(Catalog, RefusesADocumentThatDoesNotHoldTogether) {
  EXPECT_FALSE(parse("nonsense"));
  EXPECT_FALSE(parse(R"({"tables":[{"oid":1}],"columns":[{"table":1,"name":"a","type":99}]})"));
  EXPECT_FALSE(parse(R"({"columns":[{"table":5,"name":"a"}]})"));
  EXPECT_FALSE(parse(R"({"tables":[7],"keys":[8]})"));
  EXPECT_TRUE(parse("{}"));
}

TEST(Suggest, NamesTheNearestOrNothing) {
  const std::vector<std::string_view> names{"films", "directors", "roles"};
  EXPECT_EQ(nearest("film", names, 0.75), "films");
  EXPECT_EQ(nearest("role", names, 0.75), "roles");
  EXPECT_EQ(nearest("noclosealternative", names, 0.33), "");
  EXPECT_EQ(nearest("films", names, 0.75), "");  // it exists: nothing to suggest
  EXPECT_EQ(nearest(std::string(100'000, 'x'), names, 0.1), "");
}

std::string origins_text(std::string_view rule) {
  std::string out;
  for (const Origin& each : origins_of(rule))
    out += std::to_string(each.table) + "." + std::to_string(each.column) + " ";
  return out;
}

TEST(ViewRule, ReadsTheOriginsOfTheOuterQueryOnly) {
  // A column named like a field, a subquery with a target list of its own, a junk column, a datum.
  EXPECT_EQ(
      origins_text(
          "({QUERY :commandType 1 :rtable ({RTE :subquery {QUERY :targetList ({TARGETENTRY "
          ":expr {VAR :varno 1} :resno 1 :resname x :resorigtbl 9 :resorigcol 9 :resjunk "
          "false}) :b <>}}) :targetList ({TARGETENTRY :expr {VAR :varno 3} :resno 1 :resname "
          ":resorigtbl\\ 7 :ressortgroupref 0 :resorigtbl 17 :resorigcol 2 :resjunk false} "
          "{TARGETENTRY :expr {CONST :constvalue 4 [ 1 0 0 0 ]} :resno 2 :resname a\\{\\( "
          ":resorigtbl 0 :resorigcol 0 :resjunk false} {TARGETENTRY :expr <> :resno 3 :resname "
          "<> :resorigtbl 17 :resorigcol 1 :resjunk true}) :override 0 :targetList ({})})"),
      "17.2 0.0 ");
}

TEST(ViewRule, WhatIsNoRuleHasNoOrigins) {
  for (const char* text :
       {"", "(", "<>", "({QUERY", "({QUERY :targetList", "({QUERY :targetList (((((", "{{{{}}}}",
        "({QUERY :targetList ({TARGETENTRY :resno 99999 :resorigtbl 1 :resorigcol 1})})",
        "({QUERY :targetList ({TARGETENTRY :resno", "({QUERY :a\\"})
    EXPECT_EQ(origins_text(text), "") << text;
}

TEST(Catalog, TheOneUnnamedParameterTakesABody) {
  static const Type json{.name = "json"}, number{.name = "int4"};
  EXPECT_NE((Function{.parameters = {{.name = "", .type = &json}}}.single_unnamed()), nullptr);
  EXPECT_EQ((Function{.parameters = {{.name = "a", .type = &json}}}.single_unnamed()), nullptr);
  EXPECT_EQ((Function{.parameters = {{.name = "", .type = &number}}}.single_unnamed()), nullptr);
  EXPECT_EQ(Function{}.single_unnamed(), nullptr);
}

}  // namespace
}  // namespace flash::catalog
