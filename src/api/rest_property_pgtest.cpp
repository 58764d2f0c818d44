// Questions made at random out of the grammar, against the same ones in SQL by hand: columns,
// casts, filters, orders, pages, embeds and their windows, spreads, aggregates, writes.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "api/rest_rig.h"
#include "http/url.h"

namespace flash::rest_rig {
namespace {

using text::cat;

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  unsigned roll(unsigned below) { return static_cast<unsigned>(random_() % below); }
  std::string pick(const std::vector<std::string>& of) {
    return of[roll(static_cast<unsigned>(of.size()))];
  }
  // Some of these, at least one, in their order.
  std::vector<std::string> some(const std::vector<std::string>& of) {
    std::vector<std::string> out;
    for (const auto& each : of)
      if (roll(2) == 0) out.push_back(each);
    if (out.empty()) out.push_back(pick(of));
    return out;
  }

 private:
  std::mt19937 random_;
};

std::string joined(const std::vector<std::string>& parts, std::string_view by) {
  std::string out;
  for (const auto& part : parts) out += cat(out.empty() ? "" : by, part);
  return out;
}

// order=..., and the same in SQL; always whole by the key at its end.
struct Twins {
  std::string asked, sql;
};
Twins order_of(Maker& make, const std::vector<std::string>& columns) {
  Twins out;
  for (const auto& column : make.some(columns)) {
    const bool down = make.roll(2) == 0;
    const unsigned nulls = make.roll(3);
    out.asked += cat(column,
                     down                ? ".desc"
                     : make.roll(2) == 0 ? ".asc"
                                         : "",
                     nulls == 0   ? ".nullsfirst"
                     : nulls == 1 ? ".nullslast"
                                  : "",
                     ",");
    out.sql += cat(column, down ? " desc" : "",
                   nulls == 0   ? " nulls first"
                   : nulls == 1 ? " nulls last"
                                : "",
                   ", ");
  }
  return {out.asked + "id", out.sql + "id"};
}

Twins filter_of(Maker& make) {
  static const std::vector<std::array<std::string, 2>> all{
      {"status=eq.open", "status = 'open'"},
      {"status=neq.open", "status <> 'open'"},
      {"total=gt.10", "total > 10"},
      {"total=not.gt.10", "not (total > 10)"},
      {"id=in.(1,2,4)", "id in (1, 2, 4)"},
      {"note=is.null", "note is null"},
      {"note=not.is.null", "note is not null"},
      {"note=ilike.*B*", "note ilike '%B%'"},
      {"customer_id=eq(any).{1,2}", "customer_id = any ('{1,2}')"},
      {"or=(id.eq.1,total.lt.50)", "(id = 1 or total < 50)"},
      {"total=is.null", "total is null"},
  };
  const auto& [asked, sql] = all[make.roll(static_cast<unsigned>(all.size()))];
  return {asked, sql};
}

void expect_same(const std::string& target, const std::string& sql) {
  SCOPED_TRACE(target + "\n" + sql);
  const auto response = shop().ask(get(target));
  ASSERT_EQ(response.status, 200U) << response.body.bytes();
  expect_body(response.body.bytes(), cat("sql ", sql));
}

TEST(Property, ColumnsFiltersOrdersAndPagesMeanWhatSqlMeans) {
  Maker make(4'711);
  for (int i = 0; i < 150; ++i) {
    std::vector<std::string> asked, sql;
    for (const auto& column : make.some({"id", "total", "status", "note", "customer_id"})) {
      const unsigned form = make.roll(3);
      const std::string alias = cat("c", std::to_string(asked.size()));
      asked.push_back(form == 0   ? column
                      : form == 1 ? cat(alias, ":", column)
                                  : cat(alias, ":", column, "::text"));
      sql.push_back(form == 0   ? column
                    : form == 1 ? cat(column, " as ", alias)
                                : cat(column, "::text as ", alias));
    }
    const Twins order = order_of(make, {"total", "status", "note"});
    const Twins filter = filter_of(make), other = filter_of(make);
    const std::string limit = std::to_string(make.roll(4));
    const std::string offset = std::to_string(make.roll(3));
    expect_same(cat("/orders?select=", joined(asked, ","), "&", filter.asked, "&", other.asked,
                    "&order=", order.asked, "&limit=", limit, "&offset=", offset),
                cat("select ", joined(sql, ", "), " from orders where ", filter.sql, " and ",
                    other.sql, " order by ", order.sql, " limit ", limit, " offset ", offset));
  }
}

// To one and to many, inner and left, with their own filters, orders and windows; null tests of
// them.
TEST(Property, EmbedsMeanWhatLateralJoinsMean) {
  Maker make(815);
  for (int i = 0; i < 150; ++i) {
    const bool inner = make.roll(3) == 0;
    const unsigned test = make.roll(3);  // of the embed: none, is.null, not.is.null
    const Twins filter = filter_of(make);
    const Twins order = order_of(make, {"total", "status"});
    const std::string limit = std::to_string(1 + make.roll(3));
    const std::string rows = cat(
        "(select coalesce(json_agg(r), '[]') from (select id, total, (select row_to_json(x) from "
        "(select name from customers k where k.id = o.customer_id) x) as customers from orders o "
        "where o.customer_id = c.id and ",
        filter.sql, " order by ", order.sql, " limit ", limit, ") r)");
    const std::string some =
        cat("exists (select from orders o where o.customer_id = c.id and ", filter.sql, ")");
    std::string where = inner ? some : "true";
    if (test == 1) where += cat(" and not ", some);
    if (test == 2) where += cat(" and ", some);
    expect_same(cat("/customers?select=id,name,orders", inner ? "!inner" : "",
                    "(id,total,customers(name))&order=id&orders.",
                    filter.asked.starts_with("or=") ? "" : "", filter.asked,
                    "&orders.order=", order.asked, "&orders.limit=", limit,
                    test == 1   ? "&orders=is.null"
                    : test == 2 ? "&orders=not.is.null"
                                : ""),
                cat("select id, name, ", rows, " as orders from customers c where ", where,
                    " order by id limit 3"));
  }
}

TEST(Property, SpreadsAndRelatedOrdersMeanWhatJoinsMean) {
  Maker make(99);
  for (int i = 0; i < 80; ++i) {
    const Twins filter = filter_of(make);
    const bool down = make.roll(2) == 0;
    const auto columns = make.some({"name", "id"});
    std::vector<std::string> asked, sql;
    for (const auto& column : columns) {
      asked.push_back(cat("k_", column, ":", column));
      sql.push_back(cat("k.", column, " as k_", column));
    }
    std::string where = filter.sql;
    expect_same(cat("/orders?select=id,...customers(", joined(asked, ","), "),customers()&",
                    filter.asked, "&order=customers(name)", down ? ".desc" : "", ",id"),
                cat("select o.id, ", joined(sql, ", "), " from (select * from orders where ", where,
                    ") o left join customers k on k.id = o.customer_id order by k.name",
                    down ? " desc" : "", ", o.id limit 3"));
  }
}

TEST(Property, AggregatesMeanWhatGroupByMeans) {
  Maker make(7);
  for (int i = 0; i < 100; ++i) {
    std::vector<std::string> asked, sql, groups;
    for (const auto& column : make.some({"status", "customer_id"})) {
      asked.push_back(column);
      sql.push_back(column);
      groups.push_back(column);
    }
    for (const auto& function : make.some({"sum", "min", "max", "count"})) {
      const std::string alias = cat("a_", function);
      const std::string column = make.pick({"total", "id"});
      asked.push_back(cat(alias, ":", column, ".", function, "()"));
      sql.push_back(cat(function, "(", column, ") as ", alias));
    }
    const Twins filter = filter_of(make);
    const std::string by = joined(groups, ", ");
    expect_same(cat("/orders?select=", joined(asked, ","), "&", filter.asked,
                    "&order=", joined(groups, ",")),
                cat("select ", joined(sql, ", "), " from orders where ", filter.sql, " group by ",
                    by, " order by ", by, " limit 3"));
  }
}

// What a write leaves behind and gives back, against the same write by hand in a transaction
// beside.
TEST(Property, WritesLeaveWhatSqlLeaves) {
  Maker make(31);
  constexpr const char* all =
      "select coalesce(jsonb_agg(to_jsonb(o) - 'placed_at' order by id), '[]')::text from orders o";
  const auto after = [&](auto&& write) {
    EXPECT_TRUE(shop().run(sql::statement("begin")));
    write();
    std::string left = shop().one({sql::Text(std::string(all)), {}});
    EXPECT_TRUE(shop().run(sql::statement("rollback")));
    return left;
  };
  for (int i = 0; i < 80; ++i) {
    const Twins filter = filter_of(make);
    const std::string total = make.pick({"1.5", "null", "200"});
    const std::string note = make.pick({"null", "\"it's\"", "\"\\\\ $1 -- x\""});
    const std::string note_sql = note == "null"       ? "null"
                                 : note == "\"it's\"" ? "'it''s'"
                                                      : "'\\ $1 -- x'";
    const unsigned verb = make.roll(3);
    std::string target, body, by_hand;
    if (verb == 0) {
      target = cat("/orders?", filter.asked);
      body = cat(R"({"note":)", note, "}");
      by_hand = cat("update orders set note = ", note_sql, " where ", filter.sql);
    } else if (verb == 1) {
      target = "/orders";
      body = cat(R"([{"id":900,"customer_id":1,"note":)", note,
                 R"(,"total":7},{"id":901,"customer_id":2,"note":null,"total":8}])");
      by_hand = cat("insert into orders (id, customer_id, note, total) values (900, 1, ", note_sql,
                    ", 7), (901, 2, null, 8)");
    } else {
      target = cat("/orders?on_conflict=id&columns=id,customer_id,note,total");
      body = cat(R"([{"id":1,"customer_id":1,"note":)", note, R"(,"total":3}])");
      by_hand =
          cat("insert into orders (id, customer_id, note, total) values (1, 1, ", note_sql,
              ", 3) on conflict (id) do update set customer_id = excluded.customer_id, note = "
              "excluded.note, total = excluded.total");
    }
    SCOPED_TRACE(target + " " + body + "\n" + by_hand);
    const std::string ours = after([&] {
      const auto response = shop().ask(
          send(verb == 0 ? Method::patch : Method::post, target, body,
               verb == 2 ? "resolution=merge-duplicates,return=minimal" : "return=minimal"));
      EXPECT_LT(response.status, 300U) << response.body.bytes();
    });
    const std::string theirs = after([&] { EXPECT_TRUE(shop().run({sql::Text(by_hand), {}})); });
    EXPECT_EQ(ours, theirs);
  }
}

// Whatever the grammar's words give in any order: rows, or an error that is documented.
TEST(Property, AnyWordsOfTheGrammarAreAnsweredOrRefusedWithACode) {
  Maker make(1'234);
  const std::vector<std::string> words{"select=",    "order=",
                                       "limit=",     "offset=",
                                       "or=",        "and=",
                                       "not.",       "id",
                                       "total",      "customers",
                                       "orders",     "(",
                                       ")",          ",",
                                       ".",          "eq.",
                                       "in.(",       "is.null",
                                       "!inner",     "!left",
                                       "...",        "::text",
                                       "->>a",       ".sum()",
                                       "count()",    "*",
                                       ":",          "&",
                                       "=",          "{1,2}",
                                       "1",          "-1",
                                       "nullsfirst", ".desc",
                                       "\"",         "%22",
                                       "(any)",      "fts(english).",
                                       "like.",      "name"};
  for (int i = 0; i < 1'500; ++i) {
    std::string query;
    const unsigned length = 1 + make.roll(12);
    for (unsigned at = 0; at < length; ++at) query += make.pick(words);
    SCOPED_TRACE(query);
    const auto response = shop().ask(get(cat("/", make.pick({"orders", "customers"}), "?", query)));
    if (response.status < 300) continue;
    const json::Value body = as_json(response.body.bytes());
    ASSERT_TRUE(body.is_object()) << response.body.bytes();
    const std::string_view code = json::text_or(body.get_object(), "code");
    EXPECT_TRUE(code.starts_with("PGRST1") || code.starts_with("PGRST2") || code.size() == 5)
        << response.body.bytes();
    EXPECT_NE(code, "42601") << "a statement that is no SQL: " << response.body.bytes();
    EXPECT_LT(response.status, 500U) << response.body.bytes();
  }
}

}  // namespace
}  // namespace flash::rest_rig
