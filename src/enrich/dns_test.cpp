#include "enrich/dns.h"

#include <gtest/gtest.h>

#include <chrono>

#include "enrich/mail_domain.h"
#include "enrich/test_servers.h"

namespace flash::enrich {
namespace {

std::string facts_of(const Answer& answer) {
  std::string out = answer.reason;
  for (const Fact& fact : answer.facts)
    out += text::cat(out.empty() ? "" : " ", fact.name, "=", fact.value);
  return out;
}

TEST(PublicDomain, IsAskedForOnlyWhenTheWorldMayKnowIt) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"ana@Shop.Example", "shop.example"},
      {"ana@büro.example", ""},
      {"ana@xn--bro-hoa.example", "xn--bro-hoa.example"},
      {"a@b@shop.example", "shop.example"},
      {"", ""},
      {"ana", ""},
      {"ana@shop", ""},
      {"ana@localhost", ""},
      {"ana@db.internal", ""},
      {"ana@printer.local", ""},
      {"ana@router.home.arpa", ""},
      {"ana@hidden.onion", ""},
      {"ana@[192.0.2.1]", ""},
      {"ana@192.0.2.1", ""},
      {"ana@shop..example", ""},
      {"ana@.example", ""},
      {"ana@shop.example.", ""},
      {"ana@shop.example/../x", ""},
      {"ana@" + std::string(260, 'a') + ".example", ""},
  };
  for (const auto& [email, domain] : cases) {
    SCOPED_TRACE(email);
    EXPECT_EQ(public_domain(email), domain);
  }
}

TEST(DnsServerSetting, IsSystemOrOneAddress) {
  EXPECT_TRUE(read_dns_server("system")->address.empty());
  EXPECT_EQ(read_dns_server("192.0.2.1")->port, 53);
  EXPECT_EQ(read_dns_server("192.0.2.1:5353")->port, 5353);
  for (const auto* bad : {"", "here", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:70000", "::1"})
    EXPECT_FALSE(read_dns_server(bad)) << bad;
}

TEST(MailDomain, SaysWhatItsRecordsSay) {
  TestNameServer names({
      {"shop.example",
       {.mx = {{20, "alt1.aspmx.l.google.com"}, {10, "aspmx.l.google.com"}}, .host = true}},
      {"plain.example", {.mx = {}, .host = true}},
      {"refuses.example", {.mx = {{0, ""}}}},
      {"gmail.com", {.mx = {{5, "gmail-smtp-in.l.google.com"}}, .host = true}},
      {"only-www.example", {.mx = {{10, "mail.only-www.example"}}}},
      {"www.only-www.example", {.host = true}},
      {"nothing.example", {}},
  });
  const DnsServer server = *read_dns_server(names.setting());
  const std::vector<std::pair<std::string, std::string>> cases{
      {"shop.example",
       "domain_exists=yes mailbox=own_domain accepts_mail=yes mail_servers=aspmx.l.google.com, "
       "alt1.aspmx.l.google.com provider=google website=shop.example"},
      {"plain.example",
       "domain_exists=yes mailbox=own_domain accepts_mail=yes website=plain.example"},
      {"refuses.example", "domain_exists=yes mailbox=own_domain accepts_mail=no"},
      {"gmail.com",
       "domain_exists=yes mailbox=personal accepts_mail=yes "
       "mail_servers=gmail-smtp-in.l.google.com provider=google"},
      {"only-www.example",
       "domain_exists=yes mailbox=own_domain accepts_mail=yes "
       "mail_servers=mail.only-www.example website=only-www.example"},
      {"nothing.example", "domain_exists=yes mailbox=own_domain accepts_mail=no"},
      {"gone.example", "domain_exists=no"},
  };
  for (const auto& [domain, facts] : cases) {
    SCOPED_TRACE(domain);
    EXPECT_EQ(facts_of(mail_domain_facts(server, domain)), facts);
  }
}

TEST(MailDomain, ASilentServerIsWaitedForFourSecondsAtMost) {
  TestNameServer names({{"slow.example", {.silent = true}}});
  const auto began = std::chrono::steady_clock::now();
  const Answer answer = mail_domain_facts(*read_dns_server(names.setting()), "slow.example");
  EXPECT_EQ(answer.outcome, Outcome::failed);
  EXPECT_EQ(answer.reason, "timed_out");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
  EXPECT_EQ(names.asked(), 2);
}

TEST(MailDomain, WhatCannotBeReadIsNoFact) {
  const std::string head("\xC0\x0C\x00\x0F\x00\x01\x00\x00\x00\x3C", 10);
  TestNameServer names({
      {"cut.example", {.raw = head + std::string("\x00\x40\x00\x0A\x04mail", 9)}},
      {"loop.example", {.raw = head + std::string("\x00\x04\x00\x0A\xC0\x2C", 6)}},
      {"short.example", {.raw = head + std::string("\x00\x01\x00", 3)}},
      {"odd.example", {.raw = head + std::string("\x00\x09\x00\x0A\x05<b>!\x01\x00", 11)}},
      {"broken.example", {.rcode = 2}},
      {"refused.example", {.rcode = 5}},
  });
  const DnsServer server = *read_dns_server(names.setting());
  for (const auto* domain : {"cut.example", "loop.example", "short.example", "odd.example",
                             "broken.example", "refused.example"}) {
    const Answer answer = mail_domain_facts(server, domain);
    EXPECT_EQ(answer.outcome, Outcome::failed) << domain << ": " << facts_of(answer);
    EXPECT_TRUE(answer.facts.empty()) << domain;
  }
}

TEST(AskDns, KeepsSixteenRecordsAtMost) {
  TestNameServer::Entry sixteen, more;
  for (int i = 0; i < 20; ++i) {
    if (i < 16) sixteen.mx.emplace_back(i, text::cat("m", std::to_string(i), ".x.example"));
    more.mx.emplace_back(i, text::cat("m", std::to_string(i), ".x.example"));
  }
  TestNameServer names({{"sixteen.example", sixteen}, {"more.example", more}});
  const DnsServer server = *read_dns_server(names.setting());
  EXPECT_EQ(ask_dns(server, "sixteen.example", RecordType::mx)->records.size(), 16U);
  EXPECT_EQ(ask_dns(server, "more.example", RecordType::mx)->records.size(), 16U);
}

}  // namespace
}  // namespace flash::enrich
