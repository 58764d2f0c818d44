#include "leads/validate.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "json/read.h"
#include "leads/email.h"
#include "leads/fields.h"
#include "leads/messages.h"
#include "leads/phone.h"

namespace flash::leads {
namespace {

using std::string_view;
constexpr std::array<string_view, 6> business_types{"restaurant", "retail",     "hospitality",
                                                    "healthcare", "automotive", "other"};
constexpr std::array<string_view, 5> revenue_bands{"0-10k", "10k-50k", "50k-100k", "100k-250k",
                                                   "250k+"};
constexpr std::array<string_view, 5> employee_bands{"1-5", "6-20", "21-50", "51-100", "100+"};
constexpr std::array<string_view, 8> pain_points{
    "high_fees",    "slow_processing",   "international_payments",
    "poor_support", "security_concerns", "reporting",
    "integration",  "equipment"};
constexpr std::array<string_view, 5> languages{"en", "nl", "es", "fr", "pap"};
constexpr std::array<string_view, 5> phone_labels{"mobile", "work", "home", "whatsapp", "other"};
constexpr std::size_t phones_max = 5;
constexpr std::int64_t human_ms_min = 2'000;  // nobody fills the form in faster
constexpr std::int64_t exact_max = 9'007'199'254'740'991;

// A phone entry without a number does not count.
bool is_blank_phone(const json::Value& entry) {
  if (!entry.is_object()) return false;
  const json::Value* number = json::find(entry.get_object(), "number");
  return number == nullptr || (number->is_string() && trim_wide(view(*number)).empty());
}

std::string did_you_mean(const std::vector<std::string>& suggestions) {
  std::string out;
  for (const auto& number : suggestions) out += text::cat(out.empty() ? " " : " / ", number, "?");
  return out;
}

// One entry; adds to `phones` what is right and to `fields` what is not.
void read_entry(Fields& fields, const json::Object& entry, const std::string& path,
                const Place* country, std::vector<Phone>& phones) {
  Phone phone;
  const json::Value* number = json::find(entry, "number");
  const auto typed = number->is_string() ? trim_wide(view(*number)) : string_view{};
  auto wrong = Fields::broken(typed, {.length_max = 40});
  if (!number->is_string()) wrong.rule = "invalid";
  if (wrong.rule.empty()) {
    static const std::vector<std::string> no_prefixes;
    const auto reading = read_phone(typed, country != nullptr ? country->country : std::string{},
                                    country != nullptr ? country->phone_prefixes : no_prefixes);
    wrong = {reading.rule, did_you_mean(reading.suggestions)};
    phone.number = reading.e164;
  }
  if (!wrong.rule.empty()) fields.fault(path + ".number", wrong.rule, wrong.limit);
  if (const json::Value* label = json::find(entry, "label"); label != nullptr) {
    const auto word = label->is_string() ? trim_wide(view(*label)) : string_view{};
    if (!label->is_string()) {
      fields.fault(path + ".label", "invalid");
    } else if (!word.empty() && std::ranges::find(phone_labels, word) == phone_labels.end()) {
      fields.fault(path + ".label", "not_allowed");
    } else if (!word.empty()) {
      phone.label = word;
    }
  }
  if (const json::Value* primary = json::find(entry, "primary"); primary != nullptr) {
    if (!primary->is_bool()) fields.fault(path + ".primary", "invalid");
    phone.primary = primary->is_bool() && primary->get_bool();
  }
  const auto same = std::ranges::find(phones, phone.number, &Phone::number);
  if (same != phones.end()) {
    same->primary = same->primary || phone.primary;
  } else if (!phone.number.empty()) {
    phones.push_back(std::move(phone));
  }
}

// A number in national form cannot be judged while the country is unknown: the country's fault is
// enough.
bool waits_for_country(const json::Object& entry, const Place* country) {
  const json::Value* number = json::find(entry, "number");
  return country == nullptr && number->is_string() && !trim_wide(view(*number)).starts_with('+');
}

std::vector<Phone> read_phones(Fields& fields, const Place* country) {
  const json::Value* value = json::find(fields.input(), "phones");
  if (value == nullptr) return {};
  if (!value->is_array()) {
    fields.fault("phones", "invalid");
    return {};
  }
  const auto& list = value->get_array();
  std::size_t filled = 0;
  std::size_t primaries = 0;
  for (const auto& entry : list) {
    if (is_blank_phone(entry)) continue;
    ++filled;
    const json::Value* primary =
        entry.is_object() ? json::find(entry.get_object(), "primary") : nullptr;
    if (primary != nullptr && primary->is_bool() && primary->get_bool()) ++primaries;
  }
  if (filled > phones_max) fields.fault("phones", "too_long", std::to_string(phones_max));
  if (filled <= phones_max && primaries > 1) fields.fault("phones", "invalid");
  if (fields.faulty("phones")) return {};
  std::vector<Phone> phones;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = text::cat("phones.", std::to_string(i));
    if (!list[i].is_object()) {
      fields.fault(path, "invalid");
    } else if (!is_blank_phone(list[i]) && !waits_for_country(list[i].get_object(), country)) {
      read_entry(fields, list[i].get_object(), path, country, phones);
    }
  }
  const auto first = std::ranges::find(phones, true, &Phone::primary);
  if (first != phones.end()) {
    std::rotate(phones.begin(), first, first + 1);
  } else if (!phones.empty()) {
    phones.front().primary = true;
  }
  return phones;
}

bool is_extra_key(string_view key) {
  return !key.empty() && key.size() <= 40 && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || text::is_digit(c) || c == '_';
  });
}

