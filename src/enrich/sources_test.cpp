#include "enrich/sources.h"

#include <gtest/gtest.h>

#include <chrono>

#include "enrich/fetch.h"
#include "enrich/likeness.h"
#include "enrich/phone.h"
#include "enrich/test_servers.h"

namespace flash::enrich {
namespace {

Lead harbour() {
  Lead out;
  out.business_name = "Harbour Grill Ltd";
  out.country = "JM";
  return out;
}

std::string said(const Answer& answer) {
  std::string out = answer.reason;
  for (const Fact& fact : answer.facts) {
    out += text::cat(out.empty() ? "" : "; ", fact.name, "=", fact.value, " ",
                     std::to_string(fact.sure));
    if (!fact.field.empty()) out += text::cat(" >", fact.field);
  }
  return out;
}

TEST(Phone, SaysWhatKindOfNumberItIs) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"+18761111234", "valid=no 100"},
      {"+18769221234", "valid=yes 100; line=fixed 100; region=JM 100; national=(876) 922-1234 100"},
      {"+59995181234", "valid=yes 100; line=mobile 100; region=CW 100; national=9 518 1234 100"},
      {"nonsense", "valid=no 100"},
  };
  for (const auto& [number, facts] : cases) EXPECT_EQ(said(phone_facts(number)), facts) << number;
}

TEST(Likeness, IsOfWordsWithoutLegalForms) {
  EXPECT_EQ(likeness("Harbour Grill Ltd.", "HARBOUR GRILL"), 100);
  EXPECT_EQ(likeness("Café Él Mar N.V.", "cafe el mar"), 100);
  EXPECT_EQ(likeness("Harbour Grill", "Harbour Hotel"), 50);
  EXPECT_EQ(likeness("Harbour Grill", "Sunset Bar"), 0);
  EXPECT_EQ(likeness("Ltd", "Ltd"), 0);
  EXPECT_EQ(likeness("", ""), 0);
}

TEST(Facts, AreBounded) {
  Answer answer;
  add(answer, {"a", std::string(value_bytes_max, 'x')});
  add(answer, {"b", std::string(value_bytes_max + 1, 'x')});
  EXPECT_EQ(answer.facts.at(0).value.size(), value_bytes_max);
  EXPECT_EQ(answer.facts.at(1).value.size(), value_bytes_max);
  add(answer, {"c", "  "});
  add(answer, {"d", "two\nlines"});
  add(answer, {"e", "turned \xE2\x80\xAE round"});
  add(answer, {"f", "\xFF"});
  EXPECT_EQ(answer.facts.size(), 2U);
  for (std::size_t i = 2; i < facts_max + 1; ++i) add(answer, {"n", "x"});
  EXPECT_EQ(answer.facts.size(), facts_max);
  const auto back =
      read_answer(text::cat(R"({"state":"found","facts":)", facts_json(answer.facts), "}"));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->facts, answer.facts);
  EXPECT_FALSE(read_answer(R"({"state":"found","facts":[]})"));
  EXPECT_FALSE(read_answer(R"({"state":"nothing","facts":[1]})"));
}

Answer ask(const std::string& name, const std::string& url, Lead lead = harbour()) {
  config::Settings settings;
  settings.places_url = settings.company_url = url;
  settings.places_key = settings.company_key = "k&y";
  for (const Source& source : sources_of(settings))
    if (source.name == name) return source.ask(lead);
  return failed("no such source");
}

constexpr std::string_view two_places = R"({"places":[
  {"displayName":{"text":"Harbour Hotel"},"formattedAddress":"9 Bay Road"},
  {"displayName":{"text":"Harbour Grill"},"formattedAddress":"1 King Street, Kingston",
   "addressComponents":[{"types":["country","political"],"shortText":"JM"}],
   "internationalPhoneNumber":"+1 876-922-1234","websiteUri":"https://harbour.example/",
   "businessStatus":"OPERATIONAL","primaryTypeDisplayName":{"text":"Restaurant"}},
  {"displayName":{"text":"Harbour Grill"},"formattedAddress":"2 Dover Street, London",
   "addressComponents":[{"types":["country"],"shortText":"GB"}]}]})";

TEST(Places, TakesTheOneThatIsCalledSoInTheCountry) {
  TestWebServer server([](const std::string&) { return TestWebServer::ok(two_places); });
  EXPECT_EQ(said(ask("places", server.url())),
            "name=Harbour Grill 90; address=1 King Street, Kingston 90 >address; "
            "phone=+18769221234 90 >phone; website=https://harbour.example/ 90; "
            "status=operational 90; kind=Restaurant 90");
  const std::string request = server.requests().at(0);
  EXPECT_TRUE(request.starts_with("POST / HTTP/1.1\r\n")) << request;
  EXPECT_NE(request.find("X-Goog-Api-Key: k&y\r\n"), std::string::npos);
  EXPECT_NE(request.find(R"({"textQuery":"Harbour Grill Ltd","regionCode":"JM")"),
            std::string::npos);
}

TEST(Places, AnotherBusinessIsNoAnswer) {
  TestWebServer server([](const std::string&) { return TestWebServer::ok(two_places); });
  Lead other = harbour();
  other.business_name = "Sunset Bar";
  const Answer answer = ask("places", server.url(), other);
  EXPECT_EQ(answer.outcome, Outcome::nothing);
  EXPECT_TRUE(answer.facts.empty());
}

