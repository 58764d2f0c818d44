#include "enrich/company.h"

#include "base/text.h"
#include "enrich/likeness.h"
#include "json/read.h"

namespace flash::enrich {
namespace {

constexpr json::Limits reply_limits{.bytes_max = 256 * 1024, .depth_max = 16};

// Where the form of a country keeps the number in its register (spec: territory fields).
std::string_view number_field(std::string_view country) {
  if (country == "JM") return "form.business_registration_number";
  if (country == "KY") return "form.company_registration";
  if (country == "CW") return "form.chamber_of_commerce_number";
  return {};
}

// "2011-08-25", or what else begins with a year; empty: none that a lead may have.
std::string year_of(std::string_view date) {
  const auto year = text::parse_int<int>(date.substr(0, 4));
  return year && *year >= 1800 && *year <= 2200 ? std::to_string(*year) : std::string{};
}

// Registers write an address in lines; a field has one.
std::string one_line(std::string_view address) {
  std::string out;
  for (auto line : text::split(address, '\n'))
    if (line = text::trim(line); !line.empty()) out += text::cat(out.empty() ? "" : ", ", line);
  return out;
}

Answer facts_of(const json::Object& company, const Lead& lead, int sure) {
  Answer out;
  const auto say = [&](std::string_view name, std::string_view value, std::string_view field = {}) {
    add(out, {std::string(name), std::string(value), sure, std::string(field)});
  };
  say("name", json::text_or(company, "name"));
  const auto number = json::text_or(company, "company_number");
  say("number", number, number.size() <= 20 ? number_field(lead.country) : std::string_view{});
  say("status", json::text_or(company, "current_status"));
  say("kind", json::text_or(company, "company_type"));
  say("year", year_of(json::text_or(company, "incorporation_date")), "year_established");
  say("address", one_line(json::text_or(company, "registered_address_in_full")), "address");
  const auto page = json::text_or(company, "opencorporates_url");
  if (page.starts_with("https://")) say("page", page);
  return out;
}

}  // namespace

Ask company_question(const std::string& url, const std::string& key, const Lead& lead) {
  Ask out;
  out.url = text::cat(url, url.find('?') == std::string::npos ? "?" : "&",
                      "q=", query_coded(lead.business_name),
                      "&jurisdiction_code=", query_coded(text::lower(lead.country)),
                      "&per_page=10&api_token=", query_coded(key));
  return out;
}

Result<Answer> company_facts(std::string_view reply, const Lead& lead) {
  const auto document = json::parse_object(reply, reply_limits);
  if (!document)
    return fail(Kind::unprocessable, "unreadable", "the service's reply cannot be read");
  const std::string jurisdiction = text::lower(lead.country);
  const json::Object* best = nullptr;
  int best_sure = alike - 1;
  for (const auto& entry :
       json::array_or_empty(json::object_or_empty(*document, "results"), "companies")) {
    if (!entry.is_object()) continue;
    const auto& company = json::object_or_empty(entry.as_object(), "company");
    const auto code = json::text_or(company, "jurisdiction_code");
    if (code.substr(0, code.find('_')) != jurisdiction) continue;
    // A dissolved company of the same name is less likely the one that asks for an offer.
    const int sure = likeness(json::text_or(company, "name"), lead.business_name) *
                     (json::bool_or(company, "inactive") ? 7 : 9) / 10;
    if (sure <= best_sure) continue;
    best = &company;
    best_sure = sure;
  }
  if (best == nullptr) return Answer{};
  return facts_of(*best, lead, best_sure);
}

}  // namespace flash::enrich
