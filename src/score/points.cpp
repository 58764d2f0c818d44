#include "score/points.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"
#include "json/write.h"

namespace flash::score {
namespace {

constexpr std::array<std::string_view, 5> revenue_bands{"0-10k", "10k-50k", "50k-100k", "100k-250k",
                                                        "250k+"};
constexpr std::array<std::string_view, 5> employee_bands{"1-5", "6-20", "21-50", "51-100", "100+"};
// Pains that a payments seller takes away (lead-pipeline 4.3); the other three give nothing.
constexpr std::array<std::string_view, 5> relevant_pains{
    "high_fees", "slow_processing", "international_payments", "poor_support", "security_concerns"};

// 1 to 5; 0: unknown.
template <std::size_t N>
int place_of(const std::array<std::string_view, N>& bands, std::string_view band) {
  const auto at = std::ranges::find(bands, band);
  return at == bands.end() ? 0 : static_cast<int>(at - bands.begin()) + 1;
}

std::string quoted_or_null(std::string_view text) {
  if (text.empty()) return "null";
  std::string out;
  json::append_quoted(out, text);
  return out;
}

std::string number_or_null(std::optional<int> number) {
  return number ? std::to_string(*number) : "null";
}

Factor revenue(const Facts& facts) {
  const int place = place_of(revenue_bands, facts.revenue_band);
  return {"revenue",
          "Monthly revenue",
          quoted_or_null(place > 0 ? facts.revenue_band : ""),
          5 * place,
          25,
          place == 0 ? "Ask for the monthly revenue" : "",
          place > 0};
}

Factor interest(const Facts& facts) {
  const int level = std::clamp(facts.interest.value_or(0), 0, 10);
  return {"interest",
          "Interest",
          number_or_null(facts.interest),
          2 * level,
          20,
          level < 8 ? "Show the saving on their own fees" : "",
          facts.interest.has_value()};
}

Factor transactions(const Facts& facts) {
  const int count = facts.monthly_transactions.value_or(0);
  const int points = count >= 1000  ? 15
                     : count >= 500 ? 12
                     : count >= 200 ? 9
                     : count >= 50  ? 6
                     : count >= 1   ? 3
                                    : 0;
  return {"transactions",
          "Monthly transactions",
          number_or_null(facts.monthly_transactions),
          points,
          15,
          facts.monthly_transactions ? "" : "Ask how many payments they take a month",
          facts.monthly_transactions.has_value()};
}

Factor pains(const Facts& facts) {
  int relevant = 0;
  for (const auto pain : relevant_pains)
    if (std::ranges::find(facts.pain_points, pain) != facts.pain_points.end()) ++relevant;
  json::Writer value;
  value.array();
  for (const auto& pain : facts.pain_points) value.value(pain);
  value.end_array();
  const bool known = !facts.pain_points.empty();
  return {"pain_points",
          "Pain points",
          known ? std::move(value).take() : "null",
          3 * relevant,
          15,
          known ? "" : "Ask what bothers them about payments today",
          known};
}

Factor engagement(const Facts& facts) {
  json::Writer value;
  value.array();
  if (facts.package_seen) value.value("package_seen");
  if (facts.signed_up) value.value("signed_up");
  if (facts.processor_named) value.value("processor_named");
  value.end_array();
  const bool known = facts.package_seen || facts.signed_up || facts.processor_named;
  const int points =
      (facts.package_seen ? 3 : 0) + (facts.signed_up ? 5 : 0) + (facts.processor_named ? 2 : 0);
  return {"engagement", "Engagement", known ? std::move(value).take() : "null",
          points,       10,           facts.package_seen ? "" : "Send the package",
          known};
}

Factor employees(const Facts& facts) {
  const int place = place_of(employee_bands, facts.employee_band);
  return {"employees", "Employees", quoted_or_null(place > 0 ? facts.employee_band : ""),
          2 * place,   10,          place == 0 ? "Ask how many people work there" : "",
          place > 0};
}

Factor business_age(const Facts& facts) {
  const int years = facts.business_age.value_or(-1);
  const int points = years >= 10  ? 5
                     : years >= 5 ? 4
                     : years >= 3 ? 3
                     : years >= 1 ? 2
                     : years >= 0 ? 1
                                  : 0;
  return {"business_age",
          "Years in business",
          number_or_null(facts.business_age),
          points,
          5,
          facts.business_age ? "" : "Ask when they opened",
          facts.business_age.has_value()};
}

int industry_percent(std::string_view business_type) {
  return business_type == "restaurant" || business_type == "retail" ? 105 : 100;
}

}  // namespace

std::string_view to_text(Band band) {
  switch (band) {
    case Band::cold: return "cold";
    case Band::cool: return "cool";
    case Band::warm: return "warm";
    case Band::hot: return "hot";
  }
  return "cold";
}

Score points_v2(const Facts& facts, int territory_percent) {
  Score out;
  out.factors = {revenue(facts),    interest(facts),  transactions(facts), pains(facts),
                 engagement(facts), employees(facts), business_age(facts)};
  int sum = 0;
  int known = 0;
  for (const auto& factor : out.factors) {
    sum += factor.points;
    known += factor.known ? 1 : 0;
  }
  // In ten-thousandths, so that floor(sum x m + 0.5) is exact.
  const int multiplier =
      std::clamp(territory_percent * industry_percent(facts.business_type), 8'000, 12'000);
  out.score = std::clamp((sum * multiplier + 5'000) / 10'000, 0, 100);
  out.adjustment = out.score - sum;
  out.band = band_of(out.score);
  out.completeness = known / static_cast<double>(factor_count);
  out.confidence = 0.65 * out.completeness;
  return out;
}

int seed_basic_v1_tenths(const Facts& facts) {
  // Band middles: R / 10000 x 20 and E / 10 x 15, in tenths; the caps of 30 and 20 points apply
  // after.
  constexpr std::array<int, 6> revenue_tenths{0, 100, 600, 1'500, 3'500, 5'000};
  constexpr std::array<int, 6> employee_tenths{0, 45, 195, 532, 1'132, 1'500};
  const auto at = [](const std::array<int, 6>& table, int place) {
    return table[static_cast<std::size_t>(place)];
  };
  return 500 + std::min(at(revenue_tenths, place_of(revenue_bands, facts.revenue_band)), 300) +
         std::min(at(employee_tenths, place_of(employee_bands, facts.employee_band)), 200) +
         20 * std::clamp(facts.interest.value_or(0), 0, 10);
}

int seed_basic_v1(const Facts& facts) {
  return std::clamp((seed_basic_v1_tenths(facts) + 5) / 10, 0, 100);
}

}  // namespace flash::score
