// What the domain of an e-mail address says of a business, from its records in the DNS.
#pragma once
#include <string>

#include "enrich/dns.h"
#include "enrich/fact.h"

namespace flash::enrich {

// Blocks; nothing is fetched from the domain, only the name servers are asked. Facts: domain_exists
// (yes, no), accepts_mail (yes, no), mail_servers (the first three), provider (google, microsoft
// ...; empty where the servers are the domain's own or unknown), mailbox (personal, where the
// domain gives mailboxes to everybody; else own_domain), website (the domain, where a host answers
// to it or to www).
Answer mail_domain_facts(const DnsServer& server, const std::string& domain);

}  // namespace flash::enrich
