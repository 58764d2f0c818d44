#include "leads/places.h"

#include <algorithm>

#include "json/read.h"

namespace flash::leads {
namespace {

PlaceKind place_kind(std::string_view text) {
  if (text == "root") return PlaceKind::root;
  if (text == "country") return PlaceKind::country;
  return text == "region" ? PlaceKind::region : PlaceKind::area;
}

// An administrator's pattern that is no regular expression counts as none: it must not stop intake.
std::shared_ptr<const std::regex> pattern_of(std::string_view text) {
  if (text.empty()) return nullptr;
  try {
    return std::make_shared<const std::regex>(std::string(text), std::regex::ECMAScript);
  } catch (const std::regex_error&) {
    return nullptr;
  }
}

std::vector<ExtraField> extra_fields(const json::Object& object) {
  std::vector<ExtraField> fields;
  for (const auto& item : json::array_or_empty(object, "form_fields")) {
    if (!item.is_object()) continue;
    const auto& from = item.get_object();
    ExtraField field;
    field.name = json::text_or(from, "name");
    field.length_max = static_cast<std::size_t>(
        std::clamp<std::int64_t>(json::int_or(from, "max_length", 500), 1, 500));
    if (json::find(from, "digits") != nullptr)
      field.digits =
          static_cast<std::size_t>(std::max<std::int64_t>(0, json::int_or(from, "digits")));
    fields.push_back(std::move(field));
  }
  return fields;
}

Place place_of(const json::Object& from) {
  Place place;
  place.id = static_cast<int>(json::int_or(from, "id"));
  place.parent = static_cast<int>(json::int_or(from, "parent_id"));
  place.kind = place_kind(json::text_or(from, "kind"));
  place.code = json::text_or(from, "code");
  place.name = json::text_or(from, "name");
  place.country = json::text_or(from, "country");
  place.currency = json::text_or(from, "currency", "USD");
  place.published = json::bool_or(from, "published");
  place.phone_prefixes = json::strings_or_empty(from, "phone_prefixes");
  place.postal_pattern = pattern_of(json::text_or(from, "postal_pattern"));
  for (const auto& [prefix, code] : json::object_or_empty(from, "postal_areas"))
    if (code.is_string()) place.postal_areas.emplace_back(prefix, code.get_string());
  place.specialist_types = json::strings_or_empty(from, "specialist_types");
  place.strategy = json::text_or(from, "strategy") == "round_robin" ? Strategy::round_robin
                                                                    : Strategy::least_loaded;
  place.allow_neighbours = json::bool_or(from, "allow_neighbours", true);
  place.hold_outside_hours = json::bool_or(from, "hold_outside_hours");
  place.confirm_by_email = json::bool_or(from, "confirm_by_email", true);
  place.score_percent = static_cast<int>(json::int_or(from, "score_percent", 100));
  place.auto_deal_score = static_cast<int>(json::int_or(from, "auto_deal_score", 70));
  place.form_fields = extra_fields(from);
  return place;
}

// Longest first, then by text, so that the order is the same everywhere.
bool longer(const std::pair<std::string, int>& a, const std::pair<std::string, int>& b) {
  if (a.first.size() != b.first.size()) return a.first.size() > b.first.size();
  return a < b;
}

}  // namespace

Result<Places> Places::parse(std::string_view document) {
  TRY(const auto object, json::parse_object(document, {.bytes_max = std::size_t{16} << 20U}));
  Places out;
  out.version_ = json::int_or(object, "version");
  for (const auto& item : json::array_or_empty(object, "territories"))
    if (item.is_object()) out.places_.push_back(place_of(item.get_object()));
  bool rooted = false;
  for (std::size_t i = 0; i < out.places_.size(); ++i) {
    const auto& place = out.places_[i];
    out.by_id_.emplace(place.id, i);
    out.by_code_.emplace(place.code, i);
    if (place.kind == PlaceKind::root) {
      out.root_ = i;
      rooted = true;
    }
    if (place.kind != PlaceKind::country) continue;
    for (const auto& prefix : place.phone_prefixes) out.prefixes_.emplace_back(prefix, place.id);
  }
  if (!rooted) return fail(Kind::internal, "places_malformed", "the territories have no root");
  for (const auto& item : json::array_or_empty(object, "neighbours")) {
    const auto& pair = item.as_object();
    const auto at = out.by_id_.find(static_cast<int>(json::int_or(pair, "territory_id")));
    if (at != out.by_id_.end())
      out.places_[at->second].neighbours.push_back(
          static_cast<int>(json::int_or(pair, "neighbour_id")));
  }
  for (const auto& item : json::array_or_empty(object, "aliases"))
    out.aliases_.emplace_back(json::text_or(item.as_object(), "key"),
                              static_cast<int>(json::int_or(item.as_object(), "territory_id")));
  for (const auto& item : json::array_or_empty(object, "rules"))
    // A rule that a database tool has written and nobody can read must not stop intake.
    if (auto rule = Rule::parse(item.as_object()))
      out.rules_.push_back(std::make_shared<const Rule>(*std::move(rule)));
  for (const auto& [currency, rate] : json::object_or_empty(object, "rates"))
    out.rates_.emplace(currency, rate.is_double()  ? rate.get_double()
                                 : rate.is_int64() ? static_cast<double>(rate.get_int64())
                                                   : 0);
  std::ranges::sort(out.aliases_, longer);
  std::ranges::sort(out.prefixes_, longer);
  return out;
}

const Place* Places::find(int id) const {
  const auto at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : &places_[at->second];
}

const Place* Places::find(std::string_view code) const {
  const auto at = by_code_.find(std::string(code));
  return at == by_code_.end() ? nullptr : &places_[at->second];
}

const Place* Places::country(std::string_view code) const {
  const Place* place = find(code);
  return place != nullptr && place->kind == PlaceKind::country ? place : nullptr;
}

bool Places::covers(int ancestor, int id) const {
  // The tree is some four levels deep; the bound ends a cycle that the database would not let in.
  for (int step = 0; id != 0 && step < 32; ++step) {
    if (id == ancestor) return true;
    const Place* place = find(id);
    if (place == nullptr) return false;
    id = place->parent;
  }
  return false;
}

const Place& Places::country_of(int id) const {
  for (int step = 0; step < 32; ++step) {
    const Place* place = find(id);
    if (place == nullptr) break;
    if (place->kind == PlaceKind::country) return *place;
    id = place->parent;
  }
  return root();
}

const Place* Places::country_of_phone(std::string_view e164) const {
  if (e164.empty() || e164.front() != '+') return nullptr;
  e164.remove_prefix(1);
  for (const auto& [prefix, id] : prefixes_)
    if (e164.starts_with(prefix)) return find(id);
  return nullptr;
}

Rules Places::in_force(int id, const Rules& among) const {
  Rules out;
  const auto depth = [&](int territory) {
    int steps = 0;
    for (const Place* at = find(territory); at != nullptr; at = find(at->parent)) ++steps;
    return steps;
  };
  for (const auto& rule : among) {
    if (rule->territory != 0 && !covers(rule->territory, id)) continue;
    const auto same =
        std::ranges::find(out, rule->priority, [](const auto& r) { return r->priority; });
    if (same == out.end()) {
      out.push_back(rule);
    } else if (depth(rule->territory) > depth((*same)->territory)) {
      *same = rule;
    }
  }
  std::erase_if(out, [](const auto& rule) { return !rule->enabled; });
  std::ranges::sort(out, {}, [](const auto& rule) { return rule->priority; });
  return out;
}

Rules Places::rules_at(int id) const { return in_force(id, rules_); }

Rules Places::rules_at(int id, int scope, const Rules& draft) const {
  Rules among;
  for (const auto& rule : rules_)
    if (rule->territory != scope) among.push_back(rule);
  for (const auto& rule : draft) {
    auto here = std::make_shared<Rule>(*rule);
    here->territory = scope;
    among.push_back(std::move(here));
  }
  return in_force(id, among);
}

std::optional<int> Places::steps_up(int id, const std::vector<int>& nodes) const {
  const Place* at = find(id);
  for (int step = 0; step < 32 && at != nullptr && at->kind != PlaceKind::root; ++step) {
    if (std::ranges::any_of(nodes, [&](int node) { return covers(at->id, node); })) return step;
    at = find(at->parent);
  }
  return std::nullopt;
}

std::optional<double> Places::usd(std::int64_t hundredths, std::string_view currency) const {
  const auto at = rates_.find(currency);
  if (at == rates_.end()) return std::nullopt;
  return static_cast<double>(hundredths) / 100 * at->second;
}

}  // namespace flash::leads
