#include <gtest/gtest.h>

#include "catalog/catalog.h"
#include "kit/golden.h"
#include "plan/build.h"
#include "plan/limits.h"

namespace flash::plan {
namespace {

const catalog::Catalog& shop() {
  static const catalog::Snapshot snapshot = [] {
    auto parsed = catalog::parse(kit::source_file("tests/fixtures/catalog/shop.json"));
    return parsed ? *parsed : std::make_shared<const catalog::Catalog>();
  }();
  return *snapshot;
}

const catalog::Table& table(std::string_view name) {
  const catalog::Table* found = shop().table("public", name);
  EXPECT_NE(found, nullptr) << name;
  return *found;
}

AskedPredicate equals(std::string column, std::string value) {
  AskedCompare compare{.field = {std::move(column), {}}, .test = {}};
  compare.test.value = std::move(value);
  return {.negated = false, .what = std::move(compare)};
}

AskedRead everything() { return {.outputs = {{.star = true}}}; }

AskedEmbed embed(std::string target, std::string hint = {}) {
  return {.target = std::move(target), .alias = {}, .hint = std::move(hint), .read = everything()};
}

struct RelationCase {
  const char *from, *target, *hint;
  const char* expected;  // "<kind> <constraint or junction>", or the error's code
};

TEST(FindRelation, FollowsTargetAndHint) {
  const std::vector<RelationCase> cases{
      {"orders", "customers", "", "0 orders_customer_id_fkey"},
      {"orders", "customer_id", "", "0 orders_customer_id_fkey"},
      {"orders", "orders_customer_id_fkey", "", "0 orders_customer_id_fkey"},
      {"customers", "orders", "", "1 orders_customer_id_fkey"},
      {"customers", "orders", "customer_id", "1 orders_customer_id_fkey"},
      {"orders", "invoices", "", "2 invoices_order_id_fkey"},
      {"orders", "tags", "", "3 order_tags"},
      {"orders", "tags", "order_tags", "3 order_tags"},
      {"orders", "tags", "nothing", "no_relation"},
      {"orders", "addresses", "", "ambiguous_relation"},
      {"orders", "addresses", "orders_billing_fkey", "0 orders_billing_fkey"},
      {"orders", "addresses", "shipping_address_id", "0 orders_shipping_fkey"},
      {"addresses", "orders", "", "ambiguous_relation"},
      {"customers", "customers", "", "1 customers_referrer_id_fkey"},
      {"customers", "referrer_id", "", "0 customers_referrer_id_fkey"},
      {"customers", "customers", "referrer_id", "1 customers_referrer_id_fkey"},
      {"orders", "unknown", "", "no_relation"},
  };
  for (const RelationCase& each : cases) {
    SCOPED_TRACE(std::string(each.from) + " -> " + each.target + "!" + each.hint);
    const auto found = find_relation(table(each.from), each.target, each.hint);
    if (!found) {
      EXPECT_EQ(found.error().code, each.expected);
      continue;
    }
    const catalog::Relation& relation = **found;
    const std::string& name =
        relation.constraint.empty() ? relation.junction.table->name : relation.constraint;
    EXPECT_EQ(std::to_string(static_cast<int>(relation.kind)) + " " + name, each.expected);
  }
}

TEST(BuildRead, RefusesNamesThatAreNotThere) {
  AskedRead read = everything();
  read.where.push_back(equals("nothing", "1"));
  const auto built = build_read(shop(), table("orders"), read, 10);
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().code, "42703");
  EXPECT_EQ(built.error().message, "column orders.nothing does not exist");

