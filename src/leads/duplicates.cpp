#include "leads/duplicates.h"

#include "json/read.h"
#include "json/write.h"

namespace flash::leads {

Kinship kinship(const std::vector<Match>& matches) {
  Kinship out;
  for (const bool open : {true, false}) {
    for (const auto by : {Match::By::email, Match::By::phone}) {
      for (const auto& match : matches) {
        if (match.by != by || match.open != open) continue;
        (open ? out.duplicate_of : out.previous) = &match;
        return out;
      }
    }
  }
  for (const auto& match : matches) out.similar = out.similar || match.by == Match::By::name;
  return out;
}

std::string proposed_facts(const Lead& lead, const json::Object& earlier) {
  json::Writer out;
  out.object();
  const auto text = [&](std::string_view name, const std::string& value) {
    if (!value.empty() && json::text_or(earlier, name) != value) out.field(name, value);
  };
  const auto number = [&](std::string_view name, std::optional<int> value) {
    if (value && (json::find(earlier, name) == nullptr || json::int_or(earlier, name) != *value))
      out.field(name, *value);
  };
  text("business_name", lead.business_name);
  text("owner_name", lead.owner_name);
  text("email", lead.email);
  text("phone", lead.phones.empty() ? std::string{} : lead.phones.front().number);
  text("postal_code", lead.postal_code);
  text("address", lead.address);
  text("business_type", lead.business_type);
  text("monthly_revenue_band", lead.revenue_band);
  text("employee_band", lead.employee_band);
  text("current_processor", lead.current_processor);
  text("specific_needs", lead.specific_needs);
  text("preferred_language", lead.language);
  number("monthly_transactions", lead.monthly_transactions);
  number("year_established", lead.year_established);
  number("interest_level", lead.interest > 0 ? std::optional(lead.interest) : std::nullopt);
  out.end_object();
  return std::move(out).take();
}

}  // namespace flash::leads