TEST(Company, TakesTheActiveOneOfTheJurisdiction) {
  TestWebServer server([](const std::string&) {
    return TestWebServer::ok(R"j({"results":{"companies":[
      {"company":{"name":"HARBOUR GRILL LIMITED","company_number":"1","jurisdiction_code":"jm",
        "inactive":true}},
      {"company":{"name":"HARBOUR GRILL LIMITED","company_number":"C-4711","jurisdiction_code":"jm",
        "inactive":false,"incorporation_date":"1999-04-01","company_type":"Private Limited",
        "current_status":"Active","registered_address_in_full":"1 King Street\nKingston",
        "opencorporates_url":"javascript:alert(1)"}},
      {"company":{"name":"HARBOUR GRILL LIMITED","company_number":"2","jurisdiction_code":"us_de"}}
      ]
}
})j");
  });
  EXPECT_EQ(said(ask("company", server.url("/search"))),
            "name=HARBOUR GRILL LIMITED 90; number=C-4711 90 >form.business_registration_number; "
            "status=Active 90; kind=Private Limited 90; year=1999 90 >year_established; "
            "address=1 King Street, Kingston 90 >address");
  EXPECT_TRUE(server.requests().at(0).starts_with(
      "GET /search?q=Harbour%20Grill%20Ltd&jurisdiction_code=jm&per_page=10&api_token=k%26y "))
      << server.requests().at(0);
}

TEST(OverHttp, WhatGoesWrongIsACode) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {TestWebServer::ok("{}", "401 Unauthorized"), "key_refused"},
      {TestWebServer::ok("{}", "403 Forbidden"), "key_refused"},
      {TestWebServer::ok("{}", "429 Too Many Requests"), "too_many_questions"},
      {TestWebServer::ok("{}", "500 Oh"), "service_failed"},
      {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
       "service_failed"},
      {TestWebServer::ok("not json"), "unreadable"},
      {TestWebServer::ok("[1]"), "unreadable"},
      {"HTTP/1.1 200 OK\r\nContent-Length: 99\r\nConnection: close\r\n\r\n{}", "unreachable"},
      {"nonsense\r\n\r\n", "unreachable"},
  };
  for (const auto& [reply, reason] : cases) {
    TestWebServer server([&](const std::string&) { return reply; });
    for (const auto* source : {"places", "company"}) {
      const Answer answer = ask(source, server.url());
      EXPECT_EQ(answer.outcome, Outcome::failed) << reply;
      EXPECT_EQ(answer.reason, reason) << reply;
      EXPECT_EQ(server.requests().back().find("GET / HTTP"), std::string::npos);
    }
    EXPECT_EQ(server.requests().size(), 2U) << "nothing is asked twice, no redirection followed";
  }
  EXPECT_EQ(ask("places", "http://127.0.0.1:1/").reason, "unreachable");
}

TEST(OverHttp, ItsShapesMayBeAnything) {
  for (const auto* reply :
       {R"({"places":7,"results":7})", R"({"places":[7,null,[]],"results":{"companies":[7]}})",
        R"({"places":[{"displayName":7}],"results":{"companies":[{"company":[]}]}})", "{}"}) {
    TestWebServer server([&](const std::string&) { return TestWebServer::ok(reply); });
    for (const auto* source : {"places", "company"})
      EXPECT_EQ(ask(source, server.url()).outcome, Outcome::nothing) << reply;
  }
}

TEST(Fetch, TakesAsMuchAsItIsToldAndNoMore) {
  TestWebServer server(
      [](const std::string&) { return TestWebServer::ok(std::string(1000, 'x')); });
  Ask question;
  question.url = server.url();
  question.bytes_max = 1000;
  EXPECT_EQ(fetch(question)->size(), 1000U);
  question.bytes_max = 999;
  EXPECT_EQ(fetch(question).error().code, "reply_too_large");
}

TEST(Fetch, WaitsAsLongAsItIsToldAndNoLonger) {
  TestWebServer server([](const std::string&) { return std::string{}; });
  Ask question;
  question.url = server.url();
  question.total_ms_max = std::chrono::milliseconds(200);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(fetch(question).error().code, "timed_out");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(1500));
}

TEST(Fetch, NeitherAFileNorAnotherProtocol) {
  for (const auto* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/"}) {
    Ask question;
    question.url = url;
    EXPECT_EQ(fetch(question).error().code, "unreachable") << url;
    EXPECT_FALSE(check_url(url)) << url;
  }
  EXPECT_FALSE(check_url("https://name:word@host/"));
  EXPECT_FALSE(check_url("https://"));
  EXPECT_TRUE(check_url("https://places.googleapis.com/v1/places:searchText"));
}

TEST(Sources, AreOffWithoutUrlAndKeyAndSayWhy) {
  const auto off = [](const config::Settings& settings) {
    std::string out;
    for (const Source& source : sources_of(settings))
      out += text::cat(source.name, ":", source.off, " ");
    return out;
  };
  config::Settings settings;
  EXPECT_EQ(off(settings), "phone: mail: places:no_url company:no_url ");
  settings.places_url = "https://places.example";
  settings.company_url = "ftp://company.example";
  settings.company_key = "k";
  settings.facts_dns = "off";
  EXPECT_EQ(off(settings), "phone: mail:switched_off places:no_key company:bad_url ");
  settings.company_url = "https://company.example";
  settings.places_key = "k\r\nHost: elsewhere";
  settings.facts_dns = "everywhere";
  EXPECT_EQ(off(settings), "phone: mail:bad_server places:bad_key company: ");
}

}  // namespace
}  // namespace flash::enrich
