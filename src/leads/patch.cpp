#include "leads/patch.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/messages.h"
#include "leads/validate.h"

namespace flash::leads {
namespace {

struct Field {
  std::string_view name;
  bool scored;  // an input of the score
  void (*write)(json::Writer&, const Lead&);
};

void text_or_null(json::Writer& out, const std::string& text) {
  if (text.empty()) {
    out.null();
  } else {
    out.value(text);
  }
}

void texts(json::Writer& out, const std::vector<std::string>& list) {
  out.array();
  for (const auto& text : list) out.value(text);
  out.end_array();
}

void money(json::Writer& out, std::optional<std::int64_t> hundredths) {
  if (!hundredths) {
    out.null();
    return;
  }
  const std::string cents = std::to_string(*hundredths % 100);
  out.raw(text::cat(std::to_string(*hundredths / 100), cents.size() < 2 ? ".0" : ".", cents));
}

using W = json::Writer;
// What may change here. Country and territory move by transfer, status and owner by their own
// functions.
constexpr std::array fields{
    Field{"business_name", false, [](W& w, const Lead& l) { w.value(l.business_name); }},
    Field{"owner_name", false, [](W& w, const Lead& l) { w.value(l.owner_name); }},
    Field{"email", false, [](W& w, const Lead& l) { text_or_null(w, l.email); }},
    Field{"postal_code", false, [](W& w, const Lead& l) { text_or_null(w, l.postal_code); }},
    Field{"address", false, [](W& w, const Lead& l) { text_or_null(w, l.address); }},
    Field{"business_type", true, [](W& w, const Lead& l) { w.value(l.business_type); }},
    Field{"monthly_revenue_band", true,
          [](W& w, const Lead& l) { text_or_null(w, l.revenue_band); }},
    Field{"employee_band", true, [](W& w, const Lead& l) { text_or_null(w, l.employee_band); }},
    Field{"monthly_transactions", true,
          [](W& w, const Lead& l) { w.value(l.monthly_transactions); }},
    Field{"average_ticket", false, [](W& w, const Lead& l) { money(w, l.average_ticket); }},
    Field{"year_established", true, [](W& w, const Lead& l) { w.value(l.year_established); }},
    Field{"pain_points", true, [](W& w, const Lead& l) { texts(w, l.pain_points); }},
    Field{"current_processor", true,
          [](W& w, const Lead& l) { text_or_null(w, l.current_processor); }},
    Field{"interest_level", true, [](W& w, const Lead& l) { w.value(l.interest); }},
    Field{"decision_makers", false, [](W& w, const Lead& l) { texts(w, l.decision_makers); }},
    Field{"specific_needs", false, [](W& w, const Lead& l) { text_or_null(w, l.specific_needs); }},
    Field{"package_seen", true, [](W& w, const Lead& l) { w.value(l.package_seen); }},
    Field{"signed_up", true, [](W& w, const Lead& l) { w.value(l.signed_up); }},
    Field{"preferred_language", false, [](W& w, const Lead& l) { text_or_null(w, l.language); }},
    Field{"consent_marketing", false, [](W& w, const Lead& l) { w.value(l.consent_marketing); }},
    Field{"stated_value", false, [](W& w, const Lead& l) { money(w, l.stated_value); }},
    Field{"form_data", false, [](W& w, const Lead& l) { w.raw(l.form_data); }}};

// The stored lead as a form, with the changes laid over it.
json::Object as_form(const json::Object& row, const json::Object& changes) {
  json::Object form;
  for (const auto& field : fields)
    if (const json::Value* value = json::find(row, field.name)) form[field.name] = *value;
  form["country"] = json::text_or(row, "country");
  if (const auto phone = json::text_or(row, "phone"); !phone.empty()) {
    json::Object entry;
    entry["number"] = phone;
    form["phones"] = json::Array{std::move(entry)};
  }
  for (const auto& [key, value] : changes) form[key] = value;
  return form;
}

}  // namespace

Patch read_patch(const json::Object& row, const json::Object& changes, const Places& places,
                 int this_year) {
  Patch out;
  const auto checked = validate(as_form(row, changes), places, Sender::person, this_year);
  const auto fault = [&](std::string_view field, std::string_view rule) {
    out.faults.push_back({std::string(field), rule, message_of(rule, "en")});
  };
  const auto version = json::read_optional_int(changes, "version");
  if (!version) fault("version", "invalid");
  if (version && !*version) fault("version", "required");
  out.version = version && *version ? **version : 0;
  json::Writer facts;
  facts.object();
  for (const auto& [key, value] : changes) {
    const std::string_view name = key;
    if (name == "version") continue;
    const auto field = std::ranges::find(fields, name, &Field::name);
    if (field == fields.end()) {
      fault(name, "not_allowed");
      continue;
    }
    for (const auto& wrong : checked.faults)
      if (wrong.field == name || wrong.field.starts_with(text::cat(name, ".")))
        out.faults.push_back(wrong);
    out.rescore = out.rescore || field->scored;
    field->write(facts.key(name), checked.lead);
  }
  facts.end_object();
  if (out.faults.empty()) out.facts = std::move(facts).take();
  return out;
}

}  // namespace flash::leads
