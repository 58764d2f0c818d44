// The table of facts that conditions may ask for.
#include <algorithm>
#include <array>

#include "leads/condition.h"

namespace flash::leads {
namespace {

using std::string_view;

constexpr std::array<string_view, 6> trades{"restaurant", "retail",     "hospitality",
                                            "healthcare", "automotive", "other"};
constexpr std::array<string_view, 5> revenue{"0-10k", "10k-50k", "50k-100k", "100k-250k", "250k+"};
constexpr std::array<string_view, 5> staff{"1-5", "6-20", "21-50", "51-100", "100+"};
constexpr std::array<string_view, 5> languages{"en", "nl", "es", "fr", "pap"};
constexpr std::array<string_view, 5> channels{"public_form", "rep_form", "import", "api", "sql"};
constexpr std::array<string_view, 4> bands{"hot", "warm", "cool", "cold"};
constexpr std::array<string_view, 8> pains{
    "high_fees",    "slow_processing",   "international_payments",
    "poor_support", "security_concerns", "reporting",
    "integration",  "equipment"};

constexpr std::array fields{
    FactField{"business_type", FactType::text, trades},
    FactField{"country", FactType::text, {}},    // ISO 3166-1 alpha-2
    FactField{"territory", FactType::text, {}},  // code of the node that the lead lies on
    FactField{"monthly_revenue_band", FactType::text, revenue},
    FactField{"employee_band", FactType::text, staff},
    FactField{"preferred_language", FactType::text, languages},
    FactField{"channel", FactType::text, channels},
    FactField{"score_band", FactType::text, bands},
    FactField{"current_processor", FactType::text, {}},
    FactField{"lead_score", FactType::number, {}},
    FactField{"interest_level", FactType::number, {}},
    FactField{"monthly_transactions", FactType::number, {}},
    FactField{"year_established", FactType::number, {}},
    FactField{"value_usd", FactType::number, {}},  // as stated, never guessed
    FactField{"previous_customer", FactType::truth, {}},
    FactField{"package_seen", FactType::truth, {}},
    FactField{"signed_up", FactType::truth, {}},
    FactField{"working_hours", FactType::truth, {}},  // of its territory, at that moment
    FactField{"has_email", FactType::truth, {}},
    FactField{"has_phone", FactType::truth, {}},
    FactField{"pain_points", FactType::list, pains},
    FactField{"flags", FactType::list, {}},
};

}  // namespace

std::string_view to_text(FactType type) {
  switch (type) {
    case FactType::text: return "text";
    case FactType::number: return "number";
    case FactType::truth: return "truth";
    case FactType::list: return "list";
  }
  return {};
}

std::span<const FactField> fact_fields() { return fields; }

const FactField* fact_field(std::string_view name) {
  const auto* found = std::ranges::find(fields, name, &FactField::name);
  return found == fields.end() ? nullptr : found;
}

}  // namespace flash::leads
