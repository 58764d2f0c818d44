// Conditions made at random against SQL by hand, and hostile text in every place of a request.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "api/rest_rig.h"
#include "json/write.h"
#include "sql/lexer.h"

namespace flash::rest_rig {
namespace {

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

// "@" stands for the text: percent-coded in a target, a JSON string in a body, as it is in a header
// and in a body of another type, which its header tells.
struct Place {
  Method method;
  std::string_view target, body;
  std::string_view header = {}, value = {};
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
    Place{Method::post, "/tags?columns=@", R"({"id":1,"label":"urgent"})"},
    Place{Method::get, "/orders?select=id,customers(name)&customers.name=eq.@", ""},
    Place{Method::get, "/orders?select=id,customers(name)&customers.@=eq.1", ""},
    Place{Method::get, "/orders?select=id,customers(name)&customers.order=@", ""},
    Place{Method::get, "/orders?select=id,customers(name)&customers.or=(name.eq.@)", ""},
    Place{Method::get, "/orders?select=id,customers(@)", ""},
    Place{Method::get, "/orders?select=id,...@(name)", ""},
    Place{Method::get, "/orders?select=@.sum()", ""},
    Place{Method::get, "/orders?select=id&order=customers(@)", ""},
    Place{Method::put, "/tags?id=eq.@", R"({"id":1,"label":"urgent"})"},
    Place{Method::post, "/tags", "id,@\n1,x", "Content-Type", "text/csv"},
    Place{Method::post, "/rpc/stats", "p_city=@", "Content-Type",
          "application/x-www-form-urlencoded"},
    Place{Method::get, "/orders?limit=1", "", "Prefer", "timezone=@"},
    Place{Method::get, "/orders?limit=1", "", "Prefer", "@"},
    Place{Method::get, "/orders?limit=1", "", "Accept-Profile", "@"},
    Place{Method::post, "/rpc/stats", "{}", "Content-Profile", "@"},
    Place{Method::get, "/orders", "", "Range", "@"},
    Place{Method::get, "/orders?limit=1", "", "Accept",
          "application/vnd.pgrst.plan+text; options=@"},
};

std::string filled(std::string_view form, std::string_view text) {
  const auto at = form.find('@');
  if (at == std::string_view::npos) return std::string(form);
  return text::cat(form.substr(0, at), text, form.substr(at + 1));
}

http::Request with_text(const Place& place, std::string_view text) {
  std::string quoted;
  json::append_quoted(quoted, text);
  const bool is_json = place.header != "Content-Type";
  http::Request out = send(place.method, filled(place.target, http::percent_encode(text)),
                           filled(place.body, is_json ? quoted : std::string(text)),
                           "resolution=ignore-duplicates");
  if (!place.header.empty()) out.headers.set(std::string(place.header), filled(place.value, text));
  return out;
}

TEST(Injection, NoTextOfARequestBecomesSql) {
  for (const Place& place : places) {
    const auto tame = token_count(with_text(place, "tame"));
    for (const std::string& text : hostile()) {
      const http::Request request = with_text(place, text);
      SCOPED_TRACE(request.target.substr(0, 300) + " " + request.body.substr(0, 300));
      if (const auto count = token_count(request)) EXPECT_EQ(count, tame);
      EXPECT_LT(shop().ask(request).status, 500U);
      EXPECT_EQ(shop().one(sql::statement("select count(*) from orders")), "4");
    }
  }
}

}  // namespace
}  // namespace flash::rest_rig
