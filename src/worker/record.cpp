#include "worker/record.h"

#include <algorithm>

#include "base/text.h"
#include "score/report.h"
#include "worker/queries.gen.h"

namespace flash::worker {
namespace {

using json::Writer;
using std::string_view;

void field_or_null(Writer& out, string_view name, string_view text) {
  out.key(name);
  if (text.empty()) {
    out.null();
  } else {
    out.value(text);
  }
}

void id_or_null(Writer& out, string_view name, int id) {
  out.key(name);
  if (id == 0) {
    out.null();
  } else {
    out.value(id);
  }
}

void money_or_null(Writer& out, string_view name, std::optional<std::int64_t> hundredths) {
  out.key(name);
  if (hundredths) {
    out.raw(money_text(*hundredths));
  } else {
    out.null();
  }
}

void texts(Writer& out, string_view name, const std::vector<std::string>& list) {
  out.key(name).array();
  for (const auto& text : list) out.value(text);
  out.end_array();
}

void score_fields(Writer& out, const score::Score& score) {
  out.field("score_band", score::to_text(score.band)).field("score_model", score::points_model);
  out.raw_field("score_factors", score::factors_json(score))
      .field("score_adjustment", score.adjustment);
  out.field("completeness", score.completeness).field("confidence", score.confidence);
}

std::string assignment_json(const leads::Assignment& assignment) {
  Writer out;
  out.object();
  field_or_null(out, "profile_id", assignment.owner);
  const bool owned = !assignment.owner.empty();
  field_or_null(out, "name", owned ? assignment.candidates[assignment.chosen].name : std::string{});
  out.field("rule_priority", assignment.priority)
      .field("rule_kind", leads::to_text(assignment.kind));
  out.field("strategy", leads::to_text(assignment.strategy))
      .field("confidence", assignment.confidence);
  out.field("reason", assignment.reason).end_object();
  return std::move(out).take();
}

// 'FL-' and six letters or digits that cannot be misread, out of the random end of a UUID.
std::string new_reference(string_view id) {
  constexpr string_view alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::uint64_t noise = 0;
  for (const char c : id.substr(id.size() - 12)) noise = noise * 31 + static_cast<unsigned char>(c);
  noise *= 0x9E3779B97F4A7C15ULL;  // spreads it over all bits (Knuth, multiplicative hashing)
  std::string out = "FL-";
  for (int i = 0; i < 6; ++i) {
    noise ^= noise >> 29U;
    out += alphabet[(noise >> 32U) % alphabet.size()];
    noise *= 0xBF58476D1CE4E5B9ULL;
  }
  return out;
}

std::string queued_params(const leads::Notice& notice) {
  return notice.params.empty() ? "{}" : notice.params;
}

}  // namespace

std::string money_text(std::int64_t hundredths) {
  const std::string cents = std::to_string(hundredths % 100);
  return text::cat(std::to_string(hundredths / 100), ".", cents.size() < 2 ? "0" : "", cents);
}

sql::Statement Document::write() && {
  return sql::statement(queries::intake_write, {std::move(others), std::move(submissions),
                                                std::move(assignments), std::move(activities)});
}

sql::Statement Document::write_release() && {
  return sql::statement(queries::intake_write_release,
                        {std::move(others), std::move(assignments), std::move(activities)});
}

Record::Record(leads::Batch::NewId new_id) : new_id_(std::move(new_id)) {
  for (auto* rows : {&submissions_, &phones_, &organizations_, &contacts_, &contact_phones_,
                     &assignments_, &deals_, &activities_, &turns_, &answers_})
    rows->array();
}

void Record::add(const leads::Arrival& arrival, const leads::Decision& decision,
                 string_view business_key, const AnswerKey& key) {
  const Row row{arrival, decision};
  late_ = arrival.late;
  add_people(row, business_key);
  add_submission(row, business_key);
  for (const auto& phone : arrival.lead.phones)
    phones_.object()
        .field("submission_id", arrival.id)
        .field("number", phone.number)
        .field("label", phone.label)
        .field("is_primary", phone.primary)
        .end_object();
  add_assignment(row);
  add_deal(row);
  add_activities(row);
  add_answer(row, key);
}

void Record::add_release(const leads::Arrival& arrival, const leads::Decision& decision) {
  const Row row{arrival, decision};
  add_assignment(row);
  if (!decision.owner.empty()) add_assigned(row);
}

void Record::add_submission(const Row& row, string_view business_key) {
  const auto& [arrival, decision] = row;
  submissions_.object().field("id", arrival.id).field("at_us", decision.at);
  if (!arrival.late) {
    submissions_.field("reference", new_reference(new_id_()));
    submissions_.field("business_key", business_key).field("channel", arrival.channel);
    add_facts(arrival.lead);
  }
  add_decided(row);
  submissions_.end_object();
}

void Record::add_facts(const leads::Lead& lead) {
  auto& out = submissions_;
  out.field("business_name", lead.business_name).field("owner_name", lead.owner_name);
  field_or_null(out, "email", lead.email);
  field_or_null(out, "phone", lead.phones.empty() ? std::string{} : lead.phones.front().number);
  out.field("country", lead.country);
  field_or_null(out, "postal_code", lead.postal_code);
  field_or_null(out, "address", lead.address);
  out.field("business_type", lead.business_type);
  field_or_null(out, "monthly_revenue_band", lead.revenue_band);
  field_or_null(out, "employee_band", lead.employee_band);
  out.field("monthly_transactions", lead.monthly_transactions);
  money_or_null(out, "average_ticket", lead.average_ticket);
  out.field("year_established", lead.year_established);
  texts(out, "pain_points", lead.pain_points);
  field_or_null(out, "current_processor", lead.current_processor);
  out.field("interest_level", lead.interest);
  texts(out, "decision_makers", lead.decision_makers);
  field_or_null(out, "specific_needs", lead.specific_needs);
  out.field("package_seen", lead.package_seen).field("signed_up", lead.signed_up);
  field_or_null(out, "preferred_language", lead.language);
  out.field("consent_contact", lead.consent_contact);
  field_or_null(out, "consent_version", lead.consent_version);
  out.field("consent_marketing", lead.consent_marketing);
  money_or_null(out, "stated_value", lead.stated_value);
  out.raw_field("form_data", lead.form_data);
}

void Record::add_decided(const Row& row) {
  const auto& decision = row.decision;
  auto& out = submissions_;
  out.field("territory_id", decision.location.territory);
  field_or_null(out, "owner_id", decision.owner);
  out.field("status", decision.status);
  field_or_null(out, "status_reason", decision.status_reason);
  if (decision.score) {
    out.field("lead_score", decision.score->score).field("basic_score", decision.basic_score);
    score_fields(out, *decision.score);
  }
  id_or_null(out, "sub_area_id", decision.location.sub_area);
  out.field("currency", decision.currency);
  field_or_null(out, "duplicate_of", decision.duplicate_of);
  field_or_null(out, "previous_id", decision.previous_id);
  out.field("previous_customer", decision.previous_customer);
  texts(out, "flags", decision.flags);
  out.field("territory_source", decision.location.source);
  out.field("territory_confidence", decision.location.confidence);
  field_or_null(out, "contact_id", decision.contact);
  field_or_null(out, "organization_id", decision.organization);
}

void Record::add_people(const Row& row, string_view business_key) {
  const auto& [arrival, decision] = row;
  const auto& lead = arrival.lead;
  if (decision.new_organization)
    organizations_.object()
        .field("id", decision.organization)
        .field("at_us", decision.at)
        .field("territory_id", decision.location.territory)
        .field("country", lead.country)
        .field("name", lead.business_name)
        .field("name_key", business_key)
        .field("business_type", lead.business_type)
        .end_object();
  if (!decision.new_contact) return;
  contacts_.object()
      .field("id", decision.contact)
      .field("at_us", decision.at)
      .field("territory_id", decision.location.territory)
      .field("organization_id", decision.organization)
      .field("full_name", lead.owner_name);
  field_or_null(contacts_, "email", lead.email);
  field_or_null(contacts_, "preferred_language", lead.language);
  contacts_.field("consent_marketing", lead.consent_marketing).end_object();
  for (const auto& phone : lead.phones)
    contact_phones_.object()
        .field("contact_id", decision.contact)
        .field("number", phone.number)
        .field("label", phone.label)
        .field("is_primary", phone.primary)
        .end_object();
}

int Record::rule_set(const std::string& rules) {
  const auto at = std::ranges::find(rule_sets_, rules);
  if (at != rule_sets_.end()) return static_cast<int>(at - rule_sets_.begin());
  rule_sets_.push_back(rules);
  return static_cast<int>(rule_sets_.size()) - 1;
}

void Record::add_assignment(const Row& row) {
  const auto& [arrival, decision] = row;
  if (!decision.assignment) return;
  const auto& assignment = *decision.assignment;
  const bool named = !arrival.owner.empty();  // by the door the row came through
  auto& out = assignments_;
  out.object()
      .field("id", new_id_())
      .field("at_us", decision.at)
      .field("submission_id", arrival.id);
  field_or_null(out, "profile_id", decision.owner);
  out.field("source", named ? "manual" : "rules")
      .field("territory_id", decision.location.territory);
  if (named) {
    out.field("reason", "Named by whoever entered the lead.");
  } else {
    out.field("rule_priority", assignment.priority)
        .field("rule_kind", leads::to_text(assignment.kind));
    out.field("strategy", leads::to_text(assignment.strategy))
        .field("confidence", assignment.confidence);
    out.field("reason", assignment.reason).raw_field("inputs", decision.inputs);
    out.field("rule_set", rule_set(decision.rules));
  }
  if (assignment.held && decision.owner.empty()) {
    out.field("held", true);
    held_ = true;
  }
  out.raw_field("candidates", leads::candidates_json(assignment)).end_object();
  if (decision.owner.empty()) return;
  turns_.object()
      .field("profile_id", decision.owner)
      .field("territory_id", decision.location.territory)
      .field("at_us", decision.at)
      .end_object();
}

void Record::add_deal(const Row& row) {
  const auto& [arrival, decision] = row;
  if (!decision.deal) return;
  deals_.object()
      .field("id", decision.deal->id)
      .field("at_us", decision.at)
      .field("submission_id", arrival.id);
  field_or_null(deals_, "organization_id", decision.organization);
  field_or_null(deals_, "contact_id", decision.contact);
  deals_.field("territory_id", decision.location.territory);
  field_or_null(deals_, "owner_id", decision.owner);
  deals_.field("title", arrival.lead.business_name);
  money_or_null(deals_, "value", decision.deal->value);
  deals_.field("currency", decision.deal->currency);
  if (decision.score) deals_.field("lead_score", decision.score->score);
  deals_.end_object();
}

void Record::add_activity(const Row& row, string_view submission, string_view kind,
                          string_view subject, string_view data) {
  auto& out = activities_;
  out.object()
      .field("id", new_id_())
      .field("at_us", row.decision.at)
      .field("submission_id", submission);
  field_or_null(out, "actor_id", row.arrival.caller);
  out.field("kind", kind).field("subject", subject).raw_field("data", data);
  out.field("territory_id", row.decision.location.territory);
  field_or_null(out, "owner_id", row.decision.owner);
  out.end_object();
}

void Record::add_assigned(const Row& row) {
  Writer to;
  to.object();
  field_or_null(to, "to", row.decision.owner);
  to.end_object();
  add_activity(row, row.arrival.id, "assignment", "Assigned", to.text());
}

void Record::add_activities(const Row& row) {
  const auto& [arrival, decision] = row;
  if (!decision.score) return;
  Writer came;
  came.object().field("score", decision.score->score).field("channel", arrival.channel);
  came.field("territory_source", decision.location.source).end_object();
  add_activity(row, arrival.id, "intake", "Lead received", came.text());
  if (decision.assignment) add_assigned(row);
  if (decision.duplicate_of.empty()) return;
  Writer again;
  again.object()
      .field("duplicate", arrival.id)
      .raw_field("proposed", decision.proposed)
      .end_object();
  add_activity(row, decision.duplicate_of, "system", "Contacted us again", again.text());
}

void Record::add_answer(const Row& row, const AnswerKey& key) {
  const auto& [arrival, decision] = row;
  auto& out = answers_;
  out.object()
      .field("n", arrival.number)
      .field("id", arrival.id)
      .field("confirm", decision.confirm);
  field_or_null(out, "scope", key.key.empty() ? std::string{} : key.scope);
  field_or_null(out, "key", key.key);
  out.field("hash", key.hash);
  const bool told_all = arrival.channel != "public_form";
  out.field("person", told_all);
  if (told_all) {
    const Instant at{Duration(decision.at)};
    if (decision.score) out.raw_field("score", score::result_json(*decision.score, at));
    if (decision.assignment) out.raw_field("assignment", assignment_json(*decision.assignment));
  }
  out.end_object();
}

Document Record::finish(const std::vector<leads::Notice>& notices) && {
  Writer out;
  out.object().field("late", late_).field("held", held_);
  // A table without rows is left out: a statement has its price even when it writes nothing.
  const auto put = [&](string_view name, Writer& rows) {
    if (rows.end_array().text() != "[]") out.raw_field(name, rows.text());
  };
  put("organizations", organizations_);
  put("contacts", contacts_);
  put("contact_phones", contact_phones_);
  put("phones", phones_);
  put("deals", deals_);
  out.key("rule_sets").array();
  for (const auto& rules : rule_sets_) out.raw(rules);
  out.end_array();
  put("turns", turns_);
  put("answers", answers_);
  if (!notices.empty()) {
    out.key("notices").array();
    for (const auto& notice : notices)
      out.object()
          .field("id", new_id_())
          .field("user_id", notice.user)
          .field("type", notice.type)
          .field("submission_id", notice.submission)
          .raw_field("params", queued_params(notice))
          .field("priority", notice.priority)
          .field("dedupe_key", notice.dedupe_key)
          .field("count", notice.count)
          .field("email", notice.email)
          .end_object();
    out.end_array();
  }
  out.end_object();
  submissions_.end_array();
  assignments_.end_array();
  activities_.end_array();
  return {std::move(out).take(), std::move(submissions_).take(), std::move(assignments_).take(),
          std::move(activities_).take()};
}

}  // namespace flash::worker
