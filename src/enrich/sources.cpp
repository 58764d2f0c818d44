#include "enrich/sources.h"

#include <algorithm>

#include "base/text.h"
#include "enrich/company.h"
#include "enrich/dns.h"
#include "enrich/fetch.h"
#include "enrich/mail_domain.h"
#include "enrich/phone.h"
#include "enrich/places.h"

namespace flash::enrich {
namespace {

using Question = Ask (*)(const std::string&, const std::string&, const Lead&);
using Reading = Result<Answer> (*)(std::string_view, const Lead&);

std::string why_off(const std::string& url, const std::string& key) {
  if (url.empty()) return "no_url";
  if (key.empty()) return "no_key";
  if (!check_url(url)) return "bad_url";
  // A line break would be a header of its own.
  const bool printable = std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
  return printable ? std::string{} : "bad_key";
}

Source over_http(std::string name, const std::string& url, const std::string& key,
                 Question question, Reading reading) {
  Source out;
  out.name = std::move(name);
  out.off = why_off(url, key);
  out.subject = [](const Lead& lead) {
    if (lead.business_name.empty() || lead.country.size() != 2) return std::string{};
    return text::cat(text::clip_utf8(lead.business_name, subject_bytes_max - 8), ", ",
                     lead.country);
  };
  out.ask = [url, key, question, reading](const Lead& lead) {
    const auto reply = fetch(question(url, key, lead));
    if (!reply) return failed(reply.error().code);
    auto answer = reading(*reply, lead);
    return answer ? *std::move(answer) : failed(answer.error().code);
  };
  return out;
}

Source mail_source(const std::string& setting) {
  Source out;
  out.name = "mail";
  DnsServer server;
  if (setting == "off") {
    out.off = "switched_off";
  } else if (auto read = read_dns_server(setting)) {
    server = *std::move(read);
  } else {
    out.off = "bad_server";
  }
  out.subject = [](const Lead& lead) { return public_domain(lead.email); };
  out.ask = [server](const Lead& lead) {
    return mail_domain_facts(server, public_domain(lead.email));
  };
  return out;
}

}  // namespace

std::vector<Source> sources_of(const config::Settings& settings) {
  std::vector<Source> out;
  out.push_back({.name = "phone",
                 .off = {},
                 .kept = false,
                 .subject = [](const Lead& lead) { return lead.phone; },
                 .ask = [](const Lead& lead) { return phone_facts(lead.phone); }});
  out.push_back(mail_source(settings.facts_dns));
  out.push_back(over_http("places", settings.places_url, settings.places_key, &places_question,
                          &places_facts));
  out.push_back(over_http("company", settings.company_url, settings.company_key, &company_question,
                          &company_facts));
  return out;
}

}  // namespace flash::enrich