Fields::Broken broken_extra(const json::Value& value, std::size_t length_max) {
  if (value.is_null() || value.is_bool() || value.is_number()) return {};
  if (value.is_string()) return Fields::broken(trim_wide(view(value)), {.length_max = length_max});
  if (!value.is_array()) return {"invalid", {}};
  if (value.get_array().size() > 20) return {"too_long", "20"};
  for (const auto& item : value.get_array()) {
    if (!item.is_string()) return {"invalid", {}};
    if (auto wrong = Fields::broken(trim_wide(view(item)), {.length_max = length_max});
        !wrong.rule.empty())
      return wrong;
  }
  return {};
}

// Formats of foreign numbers were checked with no authority, so a mismatch is a warning.
bool looks_odd(const ExtraField& field, const json::Value& value) {
  if (!field.digits || !value.is_string()) return false;
  std::size_t digits = 0;
  for (const char c : view(value)) {
    if (text::is_digit(c)) ++digits;
    if (!text::is_digit(c) && c != ' ' && c != '-') return true;
  }
  return digits == 0 || (*field.digits > 0 && digits != *field.digits);
}

void read_extras(Fields& fields, const Place* country, Lead& lead) {
  const json::Value* value = json::find(fields.input(), "form_data");
  if (value == nullptr) return;
  if (!value->is_object()) return fields.fault("form_data", "invalid");
  const auto& object = value->get_object();
  if (object.size() > 40) return fields.fault("form_data", "too_long", "40");
  for (const auto& member : object)
    if (!is_extra_key(member.key())) return fields.fault("form_data", "invalid");
  for (const auto& [key, item] : object) {
    std::size_t length_max = 500;
    for (const auto& field :
         country != nullptr ? country->form_fields : std::vector<ExtraField>{}) {
      if (field.name != string_view(key)) continue;
      length_max = field.length_max;
      if (looks_odd(field, item)) lead.flags.push_back(text::cat("odd_", string_view(key)));
    }
    if (const auto wrong = broken_extra(item, length_max); !wrong.rule.empty())
      fields.fault(text::cat("form_data.", string_view(key)), wrong.rule, wrong.limit);
  }
  lead.form_data = json::serialize(*value);
  if (lead.form_data.size() > 16'384 && !fields.faulty("form_data"))
    fields.fault("form_data", "too_long", "16384");
}

void read_contact(Fields& fields, const Places& places, Lead& lead) {
  lead.business_name =
      fields.text("business_name", {.length_max = 120, .length_min = 2, .required = true});
  if (!lead.business_name.empty() && !has_letter_or_digit(lead.business_name))
    fields.fault("business_name", "invalid");
  lead.owner_name =
      fields.text("owner_name", {.length_max = 120, .length_min = 2, .required = true});
  const std::string email = fields.text("email", {.length_max = 254});
  lead.email = tidy_email(email);
  if (!email.empty() && lead.email.empty()) fields.fault("email", "invalid");
  lead.country = fields.text("country", {.required = true});
  const Place* country = places.country(lead.country);
  if (!lead.country.empty() && (country == nullptr || !country->published)) {
    fields.fault("country", "not_allowed");
    country = nullptr;
  }
  lead.phones = read_phones(fields, country);
  const json::Value* phones = json::find(fields.input(), "phones");
  const bool any_phone = phones != nullptr && phones->is_array() &&
                         !std::ranges::all_of(phones->get_array(), is_blank_phone);
  if (email.empty() && !any_phone && !fields.faulty("email") && !fields.faulty("phones"))
    fields.fault("email", "needs_email_or_phone");
  lead.sub_area = fields.text("sub_area", {.length_max = 20});
  lead.postal_code = fields.text("postal_code", {.length_max = 20});
  if (country != nullptr && country->postal_pattern != nullptr && !lead.postal_code.empty()) {
    lead.postal_code = tidy_postcode(lead.postal_code);
    if (!std::regex_match(lead.postal_code, *country->postal_pattern))
      fields.fault("postal_code", "invalid");
  }
  lead.address = fields.text("address", {.length_max = 300, .lines = Lines::many});
  read_extras(fields, country, lead);
}

void read_business(Fields& fields, int this_year, Lead& lead) {
  const auto small = [](std::optional<std::int64_t> number) {
    return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
  };
  lead.business_type = fields.one_of("business_type", business_types, true);
  lead.revenue_band = fields.one_of("monthly_revenue_band", revenue_bands);
  lead.employee_band = fields.one_of("employee_band", employee_bands);
  lead.monthly_transactions = small(fields.whole("monthly_transactions", 0, 10'000'000));
  lead.average_ticket = fields.money("average_ticket");
  lead.year_established = small(fields.whole("year_established", 1800, this_year));
  lead.pain_points = fields.choices("pain_points", pain_points);
  lead.current_processor = fields.text("current_processor", {.length_max = 80});
  lead.interest = static_cast<int>(fields.whole("interest_level", 1, 10, true).value_or(0));
  lead.decision_makers = fields.texts("decision_makers", 10, 80);
  lead.specific_needs = fields.text("specific_needs", {.length_max = 2000, .lines = Lines::many});
  lead.package_seen = fields.flag("package_seen");
}

void read_consent(Fields& fields, Sender sender, Lead& lead) {
  lead.language = fields.one_of("preferred_language", languages);
  lead.consent_version = fields.text("consent_version", {.length_max = 40});
  lead.consent_marketing = fields.flag("consent_marketing");
  if (sender == Sender::person) {
    lead.consent_contact = fields.flag("consent_contact");
    lead.signed_up = fields.flag("signed_up");
    lead.stated_value = fields.money("stated_value");
    return;
  }
  const json::Value* consent = json::find(fields.input(), "consent_contact");
  lead.consent_contact = consent != nullptr && consent->is_bool() && consent->get_bool();
  if (!lead.consent_contact) fields.fault("consent_contact", "must_be_true");
  const auto elapsed = fields.whole("elapsed_ms", 0, exact_max);
  const json::Value* trap = json::find(fields.input(), "website");
  const bool filled = trap != nullptr && !(trap->is_string() && trim_wide(view(*trap)).empty());
  lead.spam = filled || (elapsed && *elapsed < human_ms_min);
}

}  // namespace

Checked validate(const json::Object& input, const Places& places, Sender sender, int this_year) {
  const auto language = json::text_or(input, "preferred_language", "en");
  Fields fields(input, language);
  Checked out;
  read_contact(fields, places, out.lead);
  read_business(fields, this_year, out.lead);
  read_consent(fields, sender, out.lead);
  out.faults = std::move(fields).take();
  return out;
}

}  // namespace flash::leads
