#include "leads/territory.h"

#include <optional>

#include "base/text.h"
#include "leads/words.h"

namespace flash::leads {
namespace {

constexpr double stated_area = 1.0, stated_country = 0.9, by_postcode = 0.9, by_phone = 0.8,
                 by_words = 0.7;

// `within` null: any country that has postcodes.
const Place* place_of_postcode(std::string_view code, const Place* within, const Places& places) {
  for (const auto& place : places.all()) {
    if (place.kind != PlaceKind::country || (within != nullptr && &place != within)) continue;
    for (const auto& [prefix, area] : place.postal_areas)
      if (!code.empty() && code.starts_with(prefix)) return places.find(area);
  }
  return nullptr;
}

struct Words {
  const Place* place = nullptr;
  bool ambiguous = false;
};

// The deepest kind of place wins, then the longest spelling; two places of one spelling are a
// question.
Words place_of_words(std::string_view address, const Place* within, const Places& places) {
  Words best;
  std::size_t length = 0;
  const std::string folded = fold(address);
  for (const auto& [key, id] : places.aliases()) {
    const Place* place = places.find(id);
    if (place == nullptr || (within != nullptr && !places.covers(within->id, id))) continue;
    const bool deeper = best.place == nullptr || place->kind > best.place->kind;
    const bool same =
        best.place != nullptr && place->kind == best.place->kind && key.size() == length;
    if (!deeper && !same) continue;
    if (!has_words(folded, key)) continue;
    best.ambiguous = same && !deeper && place != best.place ? true : best.ambiguous && !deeper;
    best.place = place;
    length = key.size();
  }
  return best;
}

void note_phone(const Lead& lead, const Place* country, const Places& places, Location& out) {
  for (const auto& phone : lead.phones) {
    if (places.country_of_phone(phone.number) == country) continue;
    out.flags.emplace_back("phone_region_differs");
    return;
  }
}

void refine(const Lead& lead, const Place& country, const Places& places, Location& out) {
  if (const Place* place = place_of_postcode(lead.postal_code, &country, places)) {
    out.territory = place->id;
    out.source = "postal_code";
    out.confidence = by_postcode;
  }
  if (places.find(out.territory)->kind == PlaceKind::area) return;
  const auto words = place_of_words(lead.address, &country, places);
  if (words.ambiguous) out.flags.emplace_back("sub_area_ambiguous");
  if (words.place == nullptr || words.ambiguous ||
      words.place->kind <= places.find(out.territory)->kind)
    return;
  // Words may only go deeper than the postcode, never elsewhere.
  if (!places.covers(out.territory, words.place->id)) return;
  out.territory = words.place->id;
  out.source = "address";
  out.confidence = by_words;
}

}  // namespace

Location locate(const Lead& lead, const Places& places) {
  Location out;
  out.territory = places.root().id;
  const auto settle = [&](const Place* place, std::string_view source, double confidence) {
    out.territory = place->id;
    out.source = source;
    out.confidence = confidence;
  };
  if (const Place* country = places.country(lead.country)) {
    settle(country, "stated", stated_country);
    const Place* area = lead.sub_area.empty() ? nullptr : places.find(lead.sub_area);
    if (area != nullptr && area != country && places.covers(country->id, area->id)) {
      settle(area, "stated", stated_area);
      out.sub_area = area->id;
    } else {
      if (!lead.sub_area.empty() && area != country) out.flags.emplace_back("sub_area_dropped");
      refine(lead, *country, places, out);
    }
    note_phone(lead, country, places, out);
    return out;
  }
  if (const Place* place = place_of_postcode(lead.postal_code, nullptr, places)) {
    settle(place, "postal_code", by_postcode);
    return out;
  }
  for (const auto& phone : lead.phones) {
    if (const Place* place = places.country_of_phone(phone.number)) {
      settle(place, "phone", by_phone);
      return out;
    }
  }
  const auto words = place_of_words(lead.address, nullptr, places);
  if (words.ambiguous) {
    out.flags.emplace_back("sub_area_ambiguous");
  } else if (words.place != nullptr) {
    settle(words.place, "address", by_words);
  }
  return out;
}

}  // namespace flash::leads
