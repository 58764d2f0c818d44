// A lead as the pipeline sees it: checked facts, and the faults of a form that had others.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "score/facts.h"

namespace flash::leads {

struct Phone {
  std::string number;  // E.164 with its plus sign
  std::string label = "mobile";
  bool primary = false;
};

// Texts are trimmed UTF-8; empty means "not given". Money is in hundredths.
struct Lead {
  std::string business_name, owner_name;
  std::string email;          // domain in lower case
  std::vector<Phone> phones;  // the primary one first, no number twice
  std::string country;        // ISO 3166-1 alpha-2
  std::string sub_area;       // territory code as stated
  std::string postal_code, address, business_type;
  std::string revenue_band, employee_band;
  std::optional<int> monthly_transactions, year_established;
  std::optional<std::int64_t> average_ticket, stated_value;
  std::vector<std::string> pain_points, decision_makers;
  std::string current_processor;
  int interest = 0;  // 1 to 10
  std::string specific_needs, language;
  bool package_seen = false, signed_up = false;
  bool consent_contact = false, consent_marketing = false;
  std::string consent_version;
  std::string form_data = "{}";    // a JSON object
  std::vector<std::string> flags;  // warnings: facts that look odd and are kept
  bool spam = false;               // the hidden field was filled, or it came too fast
};

// `field` is a path with dots: "phones.0.number". `rule` is one of the ids that
// tests/fixtures/submissions/README.md explains.
struct Fault {
  std::string field;
  std::string_view rule;
  std::string message;
};

// The facts that a score is made of; `this_year` turns the year of opening into an age.
score::Facts facts_of(const Lead& lead, int this_year);

}  // namespace flash::leads
