#include "worker/intake.h"

#include <set>

#include "leads/choice.h"
#include "worker/test_office.h"

namespace flash::worker {
namespace {

class IntakeTest : public OfficeTest {};

TEST_F(IntakeTest, OneLeadLeavesItsWholeTrace) {
  const std::string reference = accepted(form(
      "hot@x.example",
      R"(,"phones":[{"number":"876-922-1234","label":"whatsapp"}],"monthly_revenue_band":"250k+",
      "employee_band":"100+","interest_level":10,"monthly_transactions":5000,"package_seen":true,"year_established":1990,
      "pain_points":["high_fees","slow_processing","poor_support"],"current_processor":"Old Pay","average_ticket":12.35)"));
  EXPECT_TRUE(reference.starts_with("FL-"));
  EXPECT_EQ(sql("select concat_ws(' ', s.status, s.channel, t.code, s.territory_source, "
                "s.currency, s.score_band, s.phone,"
                " s.average_ticket, s.business_key) from public.submissions s join "
                "public.territories t on t.id = s.territory_id"
                " where s.reference = $1",
                {reference}),
            "new public_form JM-06 stated JMD hot +18769221234 12.35 shop hot x example");
  EXPECT_EQ(sql("select (select sum((f->>'points')::int) from "
                "jsonb_array_elements(s.score_factors) f) + s.score_adjustment"
                " = s.lead_score from public.submissions s"),
            "t");
  EXPECT_EQ(sql("select count(*) from public.submissions where processed_at is not null and "
                "consent_at is not null"
                " and first_response_due_at is not null and contact_id is not null and "
                "organization_id is not null"),
            "1");
  EXPECT_EQ(sql("select label || is_primary from public.submission_phones"), "whatsapptrue");
  EXPECT_EQ(sql("select count(*) from public.contacts c join public.organizations o on o.id = "
                "c.organization_id"
                " join public.contact_phones p on p.contact_id = c.id"),
            "1");
  EXPECT_EQ(sql("select string_agg(kind, ' ' order by kind) from public.activities"),
            "assignment intake status_change");
  EXPECT_EQ(sql("select concat_ws(' ', source, rule_priority, rule_kind, strategy, profile_id is "
                "not null) from public.assignments"),
            "rules 40 territory least_loaded t");
  EXPECT_EQ(sql("select a.owner_id = s.owner_id and a.profile_id = s.owner_id from "
                "public.assignments a, public.submissions s"),
            "t");
  EXPECT_EQ(sql("select d.stage || ' ' || (d.owner_id = s.owner_id) || ' ' || d.currency from "
                "public.deals d join public.submissions s on s.id = d.submission_id"),
            "new true JMD");
  EXPECT_EQ(sql("select string_agg(type || ' ' || priority, ', ' order by type, user_id) from "
                "public.notifications"),
            "hot_lead urgent, hot_lead urgent, lead_assigned high");
  EXPECT_EQ(sql("select string_agg(payload->>'template', ' ' order by payload->>'template') from "
                "flash.outbox"),
            "lead_received notice.lead_assigned");
  EXPECT_EQ(sql("select payload->>'reference' from flash.outbox where payload->>'template' = "
                "'lead_received'"),
            reference);
  EXPECT_EQ(sql("select string_agg(distinct table_name, ' ') from public.audit_log where op = "
                "'insert' and actor_role = 'flash_intake'"),
            "deals submissions");
  EXPECT_EQ(sql("select count(*) from flash.jobs"), "0") << "the pipeline has seen it";
  EXPECT_EQ(sql("select count(*) from public.profiles where last_assigned_at is not null"), "1");
}

TEST_F(IntakeTest, AnonymousAnswersHoldNothingButTheReference) {
  const auto receipt = send(form("a@x.example"));
  ASSERT_TRUE(receipt);
  const auto body = *json::parse_object(receipt->body);
  EXPECT_EQ(body.size(), 1U);
  EXPECT_TRUE(body.contains("reference"));
}

TEST_F(IntakeTest, APersonGetsTheRowTheScoreAndTheReason) {
  Submission submission;
  submission.body = form("a@x.example");
  submission.channel = "rep_form";
  submission.caller = kemar;
  submission.claims = text::cat(R"({"role":"authenticated","sub":")", kemar, R"("})");
  const auto receipt = begin(0, desks_[0]->intake.submit(submission)).get();
  ASSERT_TRUE(receipt) << receipt.error().message;
  ASSERT_EQ(receipt->status, 201U) << receipt->body;
  const auto body = *json::parse_object(receipt->body);
  EXPECT_EQ(json::text_or(json::object_or_empty(body, "submission"), "channel"), "rep_form");
  EXPECT_EQ(json::int_or(json::object_or_empty(body, "score"), "score"), 15);
  EXPECT_FALSE(json::text_or(json::object_or_empty(body, "assignment"), "reason").empty());
  EXPECT_EQ(sql("select actor_id from public.audit_log where table_name = 'submissions'"), kemar);
  EXPECT_EQ(sql("select count(*) from public.notifications where user_id = $1", {kemar}), "0")
      << "his own act";

  submission.body = form("b@x.example", R"(,"country":"CW","sub_area":"CW-WIL")");
  submission.key = "mine";
  const auto elsewhere = begin(0, desks_[0]->intake.submit(submission)).get();
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, "territory_not_held");
  EXPECT_EQ(sql("select count(*) from flash.idempotency_keys"), "0");
  EXPECT_EQ(sql("select count(*) from public.submissions"), "1");
}

TEST_F(IntakeTest, ABadFormLeavesNothing) {
  const auto receipt = send(R"({"business_name":"x"})", "key");
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->status, 422U);
  EXPECT_EQ(json::text_or(*json::parse_object(receipt->body), "code"), "validation_failed");
  EXPECT_EQ(send("{").value().status, 400U);
  EXPECT_EQ(send("[]").value().status, 400U);
  EXPECT_EQ(sql("select (select count(*) from public.submissions) + (select count(*) from "
                "flash.idempotency_keys)"),
            "0");
}

TEST_F(IntakeTest, TheSameKeyGetsTheFirstAnswer) {
  const auto reference = accepted(form("a@x.example"), "key-1");
  const auto again = send(form("a@x.example"), "key-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->status, 200U);
  EXPECT_EQ(json::text_or(*json::parse_object(again->body), "reference"), reference);
  const auto other = send(form("b@x.example"), "key-1");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->status, 422U);
  EXPECT_EQ(json::text_or(*json::parse_object(other->body), "code"), "idempotency_mismatch");
  EXPECT_EQ(sql("select count(*) from public.submissions"), "1");
  sql("update flash.idempotency_keys set expires_at = now() - interval '1 second'");
  accepted(form("c@x.example"), "key-1");
}

// The same key at the same moment, on both cores: one row, one reference.
TEST_F(IntakeTest, OneKeyAtOnceIsStoredOnce) {
  std::vector<std::future<Result<Receipt>>> answers;
  for (unsigned i = 0; i < 16; ++i) {
    Submission submission;
    submission.body = form("a@x.example");
    submission.key = "one";
    submission.body_hash = "h";
    answers.push_back(begin(i % 2, desks_[i % 2]->intake.submit(submission)));
  }
  std::set<std::string> references;
  unsigned created = 0;
  for (auto& answer : answers) {
    const auto receipt = answer.get();
    ASSERT_TRUE(receipt) << receipt.error().message;
    created += receipt->status == 201 ? 1 : 0;
    references.insert(std::string(json::text_or(*json::parse_object(receipt->body), "reference")));
  }
  EXPECT_EQ(created, 1U);
  EXPECT_EQ(references.size(), 1U);
  EXPECT_EQ(sql("select count(*) from public.submissions"), "1");
}

TEST_F(IntakeTest, SpamIsAnsweredLikeSuccessAndGoesNowhere) {
  EXPECT_TRUE(accepted(form("a@x.example", R"(,"website":"http://spam")")).starts_with("FL-"));
  EXPECT_EQ(sql("select status || ' ' || status_reason || ' ' || (owner_id is null) || ' ' || "
                "(lead_score is null) from public.submissions"),
            "disqualified spam true true");
  EXPECT_EQ(
      sql("select (select count(*) from public.contacts) + (select count(*) from "
          "public.assignments)"
          " + (select count(*) from public.notifications) + (select count(*) from flash.outbox)"),
      "0");
  accepted(form("a@x.example"));
  EXPECT_EQ(sql("select count(*) from public.submissions where status = 'new'"), "1");
}

TEST_F(IntakeTest, WhoeverWritesAgainIsADuplicate) {
  accepted(form("a@x.example", R"(,"phones":[{"number":"876-922-1234"}])"));
  accepted(form("A@X.example", R"(,"employee_band":"6-20")"));
  accepted(form("other@x.example", R"(,"phones":[{"number":"+1 876 922 1234"}])"));
  EXPECT_EQ(
      sql("select count(*) from public.submissions d join public.submissions s on s.id = "
          "d.duplicate_of"
          " where d.status = 'archived' and d.status_reason = 'duplicate' and s.status = 'new'"),
      "2");
  EXPECT_EQ(sql("select count(*) from public.assignments"), "1") << "no second assignment";
  EXPECT_EQ(sql("select count(*) from public.contacts"), "1");
  EXPECT_EQ(sql("select data #>> '{proposed,employee_band}' from public.activities where kind = "
                "'system' order by created_at limit 1"),
            "6-20");
  EXPECT_EQ(sql("select count from public.notifications where type = 'contacted_again'"), "2")
      << "merged";
}

TEST_F(IntakeTest, AReturningCustomerGoesBackToHisOwner) {
  accepted(form("a@x.example"));
  sql("update public.submissions set status = 'disqualified', status_reason = 'no_need'");
  sql("update public.submissions set owner_id = $1", {rochelle});
  accepted(form("a@x.example"));
  EXPECT_EQ(sql("select count(*) from public.submissions s join public.submissions p on p.id = "
                "s.previous_id"
                " where s.owner_id = $1 and s.status = 'new'",
                {rochelle}),
            "1");
  EXPECT_EQ(sql("select rule_priority from public.assignments order by created_at desc limit 1"),
            "10");
}

TEST_F(IntakeTest, TheSameNameIsAFlagOnly) {
  accepted(form("a@x.example", R"(,"business_name":"Blue Mountain Grill Ltd.")"));
  accepted(form("b@x.example", R"(,"business_name":"BLUE mountain grill")"));
  EXPECT_EQ(sql("select string_agg(array_to_string(flags, ','), '|' order by created_at) from "
                "public.submissions"),
            "|possible_duplicate");
  EXPECT_EQ(sql("select count(*) from public.organizations"), "1");
}

// Each country's leads are batched on one core. The server died when the first lead of that core
// came from another one.
TEST_F(IntakeTest, ALeadIsTakenOnWhicheverCoreItComes) {
  for (unsigned core = 0; core < 2; ++core) {
    const auto country = core == 0 ? "" : R"(,"country":"CW","sub_area":"CW-WIL")";
    for (unsigned i = 0; i < 2; ++i) {
      const auto email = text::cat(std::to_string(core), "-", std::to_string(i), "@x.example");
      const auto receipt = send(form(email, country), "", 1 - i);
      ASSERT_TRUE(receipt) << receipt.error().message;
      EXPECT_EQ(receipt->status, 201U) << receipt->body;
    }
  }
  EXPECT_EQ(sql("select string_agg(country || ' ' || n, ', ' order by country) from (select "
                "country, count(*) as n from public.submissions group by country) c"),
            "CW 2, JM 2");
}

// Eight senders of 200 leads each on two cores: nobody over capacity, the spread fair, all stored
// once.
TEST_F(IntakeTest, ManyAtOnceNeverOverfillAndSpreadFairly) {
  sql("update public.profiles set capacity = 500 where role = 'rep'");
  std::vector<std::future<Result<Receipt>>> answers;
  for (unsigned sender = 0; sender < 8; ++sender)
    for (unsigned i = 0; i < 200; ++i) {
      Submission submission;
      submission.body =
          form(text::cat("s", std::to_string(sender), "-", std::to_string(i), "@x.example"));
      submission.key = text::cat("k", std::to_string(sender), "-", std::to_string(i));
      submission.body_hash = submission.key;
      answers.push_back(begin(sender % 2, desks_[sender % 2]->intake.submit(submission)));
    }
  for (auto& answer : answers) {
    const auto receipt = answer.get();
    ASSERT_TRUE(receipt) << receipt.error().code << receipt.error().message;
    ASSERT_EQ(receipt->status, 201U) << receipt->body;
  }
  EXPECT_EQ(sql("select count(*) from public.submissions"), "1600");
  EXPECT_EQ(sql("select count(*) from public.submissions where owner_id = $1", {kemar}), "500");
  EXPECT_EQ(sql("select count(*) from public.submissions where owner_id = $1", {rochelle}), "500");
  EXPECT_EQ(sql("select count(*) from public.submissions where owner_id is null"), "600");
  // At every moment on the way the two were at most one lead apart.
  EXPECT_EQ(sql("select max(abs(a)) <= 1 from (select sum(case when profile_id = $1 then 1 when "
                "profile_id = $2 then -1 else 0 end)"
                " over (order by created_at, id) as a from public.assignments) x",
                {kemar, rochelle}),
            "t");
  EXPECT_EQ(sql("select sum(count) from public.notifications where type = 'lead_unassigned'"),
            "600");
}

TEST_F(IntakeTest, WhatWasStoredExplainsTheChoice) {
  for (int i = 0; i < 45; ++i) accepted(form(text::cat("s", std::to_string(i), "@x.example")));
  auto rows = owner_->run(sql::statement(
      "select inputs, candidates, profile_id, rule_priority, reason, flash.rule_set(rule_set) from "
      "public.assignments"));
  EXPECT_EQ(sql("select count(*) from flash.rule_sets"), "1");
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 45U);
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto from =
        leads::Case::parse(*json::parse(rows->text(i, 0)), *json::parse(rows->text(i, 5)),
                           *json::parse(rows->text(i, 1)));
    ASSERT_TRUE(from) << from.error().message;
    const auto again = leads::decide(*from);
    EXPECT_EQ(again.owner, rows->text(i, 2));
    EXPECT_EQ(std::to_string(again.priority), rows->text(i, 3));
    EXPECT_EQ(again.reason, rows->text(i, 4));
  }
}

TEST_F(IntakeTest, RulesWithConditionsApplyFromTheNextLeadOn) {
  accepted(form("a@x.example"));
  sql("insert into public.routing_rules (priority, kind, name, condition, params) values (15, "
      "'reps', 'Rochelle first', '{\"==\":[{\"var\":\"business_type\"},\"retail\"]}', "
      "jsonb_build_object('reps', jsonb_build_array($1::text)))",
      {rochelle});
  sql("insert into public.routing_rules (priority, kind, name, condition) values (12, 'queue', "
      "'Unreadable', '{\"===\":[]}')");
  for (const char* email : {"b@x.example", "c@x.example", "d@x.example"}) accepted(form(email));
  EXPECT_EQ(sql("select count(*) from public.assignments where rule_priority = 15 and profile_id = "
                "$1",
                {rochelle}),
            "3");
  sql("update public.routing_rules set enabled = false where priority = 15");
  accepted(form("e@x.example"));
  EXPECT_EQ(sql("select rule_priority from public.assignments order by created_at desc limit 1"),
            "40");
}

// One lead of a batch that the database refuses costs the others nothing and leaves no trace.
TEST_F(IntakeTest, ABadLeadOfABatchFailsAlone) {
  sql("alter table public.submissions add constraint no_bad check (business_name not like "
      "'%bad%')");
  std::vector<std::future<Result<Receipt>>> answers;
  for (int i = 0; i < 20; ++i) {
    Submission submission;
    submission.body = form(text::cat(i == 7 ? "bad" : "good", std::to_string(i), "@x.example"));
    submission.key = std::to_string(i);
    answers.push_back(begin(0, desks_[0]->intake.submit(submission)));
  }
  for (int i = 0; i < 20; ++i) {
    const auto receipt = answers[static_cast<std::size_t>(i)].get();
    EXPECT_EQ(receipt.has_value(), i != 7);
    if (!receipt) EXPECT_EQ(receipt.error().code, "23514");
  }
  EXPECT_EQ(sql("select count(*) from public.submissions"), "19");
  EXPECT_EQ(sql("select count(*) from flash.idempotency_keys"), "19");
  EXPECT_EQ(sql("select (select count(*) from public.assignments) || ' ' || (select count(*) from "
                "public.contacts)"),
            "19 19");
}

TEST_F(IntakeTest, ChangedTerritoriesCountAtOnce) {
  accepted(form("a@x.example"));
  sql("update public.territory_settings set score_multiplier = 1.20 where territory_id = (select "
      "id from public.territories where code = 'JM')");
  accepted(form("b@x.example"));
  EXPECT_EQ(
      sql("select string_agg(lead_score::text, ' ' order by created_at) from public.submissions"),
      "15 17");
  sql("update public.territories set published = false where code = 'JM'");
  const auto refused = send(form("c@x.example"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(sql("select count(*) from public.submissions"), "3")
      << "checked against the copy of a moment ago";
  EXPECT_EQ(send(form("d@x.example")).value().status, 422U);
}

TEST_F(IntakeTest, HeldOutsideWorkingHours) {
  sql("update public.territory_settings set hold_outside_hours = true, work_days = "
      "array[((extract(isodow from now())::int + 2) % 7 + 1)]::smallint[]"
      " where territory_id = (select id from public.territories where code = 'JM')");
  accepted(form("a@x.example"));
  EXPECT_EQ(sql("select owner_id is null from public.submissions"), "t");
  EXPECT_EQ(sql("select count(*) from public.notifications"), "0");
}

TEST_F(IntakeTest, NobodyElseMayCallTheFunctions) {
  for (const char* role : {"anon", "authenticated", "flash_rep", "flash_admin", "service_role"}) {
    db::Work work;
    work.identity.role = role;
    work.statements.push_back(sql::statement("select flash.intake_write('{}', '[]', '[]', '[]')"));
    const auto refused = begin(0, desks_[0]->pool.run(std::move(work))).get();
    ASSERT_FALSE(refused) << role;
    EXPECT_EQ(refused.error().code, "42501") << role;
  }
  db::Work read;
  read.identity.role = "flash_intake";
  read.statements.push_back(sql::statement("select count(*) from public.submissions"));
  const auto refused = begin(0, desks_[0]->pool.run(std::move(read))).get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "42501");
}

}  // namespace
}  // namespace flash::worker
