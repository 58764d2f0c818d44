#include "worker/row.h"

#include <cmath>

#include "json/read.h"
#include "score/report.h"
#include "worker/ask.h"

namespace flash::worker {
namespace {

std::optional<int> maybe_int(const json::Object& row, std::string_view key) {
  if (json::find(row, key) == nullptr) return std::nullopt;
  return static_cast<int>(json::int_or(row, key));
}

}  // namespace

leads::Lead lead_of_row(const json::Object& row) {
  leads::Lead lead;
  lead.business_name = json::text_or(row, "business_name");
  lead.owner_name = json::text_or(row, "owner_name");
  lead.email = json::text_or(row, "email");
  lead.country = json::text_or(row, "country");
  lead.postal_code = json::text_or(row, "postal_code");
  lead.address = json::text_or(row, "address");
  lead.business_type = json::text_or(row, "business_type");
  lead.revenue_band = json::text_or(row, "monthly_revenue_band");
  lead.employee_band = json::text_or(row, "employee_band");
  lead.monthly_transactions = maybe_int(row, "monthly_transactions");
  lead.year_established = maybe_int(row, "year_established");
  if (json::find(row, "stated_value") != nullptr)
    lead.stated_value = std::llround(json::number_or(row, "stated_value") * 100);
  lead.pain_points = json::strings_or_empty(row, "pain_points");
  lead.current_processor = json::text_or(row, "current_processor");
  lead.interest = static_cast<int>(json::int_or(row, "interest_level"));
  lead.specific_needs = json::text_or(row, "specific_needs");
  lead.language = json::text_or(row, "preferred_language");
  lead.package_seen = json::bool_or(row, "package_seen");
  lead.signed_up = json::bool_or(row, "signed_up");
  lead.consent_marketing = json::bool_or(row, "consent_marketing");
  lead.flags = json::strings_or_empty(row, "flags");
  return lead;
}

void add_rescore(json::Writer& out, const json::Object& row, const leads::Places& places,
                 std::int64_t at_us) {
  const auto* place = places.find(static_cast<int>(json::int_or(row, "territory_id")));
  const auto facts = leads::facts_of(lead_of_row(row), year_of(at_us));
  const auto score = score::points_v2(facts, place != nullptr ? place->score_percent : 100);
  out.object()
      .field("id", json::text_or(row, "id"))
      .field("at_us", at_us)
      .field("score", score.score);
  out.field("basic_score", score::seed_basic_v1(facts)).field("band", score::to_text(score.band));
  out.field("model", score::points_model).raw_field("factors", score::factors_json(score));
  out.field("adjustment", score.adjustment).field("completeness", score.completeness);
  out.field("confidence", score.confidence).end_object();
}

}  // namespace flash::worker
