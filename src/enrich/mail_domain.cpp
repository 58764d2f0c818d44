#include "enrich/mail_domain.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace flash::enrich {
namespace {

// Hosts of mail servers end so (the providers' own setup pages).
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> providers{{
    {"google.com", "google"},
    {"googlemail.com", "google"},
    {"outlook.com", "microsoft"},
    {"mx.microsoft", "microsoft"},
    {"zoho.com", "zoho"},
    {"zoho.eu", "zoho"},
    {"protonmail.ch", "proton"},
    {"yahoodns.net", "yahoo"},
    {"icloud.com", "apple"},
    {"messagingengine.com", "fastmail"},
    {"secureserver.net", "godaddy"},
    {"registrar-servers.com", "namecheap"},
    {"ovh.net", "ovh"},
    {"pphosted.com", "proofpoint"},
}};

// Mailboxes for everybody: the domain says nothing of a business.
constexpr std::array<std::string_view, 22> for_everybody{
    "gmail.com",  "googlemail.com", "outlook.com", "hotmail.com",  "live.com", "msn.com",
    "yahoo.com",  "ymail.com",      "icloud.com",  "me.com",       "mac.com",  "aol.com",
    "proton.me",  "protonmail.com", "gmx.com",     "gmx.net",      "mail.com", "zoho.com",
    "hotmail.fr", "hotmail.es",     "yahoo.fr",    "cwjamaica.com"};

bool is_below(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

std::string_view provider_of(const std::vector<Record>& servers) {
  for (const Record& server : servers)
    for (const auto& [host, name] : providers)
      if (is_below(server.name, host)) return name;
  return {};
}

// A host answers to the name: IPv4 or IPv6. An error only when neither can be asked.
Result<bool> has_host(const DnsServer& server, const std::string& name) {
  TRY(const auto four, ask_dns(server, name, RecordType::a));
  if (!four.records.empty()) return true;
  if (!four.exists) return false;
  TRY(const auto six, ask_dns(server, name, RecordType::aaaa));
  return !six.records.empty();
}

// RFC 7505: one record with the root as its host refuses all mail.
bool refuses_mail(const std::vector<Record>& servers) {
  return servers.size() == 1 && servers.front().name.empty();
}

std::string first_three(const std::vector<Record>& servers) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, servers.size()); ++i)
    out += text::cat(i == 0 ? "" : ", ", servers[i].name);
  return out;
}

}  // namespace

Answer mail_domain_facts(const DnsServer& server, const std::string& domain) {
  const auto mail = ask_dns(server, domain, RecordType::mx);
  if (!mail) return failed(mail.error().code);
  Answer out;
  if (!mail->exists) {
    add(out, {"domain_exists", "no"});
    return out;
  }
  add(out, {"domain_exists", "yes"});
  const bool personal = std::ranges::find(for_everybody, domain) != for_everybody.end();
  add(out, {"mailbox", personal ? "personal" : "own_domain", personal ? 100 : 80});
  auto host = has_host(server, domain);
  if (!host) return failed(host.error().code);
  // Without a record for mail it goes to the host itself (RFC 5321, section 5.1).
  const bool named = !mail->records.empty() && !refuses_mail(mail->records);
  const bool accepts = named || (mail->records.empty() && *host);
  add(out, {"accepts_mail", accepts ? "yes" : "no", named || !accepts ? 95 : 60});
  if (named) {
    add(out, {"mail_servers", first_three(mail->records)});
    add(out, {"provider", std::string(provider_of(mail->records)), 90});
  }
  if (!*host && !personal) host = has_host(server, text::cat("www.", domain));
  if (host && *host && !personal) add(out, {"website", domain, 60});
  return out;
}

}  // namespace flash::enrich
