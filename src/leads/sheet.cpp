#include "leads/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/validate.h"
#include "leads/words.h"

namespace flash::leads {
namespace {

struct Field {
  std::string_view name, label;
  std::string_view headings;  // letters and digits only, between bars
};
constexpr std::array fields{
    Field{"reference", "Reference", "|reference|ref|leadreference|referentie|referencia|"},
    Field{"business_name", "Business",
          "|business|businessname|company|companyname|merchant|store|shop|bedrijf|bedrijfsnaam|"
          "empresa|"
          "negocio|entreprise|negoshi|account|accountname|"},
    Field{"owner_name", "Contact",
          "|contact|contactname|contactperson|ownername|name|fullname|naam|nombre|nom|contacto|"
          "person|"},
    Field{"email", "E-mail", "|email|emailaddress|mail|correo|courriel|"},
    Field{"phone", "Phone",
          "|phone|phonenumber|telephone|tel|mobile|mobilephone|cell|whatsapp|telefoon|telefono|"
          "number|"},
    Field{"country", "Country", "|country|countrycode|land|pais|pays|pais|"},
    Field{"sub_area", "Territory",
          "|territory|parish|district|area|subarea|region|parroquia|distrikt|wijk|"},
    Field{"postal_code", "Postal code", "|postalcode|postcode|zip|zipcode|"},
    Field{"address", "Address", "|address|street|adres|direccion|adresse|"},
    Field{"business_type", "Type", "|type|businesstype|industry|category|kind|sector|branche|"},
    Field{"monthly_revenue_band", "Revenue",
          "|revenue|revenueus|monthlyrevenue|monthlyrevenueband|revenueband|omzet|"},
    Field{"employee_band", "Employees", "|employees|employeeband|staff|headcount|"},
    Field{"monthly_transactions", "Transactions", "|transactions|monthlytransactions|"},
    Field{"average_ticket", "Average ticket", "|averageticket|ticket|averagesale|"},
    Field{"year_established", "Established", "|established|yearestablished|founded|since|"},
    Field{"current_processor", "Processor", "|processor|currentprocessor|provider|acquirer|"},
    Field{"interest_level", "Interest", "|interest|interestlevel|"},
    Field{"specific_needs", "Needs", "|needs|specificneeds|notes|note|comments|comment|remarks|"},
    Field{"decision_makers", "Decides", "|decisionmakers|decides|decisionmaker|"},
    Field{"preferred_language", "Language", "|language|preferredlanguage|taal|idioma|langue|"},
    Field{"stated_value", "Value", "|value|statedvalue|amount|dealvalue|waarde|"},
    Field{"package_seen", "Package seen", "|packageseen|"},
    Field{"signed_up", "Signed up", "|signedup|"},
    Field{"consent_contact", "May be contacted", "|consent|consentcontact|maybecontacted|"},
    Field{"consent_marketing", "Wants news", "|consentmarketing|marketing|newsletter|wantsnews|"},
    Field{"tags", "Tags", "|tags|tag|labels|"},
};

const Field* find_field(std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

std::string plain(std::string_view heading) {
  std::string out;
  for (const char c : text::lower(heading))
    if (text::is_alpha(c) || text::is_digit(c)) out += c;
  return out;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// "1,200", "J$ 1 200.50", "1.200,50": the last of . and , divides hundredths when one or two digits
// follow it.
std::optional<double> number_of(std::string_view cell) {
  std::string digits;
  std::optional<std::size_t> point;
  for (const char c : cell) {
    if (text::is_digit(c) || (c == '-' && digits.empty())) digits += c;
    if (c == '.' || c == ',') point = digits.size();
  }
  if (digits.empty() || digits == "-" || digits.size() > 15) return std::nullopt;
  const std::size_t after = point ? digits.size() - *point : 0;
  auto value = static_cast<double>(text::parse_int<std::int64_t>(digits).value_or(0));
  if (after == 1 || after == 2) value /= after == 1 ? 10 : 100;
  return value;
}

bool is_yes(std::string_view cell) {
  return is_one_of(plain(cell), {"yes", "y", "true", "1", "x", "ja", "j", "si", "oui", "o", "t"});
}

const Place* place_of(std::string_view cell, const Places& places, const Place* country) {
  const std::string wanted = text::lower(cell);
  for (const Place& place : places.all()) {
    const bool right = country == nullptr
                           ? place.kind == PlaceKind::country
                           : place.country == country->country && place.kind != PlaceKind::country;
    if (right && (text::lower(place.code) == wanted || text::lower(place.name) == wanted))
      return &place;
  }
  if (country != nullptr) return nullptr;
  for (const auto& [alias, id] : places.aliases())
    if (const Place* place = places.find(id);
        place != nullptr && place->kind == PlaceKind::country && alias == wanted)
      return place;
  return nullptr;
}

std::vector<std::string> pieces_of(std::string_view cell) {
  std::vector<std::string> out;
  std::string one;
  const auto end = [&] {
    const auto trimmed = text::trim(one);
    if (!trimmed.empty()) out.emplace_back(trimmed);
    one.clear();
  };
  for (const char c : cell) {
    if (c == ';' || c == ',' || c == '|') {
      end();
    } else {
      one += c;
    }
  }
  end();
  return out;
}

std::string band_of(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell.substr(i).starts_with("–")) {
      out += '-';
      i += std::string_view("–").size() - 1;
    } else if (cell[i] != ' ' && cell[i] != '$') {
      out += cell[i];
    }
  }
  return text::lower(out.starts_with("US") ? std::string_view(out).substr(2) : out);
}

using Values = std::map<std::string_view, std::string>;

json::Object form_of(const Values& values, const Places& places, std::string& reason) {
  json::Object form;
  const auto given = [&](std::string_view name) -> std::string_view {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view{} : std::string_view(found->second);
  };
  const Place* country =
      given("country").empty() ? nullptr : place_of(given("country"), places, nullptr);
  for (const auto& [name, value] : values) {
    if (is_one_of(name, {"reference", "tags"})) continue;
    if (name == "phone") {
      form["phones"] = json::Array{json::Object{{"number", value}, {"primary", true}}};
    } else if (name == "country") {
      form["country"] = country == nullptr ? value : country->country;
    } else if (name == "sub_area") {
      const Place* area = country == nullptr ? nullptr : place_of(value, places, country);
      // Our own files say the country again where a lead lies no deeper.
      if (area != nullptr) form["sub_area"] = area->code;
    } else if (is_one_of(name, {"monthly_transactions", "average_ticket", "year_established",
                                "interest_level", "stated_value"})) {
      const auto number = number_of(value);
      if (!number) {
        reason += text::cat(reason.empty() ? "" : "; ", find_field(name)->label, ": not a number");
      } else if (is_one_of(name, {"average_ticket", "stated_value"}) ||
                 std::floor(*number) != *number) {
        form[name] = *number;
      } else {
        form[name] = static_cast<std::int64_t>(*number);
      }
    } else if (is_one_of(name,
                         {"package_seen", "signed_up", "consent_contact", "consent_marketing"})) {
      form[name] = is_yes(value);
    } else if (name == "decision_makers") {
      json::Array list;
      for (const auto& one : pieces_of(value)) list.emplace_back(one);
      form[name] = std::move(list);
    } else if (is_one_of(name, {"monthly_revenue_band", "employee_band"})) {
      form[name] = band_of(value);
    } else if (is_one_of(name, {"business_type", "preferred_language"})) {
      form[name] = text::lower(value);
    } else {
      form[name] = value;
    }
  }
  return form;
}

std::string money_text(std::int64_t hundredths) {
  const std::string cents = std::to_string(hundredths % 100);
  return text::cat(std::to_string(hundredths / 100), ".", cents.size() == 1 ? "0" : "", cents);
}

std::string facts_of(const Lead& lead, const Values& values, const std::vector<std::string>& tags) {
  json::Writer out;
  out.object();
  const auto say = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out.field(name, value);
  };
  const auto number = [&](std::string_view name, std::optional<int> value) {
    if (value) out.field(name, *value);
  };
  const auto flag = [&](std::string_view name, bool value) {
    if (values.contains(name)) out.field(name, value);
  };
  say("business_name", lead.business_name);
  say("owner_name", lead.owner_name);
  say("email", lead.email);
  say("phone", lead.phones.empty() ? std::string{} : lead.phones.front().number);
  say("country", lead.country);
  say("sub_area", lead.sub_area);
  say("postal_code", lead.postal_code);
  say("address", lead.address);
  say("business_type", lead.business_type);
  say("monthly_revenue_band", lead.revenue_band);
  say("employee_band", lead.employee_band);
  say("current_processor", lead.current_processor);
  say("specific_needs", lead.specific_needs);
  say("preferred_language", lead.language);
  number("monthly_transactions", lead.monthly_transactions);
  number("year_established", lead.year_established);
  number("interest_level", lead.interest > 0 ? std::optional(lead.interest) : std::nullopt);
  if (lead.average_ticket) out.field("average_ticket", money_text(*lead.average_ticket));
  if (lead.stated_value) out.field("stated_value", money_text(*lead.stated_value));
  flag("package_seen", lead.package_seen);
  flag("signed_up", lead.signed_up);
  flag("consent_contact", lead.consent_contact);
  flag("consent_marketing", lead.consent_marketing);
  const auto list = [&](std::string_view name, const std::vector<std::string>& items) {
    if (items.empty()) return;
    out.key(name).array();
    for (const auto& item : items) out.value(item);
    out.end_array();
  };
  list("decision_makers", lead.decision_makers);
  list("tags", tags);
  out.end_object();
  return std::move(out).take();
}

// The field of a fault like "phones.0.number", as the file calls it.
std::string_view label_of(std::string_view path) {
  const auto name = path.substr(0, path.find('.'));
  const Field* field = find_field(name == "phones" ? "phone" : name);
  return field == nullptr ? name : field->label;
}

}  // namespace

