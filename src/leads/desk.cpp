#include "leads/desk.h"

#include "base/text.h"
#include "json/read.h"

namespace flash::leads {
namespace {

std::vector<int> numbers(const json::Object& from, std::string_view key) {
  std::vector<int> out;
  for (const auto& item : json::array_or_empty(from, key))
    if (item.is_int64()) out.push_back(static_cast<int>(item.get_int64()));
  return out;
}

int small(const json::Object& from, std::string_view key) {
  return static_cast<int>(json::int_or(from, key));
}

Rep rep_of(const json::Object& from) {
  Rep rep;
  rep.id = json::text_or(from, "id");
  rep.name = json::text_or(from, "name");
  rep.nodes = numbers(from, "nodes");
  rep.capacity = small(from, "capacity");
  rep.load = small(from, "load");
  rep.absent = json::bool_or(from, "absent");
  if (json::find(from, "at_work") != nullptr) rep.at_work = json::bool_or(from, "at_work");
  rep.specialities = json::strings_or_empty(from, "specialities");
  rep.languages = json::strings_or_empty(from, "languages");
  if (json::find(from, "last_us") != nullptr) rep.last_assigned = json::int_or(from, "last_us");
  for (const auto& [territory, at] : json::object_or_empty(from, "turns"))
    if (at.is_int64())
      rep.turns.emplace(text::parse_int<int>(territory).value_or(0), at.get_int64());
  return rep;
}

Match match_of(const json::Object& from) {
  Match match;
  const auto by = json::text_or(from, "by");
  match.by = by == "email" ? Match::By::email : by == "phone" ? Match::By::phone : Match::By::name;
  match.id = json::text_or(from, "id");
  match.owner = json::text_or(from, "owner_id");
  match.open = json::bool_or(from, "open");
  match.won = json::bool_or(from, "won");
  match.facts = json::object_or_empty(from, "facts");
  return match;
}

}  // namespace

History History::parse(const json::Object& document) {
  History out;
  for (const auto& [id, item] : document) {
    if (!item.is_object()) continue;
    auto& deals = out.by_rep[id];
    deals.won = small(item.get_object(), "won");
    deals.closed = small(item.get_object(), "closed");
    for (const auto& [type, count] : json::object_or_empty(item.get_object(), "handled"))
      if (count.is_int64()) deals.handled.emplace(type, static_cast<int>(count.get_int64()));
  }
  return out;
}

void Desk::recall(const History& history) {
  for (auto& rep : reps) {
    const auto known = history.by_rep.find(rep.id);
    if (known == history.by_rep.end()) continue;
    rep.won = known->second.won;
    rep.closed = known->second.closed;
    rep.handled = known->second.handled;
  }
}

Result<Desk> Desk::parse(const json::Object& document) {
  Desk desk;
  TRY(desk.now, json::read_int(document, "now_us"));
  TRY(const auto year, json::read_int(document, "this_year"));
  desk.this_year = static_cast<int>(year);
  for (const auto& item : json::array_or_empty(document, "reps"))
    if (item.is_object()) desk.reps.push_back(rep_of(item.get_object()));
  for (const auto& item : json::array_or_empty(document, "managers")) {
    if (!item.is_object()) continue;
    const auto& from = item.get_object();
    desk.managers.push_back({std::string(json::text_or(from, "id")), json::bool_or(from, "admin"),
                             numbers(from, "nodes")});
  }
  for (const int id : numbers(document, "closed")) desk.closed.insert(id);
  const auto& caller = json::object_or_empty(document, "caller");
  desk.caller.role = json::text_or(caller, "role");
  for (const int id : numbers(caller, "territory_ids")) desk.caller.territories.insert(id);
  for (const auto& item : json::array_or_empty(document, "items")) {
    if (!item.is_object()) continue;
    const auto& from = item.get_object();
    Links links;
    links.contact = json::text_or(from, "contact_id");
    links.organization = json::text_or(from, "organization_id");
    links.business_key = json::text_or(from, "business_key");
    for (const auto& match : json::array_or_empty(from, "matches"))
      if (match.is_object()) links.matches.push_back(match_of(match.get_object()));
    desk.links.emplace(static_cast<std::size_t>(json::int_or(from, "n")), std::move(links));
  }
  return desk;
}

}  // namespace flash::leads
