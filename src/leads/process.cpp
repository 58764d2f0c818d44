#include "leads/process.h"

#include <algorithm>

#include "base/text.h"

namespace flash::leads {
namespace {

std::string organization_key(const Lead& lead, std::string_view business_key) {
  return text::cat(lead.country, " ", business_key);
}

void put(json::Object& to, std::string_view name, std::string_view text) {
  if (!text.empty()) to[name] = text;
}

void put(json::Object& to, std::string_view name, const std::vector<std::string>& list) {
  json::Array items;
  for (const auto& item : list) items.emplace_back(item);
  to[name] = std::move(items);
}

template <class Number>
void put(json::Object& to, std::string_view name, const std::optional<Number>& number) {
  if (number) to[name] = *number;
}

// What the conditions of rules may ask for; what is not known is left out.
json::Object routing_facts(const Arrival& arrival, const Decision& decision,
                           const Question& question, const Place& place) {
  const Lead& lead = arrival.lead;
  json::Object out;
  put(out, "business_type", lead.business_type);
  put(out, "country", place.country);
  put(out, "territory", place.code);
  put(out, "monthly_revenue_band", lead.revenue_band);
  put(out, "employee_band", lead.employee_band);
  put(out, "preferred_language", lead.language);
  put(out, "channel", arrival.channel);
  put(out, "current_processor", lead.current_processor);
  put(out, "monthly_transactions", lead.monthly_transactions);
  put(out, "year_established", lead.year_established);
  put(out, "value_usd", question.value_usd);
  if (decision.score) {
    out["lead_score"] = decision.score->score;
    out["score_band"] = score::to_text(decision.score->band);
  }
  out["interest_level"] = lead.interest;
  out["previous_customer"] = decision.previous_customer;
  out["package_seen"] = lead.package_seen;
  out["signed_up"] = lead.signed_up;
  out["working_hours"] = question.working_hours;
  out["has_email"] = !lead.email.empty();
  out["has_phone"] = !lead.phones.empty();
  put(out, "pain_points", lead.pain_points);
  put(out, "flags", decision.flags);
  return out;
}

}  // namespace

Location placed(const Arrival& arrival, const Places& places) {
  Location found = locate(arrival.lead, places);
  const Place* given = arrival.territory ? places.find(*arrival.territory) : nullptr;
  // A door that has put the row on a node knows better than the words in it, unless they go deeper.
  if (given == nullptr || given->kind == PlaceKind::root ||
      places.covers(given->id, found.territory))
    return found;
  found.territory = given->id;
  found.source = "stated";
  found.confidence = 1.0;
  return found;
}

Batch::Batch(const Places& places, Desk desk, NewId new_id)
    : places_(places), desk_(std::move(desk)), new_id_(std::move(new_id)) {}

Links Batch::links_of(const Arrival& arrival) const {
  Links links;
  if (const auto known = desk_.links.find(arrival.number); known != desk_.links.end())
    links = known->second;
  const auto add = [&](const Seen& seen, Match::By by) {
    links.matches.push_back(seen.match);
    links.matches.back().by = by;
    if (links.contact.empty()) links.contact = seen.contact;
  };
  if (const auto seen = by_email_.find(text::lower(arrival.lead.email));
      !arrival.lead.email.empty() && seen != by_email_.end())
    add(seen->second, Match::By::email);
  for (const auto& phone : arrival.lead.phones)
    if (const auto seen = by_phone_.find(phone.number); seen != by_phone_.end())
      add(seen->second, Match::By::phone);
  const auto organization = organizations_.find(organization_key(arrival.lead, links.business_key));
  if (organization != organizations_.end() && !links.business_key.empty()) {
    if (links.organization.empty()) links.organization = organization->second;
    Match similar;
    similar.by = Match::By::name;
    links.matches.push_back(similar);
  }
  return links;
}

void Batch::link(const Arrival& arrival, const Links& links, Decision& out) {
  out.contact = links.contact;
  out.organization = links.organization;
  if (!out.duplicate_of.empty()) return;  // whoever repeats himself is known already
  if (out.organization.empty()) {
    out.organization = new_id_();
    out.new_organization = true;
    organizations_[organization_key(arrival.lead, links.business_key)] = out.organization;
  }
  if (out.contact.empty()) {
    out.contact = new_id_();
    out.new_contact = true;
  }
}

void Batch::route(const Arrival& arrival, const Kinship& kin, Decision& out) {
  Question question;
  question.territory = out.location.territory;
  question.business_type = arrival.lead.business_type;
  question.language = arrival.lead.language;
  if (arrival.lead.stated_value)
    question.value_usd = places_.usd(*arrival.lead.stated_value, out.currency);
  if (kin.previous != nullptr) question.previous_owner = kin.previous->owner;
  question.working_hours = !desk_.closed.contains(out.location.territory);
  question.held =
      !question.working_hours && places_.find(out.location.territory)->hold_outside_hours;
  question.facts = routing_facts(arrival, out, question, *places_.find(question.territory));
  const Case from = case_of(std::move(question), desk_.reps, places_);
  out.assignment = leads::decide(from);
  out.inputs = inputs_json(from);
  out.rules = rules_json(from);
  if (!arrival.owner.empty()) {
    out.owner = arrival.owner;
  } else {
    out.owner = out.assignment->owner;
  }
  const auto owner = std::ranges::find(desk_.reps, out.owner, &Rep::id);
  if (owner == desk_.reps.end()) return;
  // An owner named by another door is counted by the database already.
  if (arrival.owner.empty()) ++owner->load;
  owner->last_assigned = out.at;
  owner->turns[out.location.territory] = out.at;
}

void Batch::remember(const Arrival& arrival, const Decision& decision,
                     const std::string& business_key) {
  if (!decision.duplicate_of.empty()) return;
  Seen seen;
  seen.match.id = arrival.id;
  seen.match.owner = decision.owner;
  seen.match.open = true;
  seen.contact = decision.contact;
  if (!arrival.lead.email.empty())
    by_email_.insert_or_assign(text::lower(arrival.lead.email), seen);
  for (const auto& phone : arrival.lead.phones) by_phone_.insert_or_assign(phone.number, seen);
  if (!business_key.empty())
    organizations_.emplace(organization_key(arrival.lead, business_key), decision.organization);
}

void Batch::tell(const Arrival& arrival, const Kinship& kin, const Decision& decision) {
  News news;
  news.submission = arrival.id;
  news.business_name = arrival.lead.business_name;
  news.caller = arrival.caller;
  news.owner = decision.owner;
  news.territory = decision.location.territory;
  news.score = decision.score ? decision.score->score : 0;
  news.hot = decision.score && decision.score->band == score::Band::hot;
  news.quiet = decision.assignment && (decision.assignment->held || !decision.assignment->alert);
  if (kin.duplicate_of != nullptr) {
    news.duplicate = true;
    news.submission = kin.duplicate_of->id;
    news.original_owner = kin.duplicate_of->owner;
  }
  const std::string reason = decision.assignment ? decision.assignment->reason : std::string{};
  news.reason = reason;
  announce(news, desk_.managers, places_, notices_);
}

Result<Decision> Batch::decide(const Arrival& arrival) {
  Decision out;
  out.at = desk_.now + step_++;
  out.location = placed(arrival, places_);
  out.flags = arrival.lead.flags;
  out.flags.insert(out.flags.end(), out.location.flags.begin(), out.location.flags.end());
  if (out.flags.size() > 15) out.flags.resize(15);
  const Place& place = *places_.find(out.location.territory);
  out.currency = place.currency;
  if (!arrival.caller.empty() && !arrival.late &&
      (desk_.caller.role.empty() || desk_.caller.role == "viewer" ||
       (desk_.caller.role != "admin" && !desk_.caller.territories.contains(place.id))))
    return fail(Kind::forbidden, "territory_not_held",
                "You may enter leads only in your own territories.");
  if (arrival.lead.spam) {
    out.status = "disqualified";
    out.status_reason = "spam";
    return out;
  }
  const Links links = links_of(arrival);
  const Kinship kin = kinship(links.matches);
  const auto facts = facts_of(arrival.lead, desk_.this_year);
  out.score = score::points_v2(facts, place.score_percent);
  out.basic_score = score::seed_basic_v1(facts);
  if (kin.duplicate_of != nullptr) {
    out.status = "archived";
    out.status_reason = "duplicate";
    out.duplicate_of = kin.duplicate_of->id;
    out.proposed = proposed_facts(arrival.lead, kin.duplicate_of->facts);
  } else {
    if (kin.previous != nullptr) out.previous_id = kin.previous->id;
    out.previous_customer = kin.previous != nullptr && kin.previous->won;
    if (kin.similar) out.flags.emplace_back("possible_duplicate");
    route(arrival, kin, out);
    if (out.score->score >= place.auto_deal_score)
      out.deal = DealToOpen{new_id_(), arrival.lead.stated_value, out.currency};
    out.confirm =
        place.confirm_by_email && !arrival.lead.email.empty() && arrival.channel == "public_form";
  }
  link(arrival, links, out);
  tell(arrival, kin, out);
  remember(arrival, out, links.business_key);
  return out;
}

}  // namespace flash::leads