  AskedRead close = everything();
  close.where.push_back(equals("custmer_id", "1"));
  EXPECT_EQ(build_read(shop(), table("orders"), close, 10).error().hint,
            "Perhaps you meant to reference the column \"orders.customer_id\".");
}

TEST(BuildRead, CutsEveryLevelToTheLimit) {
  AskedRead read = everything();
  read.limit = 50;
  read.embeds.push_back(embed("lines"));
  const auto built = build_read(shop(), table("orders"), read, 10);
  ASSERT_TRUE(built);
  EXPECT_EQ(built->limit, 10U);
  EXPECT_EQ(built->embeds[0].read.limit, 10U);
}

// Only such reads may stand in one transaction with others.
TEST(BuildRead, IsLightWhenSmallAndWithoutCodeOfTheOwner) {
  const auto is_light = [](std::string_view from, auto fill) {
    AskedRead read = everything();
    fill(read);
    const auto built = build_read(shop(), table(from), std::move(read), 1000);
    EXPECT_TRUE(built);
    return built && built->is_light();
  };
  const auto by = [](std::string column) {
    return [column](AskedRead& read) { read.where.push_back(equals(column, "1")); };
  };
  EXPECT_TRUE(is_light("orders", by("id")));
  EXPECT_FALSE(is_light("orders", by("customer_id")));  // not unique
  EXPECT_FALSE(is_light("orders", [](AskedRead&) {}));
  EXPECT_TRUE(is_light("orders", [](AskedRead& read) { read.limit = 100; }));
  EXPECT_FALSE(is_light("orders", [](AskedRead& read) { read.limit = 101; }));
  EXPECT_FALSE(is_light("open_orders", [](AskedRead& read) { read.limit = 1; }));  // a view
  EXPECT_FALSE(is_light("orders", [](AskedRead& read) {
    read.where.push_back(equals("id", "1"));
    read.where.back().negated = true;
  }));
  const auto with_embed = [&](std::string target, std::optional<std::uint64_t> limit) {
    return is_light("orders", [&](AskedRead& read) {
      read.limit = 20;
      read.embeds.push_back(embed(target));
      read.embeds[0].read.limit = limit;
    });
  };
  EXPECT_TRUE(with_embed("customer_id", std::nullopt));  // to one
  EXPECT_FALSE(with_embed("lines", std::nullopt));       // to many, as many as there are
  EXPECT_TRUE(with_embed("lines", 5));
}

// Doors that let people say the table instead of the alias (rest's legacy names) translate it.
TEST(BuildRead, AnEmbedIsKnownByItsNameAlone) {
  AskedRead read = everything();
  read.embeds.push_back(embed("customer_id"));
  read.embeds.back().alias = "buyer";
  read.order.push_back(AskedOrder{.embed = "buyer", .field = {"name", {}}});
  EXPECT_TRUE(build_read(shop(), table("orders"), read, 10));
  for (const char* other : {"customers", "customer_id", "unknown"}) {
    read.order[0].embed = other;
    EXPECT_EQ(build_read(shop(), table("orders"), read, 10).error().code, "not_embedded") << other;
  }
}

// At each limit of limits.h, and one over it.
TEST(BuildRead, HoldsItsLimits) {
  const auto read_of = [](auto fill) {
    AskedRead read = everything();
    fill(read);
    return build_read(shop(), table("orders"), std::move(read), 10);
  };
  const auto with_filters = [&](std::size_t count) {
    return read_of([&](AskedRead& read) { read.where.assign(count, equals("id", "1")); });
  };
  EXPECT_TRUE(with_filters(predicates_max));
  EXPECT_EQ(with_filters(predicates_max + 1).error().code, "plan_too_large");

  const auto with_outputs = [&](std::size_t count) {
    return read_of([&](AskedRead& read) { read.outputs.assign(count, AskedOutput{.star = true}); });
  };
  EXPECT_TRUE(with_outputs(outputs_max));
  EXPECT_EQ(with_outputs(outputs_max + 1).error().code, "plan_too_large");

  const auto with_embeds = [&](std::size_t count) {
    return read_of([&](AskedRead& read) { read.embeds.assign(count, embed("lines")); });
  };
  EXPECT_TRUE(with_embeds(embeds_max));
  EXPECT_EQ(with_embeds(embeds_max + 1).error().code, "plan_too_large");

  const auto with_orders = [&](std::size_t count) {
    return read_of(
        [&](AskedRead& read) { read.order.assign(count, AskedOrder{.field = {"id", {}}}); });
  };
  EXPECT_TRUE(with_orders(orders_max));
  EXPECT_EQ(with_orders(orders_max + 1).error().code, "plan_too_large");

  const auto with_depth = [&](std::size_t depth) {
    AskedPredicate at = equals("id", "1");
    for (std::size_t i = 1; i < depth; ++i)
      at = {.negated = false, .what = AskedGroup{.any = true, .parts = {at}}};
    return read_of([&](AskedRead& read) { read.where = {at}; });
  };
  EXPECT_TRUE(with_depth(predicate_depth_max));
  EXPECT_EQ(with_depth(predicate_depth_max + 1).error().code, "plan_too_large");

  const auto nested = [&](std::size_t depth) {
    AskedEmbed at = embed(depth % 2 == 1 ? "lines" : "orders");
    for (std::size_t i = depth - 1; i > 0; --i) {
      AskedEmbed outer = embed(i % 2 == 1 ? "lines" : "orders");
      outer.read.embeds.push_back(std::move(at));
      at = std::move(outer);
    }
    return read_of([&](AskedRead& read) { read.embeds.push_back(at); });
  };
  EXPECT_TRUE(nested(depth_max));
  EXPECT_EQ(nested(depth_max + 1).error().code, "plan_too_large");

  const auto with_list = [&](std::size_t count) {
    AskedCompare in{.field = {"id", {}}, .test = {.op = Operator::in}};
    in.test.list.assign(count, "1");
    return read_of([&](AskedRead& read) { read.where = {{.negated = false, .what = in}}; });
  };
  EXPECT_TRUE(with_list(list_items_max));
  EXPECT_EQ(with_list(list_items_max + 1).error().code, "plan_too_large");

  const auto with_path = [&](std::size_t count) {
    AskedOutput output;
    output.field.name = "note";
    output.field.path.assign(count, JsonStep{.key = "a"});
    return read_of([&](AskedRead& read) { read.outputs = {output}; });
  };
  EXPECT_TRUE(with_path(path_steps_max));
  EXPECT_EQ(with_path(path_steps_max + 1).error().code, "plan_too_large");
}

TEST(BuildColumns, RefusesWhatNobodyMaySet) {
  EXPECT_EQ(build_columns(table("orders"), {"note", "note", "total"})->size(), 2U);
  EXPECT_EQ(build_columns(table("orders"), {"nope"}).error().code, "no_write_column");
  EXPECT_EQ(build_columns(table("orders"), {"total_with_tax"}).error().code, "428C9");
  EXPECT_EQ(build_columns(table("orders"), std::vector<std::string>(write_columns_max + 1, "note"))
                .error()
                .code,
            "plan_too_large");
}

struct CallCase {
  const char* name;
  std::vector<std::string> keys;
  const char* error;  // null: found
};

TEST(BuildCall, PicksTheOverloadByTheNamesGiven) {
  const std::vector<CallCase> cases{
      {"add", {"a"}, nullptr},
      {"add", {"a", "b"}, nullptr},
      {"add", {"b"}, "no_function"},
      {"add", {"a", "c"}, "no_function"},
      {"overloaded", {"a"}, nullptr},
      {"overloaded", {"a", "b"}, nullptr},
      {"ambiguous", {"a"}, "ambiguous_function"},
      {"touch", {}, nullptr},
      {"stats", {}, nullptr},
      {"whole", {"anything"}, nullptr},
      {"nothing", {}, "no_function"},
  };
  for (const CallCase& each : cases) {
    SCOPED_TRACE(each.name);
    const auto call = build_call(
        shop(), "public", each.name,
        {.texts = {}, .body = "{}", .whole = WholeBodyType::json, .body_keys = each.keys});
    if (each.error == nullptr) {
      ASSERT_TRUE(call) << call.error().message;
      EXPECT_EQ(call->function->parameters.size() >= each.keys.size(), true);
    } else {
      ASSERT_FALSE(call);
      EXPECT_EQ(call.error().code, each.error);
    }
  }
}

TEST(BuildCall, ARepeatedTextIsAListOnlyForAVariadicParameter) {
  const auto many =
      build_call(shop(), "public", "longest", {.texts = {{"words", "a"}, {"words", "b"}}});
  ASSERT_TRUE(many);
  EXPECT_EQ(std::get<DirectArguments>(many->arguments).items[0].values.size(), 2U);
  const auto last = build_call(shop(), "public", "add", {.texts = {{"a", "1"}, {"a", "2"}}});
  ASSERT_TRUE(last);
  EXPECT_EQ(std::get<DirectArguments>(last->arguments).items[0].values,
            std::vector<std::string>{"2"});
}

}  // namespace
}  // namespace flash::plan
