#include "leads/assign.h"

#include <algorithm>
#include <utility>

namespace flash::leads {
namespace {

bool has(const std::vector<std::string>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

Candidate candidate_of(const Rep& rep, const Question& question, const Place& place,
                       const Places& places) {
  Candidate out;
  out.id = rep.id;
  out.name = rep.name;
  out.load = rep.load;
  out.capacity = rep.capacity;
  out.won = rep.won;
  out.closed = rep.closed;
  const auto handled = rep.handled.find(question.business_type);
  out.handled = handled == rep.handled.end() ? 0 : handled->second;
  out.last_assigned = rep.last_assigned;
  if (const auto turn = rep.turns.find(question.territory); turn != rep.turns.end())
    out.turn = turn->second;
  out.covers = rep.covers(question.territory, places);
  out.near =
      std::ranges::any_of(place.neighbours, [&](int next) { return rep.covers(next, places); });
  out.reach = places.steps_up(question.territory, rep.nodes);
  out.at_work = rep.at_work.value_or(question.working_hours);
  out.speaks = question.language.empty() || has(rep.languages, question.language);
  out.specialist = has(rep.specialities, question.business_type);
  out.specialities = rep.specialities;
  out.languages = rep.languages;
  out.excluded = rep.absent ? "out_of_office" : rep.load >= rep.capacity ? "full" : "";
  return out;
}

}  // namespace

bool Rep::covers(int territory, const Places& places) const {
  return std::ranges::any_of(nodes, [&](int node) { return places.covers(node, territory); });
}

Case case_of(Question question, const std::vector<Rep>& reps, const Places& places) {
  const Place& place = *places.find(question.territory);
  const int country = places.country_of(question.territory).id;
  Case out;
  out.rules = places.rules_at(place.id);
  out.strategy = place.strategy;
  out.allow_neighbours = place.allow_neighbours;
  out.needs_specialist = has(place.specialist_types, question.business_type);
  for (const auto& rep : reps)
    if (std::ranges::any_of(rep.nodes, [&](int node) {
          return places.covers(node, country) || places.covers(country, node);
        }))
      out.candidates.push_back(candidate_of(rep, question, place, places));
  out.question = std::move(question);
  return out;
}

}  // namespace flash::leads