std::vector<std::string_view> sheet_fields() {
  std::vector<std::string_view> out;
  for (const Field& field : fields) out.push_back(field.name);
  return out;
}

SheetMapping read_mapping(const json::Object& document) {
  SheetMapping out;
  for (const auto& item : json::array_or_empty(document, "columns")) {
    std::string name = item.is_string() ? std::string(item.get_string().c_str()) : std::string{};
    const bool taken = std::ranges::find(out.columns, name) != out.columns.end();
    out.columns.push_back(find_field(name) == nullptr || taken ? std::string{} : std::move(name));
  }
  for (const auto& [name, value] : json::object_or_empty(document, "defaults"))
    if (value.is_string() && find_field(name) != nullptr)
      out.defaults[std::string(name)] = std::string(value.get_string().c_str());
  return out;
}

SheetMapping guess_mapping(const std::vector<std::string>& header) {
  SheetMapping out;
  for (const auto& heading : header) {
    const std::string wanted = text::cat("|", plain(heading), "|");
    const auto found = std::ranges::find_if(fields, [&](const Field& field) {
      return wanted.size() > 2 && (field.headings.find(wanted) != std::string_view::npos);
    });
    std::string name = found == fields.end() ? std::string{} : std::string(found->name);
    const bool taken = std::ranges::find(out.columns, name) != out.columns.end();
    out.columns.push_back(taken ? std::string{} : std::move(name));
  }
  out.defaults = {{"business_type", "other"}, {"interest_level", "5"}};
  return out;
}

