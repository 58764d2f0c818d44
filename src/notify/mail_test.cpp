#include "notify/mail.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/text.h"
#include "json/value.h"
#include "notify/letter.h"

namespace flash::notify {
namespace {

Mail plain() {
  Mail mail;
  mail.from = {"Harbour Pay", "no-reply@pay.example"};
  mail.to = {"Marcia", "marcia@shop.example"};
  mail.subject = "Hello";
  mail.text = "text";
  mail.html = "<p>text</p>";
  mail.message_id = "outbox-7@pay.example";
  mail.date = Instant(std::chrono::seconds(1'790'000'000));
  return mail;
}

std::string head_of(const Mail& mail) {
  const auto bytes = to_bytes(mail);
  EXPECT_TRUE(bytes);
  return bytes ? bytes->substr(0, bytes->find("\r\n\r\n")) : std::string{};
}

TEST(Mail, HasTheHeadersOfRfc5322) {
  EXPECT_EQ(head_of(plain()),
            "Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n"
            "From: Harbour Pay\r\n <no-reply@pay.example>\r\n"
            "To: Marcia\r\n <marcia@shop.example>\r\n"
            "Subject: Hello\r\n"
            "Message-ID:\r\n <outbox-7@pay.example>\r\n"
            "MIME-Version: 1.0\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "Content-Type: multipart/alternative;\r\n boundary=\"=_flash_alternative\"");
}

TEST(Mail, NothingInATextCanAddAHeaderOrEndThePart) {
  const auto lines = [](const Mail& mail) { return text::split(head_of(mail), '\n').size(); };
  const std::size_t harmless = lines(plain());
  for (const std::string_view evil :
       {"x\r\nBcc: all@shop.example", "x\nBcc: a@b.example", "x\r\n\r\nbody", "a\0b", "\x7f\x1b[2J",
        "=?UTF-8?B?eA==?=", "\"x\" <evil@b.example>,", "a, b@c.example"}) {
    Mail mail = plain();
    mail.subject = mail.from.name = mail.to.name = evil;
    EXPECT_EQ(lines(mail), harmless) << evil;
    EXPECT_EQ(head_of(mail).find("Bcc"), std::string::npos);
    EXPECT_EQ(head_of(mail).find("evil@"), std::string::npos);
  }
  Mail mail = plain();
  mail.text = mail.html = "--=_flash_alternative--\r\n.\r\nQUIT\r\n";
  const auto bytes = to_bytes(mail);
  EXPECT_EQ(bytes->find("QUIT"), std::string::npos) << "base64";
}

TEST(Mail, LongAndForeignSubjectsAreFoldedBetweenCharacters) {
  Mail mail = plain();
  mail.subject.clear();
  for (int i = 0; i < 60; ++i) mail.subject += "çé€";
  const std::string head = head_of(mail);
  std::string decoded;
  for (std::string_view line : text::split(head, '\n')) {
    EXPECT_LE(line.size(), 79U) << line;
    if (const auto at = line.find("=?UTF-8?B?"); at != std::string_view::npos) {
      line = line.substr(at + 10);
      const auto piece = bytes::from_base64(line.substr(0, line.find("?=")));
      ASSERT_TRUE(piece);
      EXPECT_TRUE(text::is_clean_utf8(*piece)) << "each word stands alone";
      decoded += *piece;
    }
  }
  EXPECT_EQ(decoded, mail.subject);
}

TEST(Mail, AddressesAreChecked) {
  for (const std::string_view good :
       {"a@b.example", "first.last+tag@sub.shop.example", "x@localhost", "o'neil@x-y.example"})
    EXPECT_TRUE(is_address(good)) << good;
  for (const std::string_view bad :
       {"", "a", "@b.example", "a@", "a@b", "a b@c.example", "a@b.example\r\nRCPT TO:<x@y.example>",
        "a@b.example>", "<a@b.example", "a..b@c.example", ".a@c.example", "a@-b.example",
        "\"a\"@b.example", "a@b..example", "é@b.example", "a@[127.0.0.1]", "a\0@b.example"})
    EXPECT_FALSE(is_address(bad)) << bad;
  EXPECT_FALSE(is_address(std::string(250, 'a') + "@b.example"));
  EXPECT_EQ(parse_mailbox(" Harbour Pay <a@b.example> ")->name, "Harbour Pay");
  EXPECT_EQ(parse_mailbox("a@b.example")->address, "a@b.example");
  EXPECT_FALSE(parse_mailbox("Harbour Pay"));
  Mail mail = plain();
  mail.to.address = "a@b.example\r\nX: y";
  EXPECT_EQ(to_bytes(mail).error().code, "bad_address");
}

TEST(Letter, SpeaksTheReadersLanguageAndEscapesFacts) {
  const auto payload = json::parse_object(
      R"({"name": "<b>Ana</b>", "business_name": "{reference} & Sons", "reference": "FL-7Q2K9B"})");
  const Site site{"Harbour Pay", "https://pay.example"};
  const Letter spanish = compose("lead_received", *payload, "es", site);
  EXPECT_EQ(spanish.subject, "Hemos recibido su solicitud: FL-7Q2K9B");
  EXPECT_NE(plain_of(spanish).find("para {reference} & Sons y pronto"), std::string::npos)
      << "facts are not read again";
  const std::string html = html_of(spanish, "es");
  EXPECT_NE(html.find("Hola &lt;b&gt;Ana&lt;/b&gt;:"), std::string::npos) << html;
  EXPECT_EQ(html.find("<b>"), std::string::npos);
  EXPECT_EQ(compose("lead_received", *payload, "de", site).subject,
            "We have your request: FL-7Q2K9B");
}

TEST(Letter, NoticesLinkToTheirLead) {
  const auto payload = json::parse_object(
      R"({"submission_id": "0190", "params": {"business_name": "Shop", "reason": "Rule 40"}})");
  const Letter letter =
      compose("notice.lead_assigned", *payload, "en", {"Harbour Pay", "https://pay.example"});
  EXPECT_EQ(letter.subject, "New lead for you: Shop");
  EXPECT_EQ(
      plain_of(letter),
      "Shop is now your lead.\r\n\r\nRule 40\r\n\r\nOpen: https://pay.example/leads/0190\r\n");
  const auto nothing = json::parse_object("{}");
  EXPECT_EQ(
      compose("notice.of_tomorrow", *nothing, "en", {"Harbour Pay", "https://x.example"}).subject,
      "News at Harbour Pay");
}

}  // namespace
}  // namespace flash::notify
