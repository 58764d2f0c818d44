#include <gtest/gtest.h>

#include "http/cors.h"
#include "http/headers.h"
#include "http/url.h"

namespace flash::http {
namespace {

TEST(Headers, names_are_case_blind_and_repeats_join) {
  Headers h{{"Accept", "a"}, {"X", ""}};
  h.add("accept", "b, c");
  EXPECT_EQ(h.find("ACCEPT"), "a");
  EXPECT_EQ(h.joined("Accept"), "a, b, c");
  EXPECT_EQ(h.find("X"), "");
  EXPECT_EQ(h.find("Y"), std::nullopt);
  h.set("Accept", "d");
  EXPECT_EQ(h.joined("accept"), "d");
  EXPECT_EQ(comma_list(" a, \"b,c\" ,,d "), (std::vector<std::string_view>{"a", "\"b,c\"", "d"}));
  EXPECT_FALSE(is_safe_value("a\r\nSet-Cookie: x"));
}

TEST(Url, percent_coding_refuses_what_is_broken) {
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("a+c", false), "a+c");
  EXPECT_EQ(percent_decode("%41", false), "A");
  for (const char* bad : {"%", "%4", "%zz", "a%", "%00", "%ff", "%C3"})
    EXPECT_FALSE(percent_decode(bad, true)) << bad;
  EXPECT_EQ(percent_encode("a b/ç~"), "a%20b%2F%C3%A7~");
}

TEST(Url, queries_keep_order_and_repeats) {
  const auto query = parse_query("a=1&b=x%3Dy&a=2&flag&=v&&");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query, (Query{{"a", "1"}, {"b", "x=y"}, {"a", "2"}, {"flag", ""}, {"", "v"}}));
  EXPECT_FALSE(parse_query("a=%"));
  EXPECT_TRUE(parse_query("a&b", 2));
  EXPECT_FALSE(parse_query("a&b&c", 2));
}

TEST(Url, a_path_cannot_climb) {
  EXPECT_EQ(*path_segments("/a//b%20c/"), (std::vector<std::string>{"a", "b c"}));
  EXPECT_FALSE(path_segments("/a/../b"));
  EXPECT_FALSE(path_segments("/a/%2e%2e/b"));
}

TEST(Cors, an_allowed_origin_may_read_and_another_may_not) {
  const CorsRules some{{"https://a.example", "https://b.example"}};
  Headers good, evil, any;
  allow_origin(some, "https://b.example", good);
  allow_origin(some, "https://evil.example", evil);
  allow_origin(CorsRules{}, "https://x.example", any);
  EXPECT_EQ(good.find("Access-Control-Allow-Origin"), "https://b.example");
  EXPECT_EQ(good.find("Vary"), "Origin");
  EXPECT_EQ(evil.size(), 0U);
  EXPECT_EQ(any.find("Access-Control-Allow-Origin"), "*");
}

TEST(Cors, a_preflight_is_answered_with_what_the_origin_may_do) {
  Request request;
  request.method = Method::options;
  request.headers = Headers{{"Origin", "https://a.example"},
                            {"Access-Control-Request-Method", "PATCH"},
                            {"Access-Control-Request-Headers", "apikey,prefer"}};
  ASSERT_TRUE(is_preflight(request));
  const Response response = preflight(CorsRules{}, request);
  EXPECT_EQ(response.status, 204U);
  EXPECT_EQ(response.headers.find("Access-Control-Allow-Headers"), "apikey,prefer");
  EXPECT_FALSE(preflight(CorsRules{{"https://b.example"}}, request)
                   .headers.find("Access-Control-Allow-Methods"));
}

}  // namespace
}  // namespace flash::http