std::string to_json(const SheetMapping& mapping) {
  json::Writer out;
  out.object().key("columns").array();
  for (const auto& name : mapping.columns) out.value(name);
  out.end_array().key("defaults").object();
  for (const auto& [name, value] : mapping.defaults) out.field(name, value);
  out.end_object().end_object();
  return std::move(out).take();
}

SheetRow read_row(const std::vector<std::string>& cells, const SheetMapping& mapping,
                  const Places& places, int this_year) {
  SheetRow out;
  Values values;
  for (std::size_t i = 0; i < std::min(cells.size(), mapping.columns.size()); ++i) {
    const Field* field = find_field(mapping.columns[i]);
    const auto cell = trim_wide(cells[i]);
    if (field != nullptr && !cell.empty()) values[field->name] = std::string(cell);
  }
  if (const auto found = values.find("reference"); found != values.end())
    out.reference = found->second;
  Values complete = values;
  for (const auto& [name, value] : mapping.defaults)
    if (const Field* field = find_field(name); field != nullptr && !value.empty())
      complete.try_emplace(field->name, value);
  std::vector<std::string> tags;
  if (const auto found = values.find("tags"); found != values.end())
    tags = pieces_of(found->second);
  if (tags.size() > 12) out.reason = "Tags: at most 12";
  if (std::ranges::any_of(tags, [](const auto& tag) { return text::length_utf8(tag) > 40; }))
    out.reason = "Tags: at most 40 characters each";
  const auto checked =
      validate(form_of(complete, places, out.reason), places, Sender::person, this_year);
  for (const auto& fault : checked.faults) {
    if (!out.reference.empty() && is_one_of(fault.rule, {"required", "needs_email_or_phone"}))
      continue;
    out.reason +=
        text::cat(out.reason.empty() ? "" : "; ", label_of(fault.field), ": ", fault.message);
  }
  if (!out.reason.empty()) return out;
  out.facts = facts_of(checked.lead, out.reference.empty() ? complete : values, tags);
  if (out.reference.empty()) return out;
  // Of a lead that is there only what the row itself says is changed.
  const auto all = json::parse_object(out.facts);
  json::Object said;
  if (all)
    for (const auto& [name, value] : *all)
      if (values.contains(std::string_view(name)) && !is_one_of(name, {"country", "sub_area"}))
        said[name] = value;
  out.facts = json::serialize(said);
  return out;
}

}  // namespace flash::leads
