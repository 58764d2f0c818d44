#include "enrich/places.h"

#include "base/text.h"
#include "enrich/likeness.h"
#include "enrich/phone.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::enrich {
namespace {

constexpr std::int64_t places_max = 5;
constexpr json::Limits reply_limits{.bytes_max = 256 * 1024, .depth_max = 16};

std::string_view country_of(const json::Object& place) {
  for (const auto& part : json::array_or_empty(place, "addressComponents")) {
    if (!part.is_object()) continue;
    for (const auto& type : json::strings_or_empty(part.as_object(), "types"))
      if (type == "country") return json::text_or(part.as_object(), "shortText");
  }
  return {};
}

std::string_view name_of(const json::Object& place) {
  return json::text_or(json::object_or_empty(place, "displayName"), "text");
}

Answer facts_of(const json::Object& place, const Lead& lead, int sure) {
  Answer out;
  const auto say = [&](std::string_view name, std::string_view value, std::string_view field = {}) {
    add(out, {std::string(name), std::string(value), sure, std::string(field)});
  };
  say("name", name_of(place));
  say("address", json::text_or(place, "formattedAddress"), "address");
  say("phone", to_e164(json::text_or(place, "internationalPhoneNumber"), lead.country), "phone");
  say("website", json::text_or(place, "websiteUri"));
  say("status", text::lower(json::text_or(place, "businessStatus")));
  say("kind", json::text_or(json::object_or_empty(place, "primaryTypeDisplayName"), "text"));
  return out;
}

}  // namespace

Ask places_question(const std::string& url, const std::string& key, const Lead& lead) {
  json::Writer body;
  body.object().field("textQuery", lead.business_name).field("regionCode", lead.country);
  body.field("pageSize", places_max).field("languageCode", "en").end_object();
  Ask out;
  out.url = url;
  out.headers = {text::cat("X-Goog-Api-Key: ", key),
                 "X-Goog-FieldMask: places.displayName,places.formattedAddress,"
                 "places.addressComponents,places.internationalPhoneNumber,places.websiteUri,"
                 "places.businessStatus,places.primaryTypeDisplayName"};
  out.body = std::move(body).take();
  return out;
}

Result<Answer> places_facts(std::string_view reply, const Lead& lead) {
  const auto document = json::parse_object(reply, reply_limits);
  if (!document)
    return fail(Kind::unprocessable, "unreadable", "the service's reply cannot be read");
  const json::Object* best = nullptr;
  int best_sure = alike - 1;
  for (const auto& entry : json::array_or_empty(*document, "places")) {
    if (!entry.is_object()) continue;
    const auto& place = entry.as_object();
    const auto country = country_of(place);
    if (!country.empty() && country != lead.country) continue;
    // Where it does not say the country, the name alone is not enough to be sure.
    const int sure = likeness(name_of(place), lead.business_name) * (country.empty() ? 8 : 9) / 10;
    if (sure <= best_sure) continue;
    best = &place;
    best_sure = sure;
  }
  if (best == nullptr) return Answer{};
  return facts_of(*best, lead, best_sure);
}

}  // namespace flash::enrich
