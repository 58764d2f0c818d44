#include "leads/lead.h"

#include <algorithm>

namespace flash::leads {

score::Facts facts_of(const Lead& lead, int this_year) {
  score::Facts facts;
  facts.revenue_band = lead.revenue_band;
  facts.employee_band = lead.employee_band;
  if (lead.interest > 0) facts.interest = lead.interest;
  facts.monthly_transactions = lead.monthly_transactions;
  facts.pain_points = lead.pain_points;
  facts.package_seen = lead.package_seen;
  facts.signed_up = lead.signed_up;
  facts.processor_named = !lead.current_processor.empty();
  if (lead.year_established) facts.business_age = std::max(0, this_year - *lead.year_established);
  facts.business_type = lead.business_type;
  return facts;
}

}  // namespace flash::leads
