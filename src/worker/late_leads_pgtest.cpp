#include "worker/late_leads.h"

#include <chrono>
#include <thread>

#include "worker/chore.h"
#include "worker/test_office.h"

namespace flash::worker {
namespace {

class LateLeadsTest : public OfficeTest {
 protected:
  void insert(const std::string& email, const std::string& more = "") {
    sql("insert into public.submissions (business_name, owner_name, email, country, business_type, "
        "interest_level, address, specific_needs)"
        " values ('Shop ' || $1, 'Marcia', $1, 'JM', 'retail', 7, nullif($2, ''), 'by sql')",
        {email, more});
  }
};

TEST_F(LateLeadsTest, APlainRowIsProcessedAsIntakeWouldHave) {
  insert("a@x.example", "Ocho Rios");
  EXPECT_EQ(sql("select state || ' ' || kind from flash.jobs"), "queued process_submission");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select concat_ws(' ', t.code, s.territory_source, s.lead_score, s.score_band, "
                "s.channel, s.owner_id is not null)"
                " from public.submissions s join public.territories t on t.id = s.territory_id"),
            "JM-06 address 15 cold sql t");
  EXPECT_EQ(sql("select count(*) from public.submissions where processed_at is not null and "
                "contact_id is not null"
                " and organization_id is not null and first_response_due_at is not null"),
            "1");
  EXPECT_EQ(sql("select source || ' ' || rule_priority from public.assignments"), "rules 40");
  EXPECT_EQ(sql("select count(*) from public.score_history"), "0") << "it has not changed";
  EXPECT_EQ(sql("select string_agg(type, ' ') from public.notifications"), "lead_assigned");
  EXPECT_EQ(sql("select count(*) from flash.outbox where payload->>'template' = 'lead_received'"),
            "0")
      << "nobody sent a form";
  EXPECT_EQ(sql("select state || ' ' || attempts from flash.jobs"), "done 1");
  EXPECT_EQ(round(), 0U);
}

// The server is told with the commit, once a transaction, and not when there is nothing to do.
TEST_F(LateLeadsTest, TheChangeStreamTellsOfNewJobs) {
  sql("select pg_create_logical_replication_slot('told_' || current_database(), 'test_decoding', "
      "true)");
  const auto told = [&] {
    return sql(
        "select count(*) from pg_logical_slot_get_changes('told_' || current_database(), null, "
        "null) c where c.data like '%transactional: 1 prefix: flash.jobs,%_submission'");
  };
  insert("a@x.example");
  EXPECT_EQ(told(), "1");
  sql("insert into public.submissions (business_name, owner_name, email, country, business_type, "
      "interest_level) select 'Shop', 'Marcia', 'many' || n || '@x.example', 'JM', 'retail', 7 "
      "from generate_series(1, 20) n");
  EXPECT_EQ(told(), "1");
  round();
  EXPECT_EQ(told(), "0");
  sql("update public.submissions set interest_level = 9");
  EXPECT_EQ(told(), "1");
  accepted(form("b@x.example"));
  EXPECT_EQ(told(), "0") << "intake leaves no job";
}

// What PostgREST does: a person's insert under row security.
TEST_F(LateLeadsTest, ARowInsertedByAPersonIsProcessed) {
  db::Work work;
  work.identity.role = "flash_rep";
  work.identity.settings = {
      {"request.jwt.claims", text::cat(R"({"role":"authenticated","sub":")", kemar, R"("})")}};
  work.statements.push_back(
      sql::statement("insert into public.submissions (business_name, owner_name, email, country, "
                     "business_type, interest_level, monthly_revenue_band)"
                     " values ('Shop', 'Marcia', 'rest@x.example', 'JM', 'retail', 8, '250k+')"));
  const auto done = begin(0, desks_[0]->pool.run(std::move(work))).get();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select concat_ws(' ', channel, lead_score, owner_id is not null) from "
                "public.submissions"),
            "api 43 t");
}

TEST_F(LateLeadsTest, ABatchIsDecidedTogetherAndDuplicatesFindEachOther) {
  for (int i = 0; i < 100; ++i) insert(text::cat("s", std::to_string(i), "@x.example"));
  insert("S5@x.example");
  EXPECT_EQ(round(), 101U);
  EXPECT_EQ(sql("select count(*) from public.submissions where processed_at is null"), "0");
  EXPECT_EQ(sql("select count(*) from public.submissions where status = 'archived' and "
                "duplicate_of is not null"),
            "1");
  EXPECT_EQ(sql("select count(*) from public.submissions where owner_id = $1", {kemar}), "20");
  EXPECT_EQ(sql("select count(*) from public.submissions where owner_id = $1", {rochelle}), "20");
}

TEST_F(LateLeadsTest, AnOwnerNamedByTheDoorIsKept) {
  insert("a@x.example");
  sql("update public.submissions set owner_id = $1", {rochelle});
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select owner_id from public.submissions"), rochelle);
  EXPECT_EQ(sql("select source from public.assignments"), "manual");
}

TEST_F(LateLeadsTest, ABadRowWaitsAndTheOthersDoNot) {
  for (int i = 0; i < 5; ++i) insert(text::cat("s", std::to_string(i), "@x.example"));
  sql("alter table public.submissions add constraint no_bad check (email <> 's3@x.example' or "
      "processed_at is null) not valid");
  round();
  EXPECT_EQ(sql("select count(*) from public.submissions where processed_at is null"), "1");
  EXPECT_EQ(sql("select attempts || ' ' || (run_at > now()) || ' ' || (last_error like '23514%') "
                "from flash.jobs where state = 'queued'"),
            "1 true true");
  EXPECT_EQ(round(), 0U) << "not before its time";
  sql("alter table public.submissions drop constraint no_bad");
  sql("update flash.jobs set run_at = now() where state = 'queued'");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select count(*) from public.submissions where processed_at is null"), "0");
}

TEST_F(LateLeadsTest, AJobDiesAfterItsLastTryAndStaysVisible) {
  insert("a@x.example");
  sql("alter table public.submissions add constraint no_bad check (processed_at is null) not "
      "valid");
  sql("update flash.jobs set max_attempts = 2");
  for (int i = 0; i < 2; ++i) {
    sql("update flash.jobs set run_at = now() where state = 'queued'");
    round();
  }
  EXPECT_EQ(sql("select state || ' ' || attempts from flash.jobs"), "dead 2");
}

TEST_F(LateLeadsTest, TwoWorkersShareTheRowsAndNoneIsDoneTwice) {
  sql("update public.profiles set capacity = 1000");
  for (int i = 0; i < 200; ++i) insert(text::cat("s", std::to_string(i), "@x.example"));
  auto first = begin(0, desks_[0]->late.round());
  auto second = begin(1, desks_[1]->late.round());
  ASSERT_TRUE(first.get());
  ASSERT_TRUE(second.get());
  round();
  EXPECT_EQ(sql("select count(*) || ' ' || count(distinct submission_id) from public.assignments"),
            "200 200");
  EXPECT_EQ(sql("select count(*) from public.submissions where processed_at is null"), "0");
}

TEST_F(LateLeadsTest, ChangedFactsGetANewScoreWithItsHistory) {
  insert("a@x.example");
  round();
  sql("update public.submissions set monthly_revenue_band = '250k+'");
  EXPECT_EQ(
      sql("select count(*) from flash.jobs where kind = 'rescore_submission' and state = 'queued'"),
      "1");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select lead_score from public.submissions"), "41");
  EXPECT_EQ(sql("select string_agg(concat_ws(' ', previous_score, score, band), ', ' order by "
                "created_at) from public.score_history"),
            "15 cold, 15 41 cool")
      << "it begins with the first one";
  EXPECT_EQ(sql("select count(*) from public.notifications where type = 'score_changed'"), "1");
  EXPECT_EQ(sql("select count(*) from flash.jobs where finished_at is null"), "0")
      << "the new score asks for no other";
  sql("update public.submissions set employee_band = null, specific_needs = 'other words'");
  EXPECT_EQ(round(), 0U) << "no input of the score has changed";
}

// Held outside working hours; the rules choose when work begins again, and once more if it does
// not.
TEST_F(LateLeadsTest, HeldLeadsGetTheirOwnerWhenTheShiftBegins) {
  sql("update public.territory_settings set hold_outside_hours = true, work_start = '09:00', "
      "work_end = '17:00', work_days = array[((extract(isodow from now())::int + 2) % 7 + "
      "1)]::smallint[] where territory_id = (select id from public.territories where code = 'JM')");
  accepted(form("a@x.example"));
  EXPECT_EQ(sql("select string_agg(kind || ' ' || state, ',') from flash.jobs"),
            "assign_submission queued");
  EXPECT_EQ(sql("select (run_at at time zone 'America/Jamaica')::time || ' ' || (run_at > now()) "
                "from flash.jobs"),
            "09:00:00 true");
  EXPECT_EQ(round(), 0U) << "not before its time";
  sql("update flash.jobs set run_at = now()");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select owner_id is null from public.submissions"), "t") << "it is still night";
  EXPECT_EQ(sql("select count(*) from flash.jobs where state = 'queued' and run_at > now()"), "1");
  sql("update public.territory_settings set work_start = '00:00', work_end = '24:00', work_days = "
      "'{1,2,3,4,5,6,7}' where territory_id = (select id from public.territories where code = "
      "'JM')");
  sql("update flash.jobs set run_at = now() where state = 'queued'");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select p.full_name is not null from public.submissions s join public.profiles p "
                "on p.id = s.owner_id"),
            "t");
  EXPECT_EQ(sql("select string_agg(source || ' ' || rule_priority || ' ' || (profile_id is not "
                "null), ', ' order by created_at, id) from public.assignments"),
            "rules 99 false, rules 99 false, rules 40 true");
  EXPECT_EQ(sql("select string_agg(type, ' ') from public.notifications"), "lead_assigned");
  EXPECT_EQ(sql("select count(*) from public.activities where kind = 'assignment' and data->>'to' "
                "is not null"),
            "1");
  EXPECT_EQ(sql("select count(*) from flash.jobs where finished_at is null"), "0");
}

TEST_F(LateLeadsTest, AHeldLeadThatSomebodyTookStaysHis) {
  sql("update public.territory_settings set hold_outside_hours = true, work_days = "
      "array[((extract(isodow from now())::int + 2) % 7 + 1)]::smallint[]"
      " where territory_id = (select id from public.territories where code = 'JM')");
  accepted(form("a@x.example"));
  sql("update public.submissions set owner_id = $1", {shanice});
  sql("update flash.jobs set run_at = now()");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select owner_id from public.submissions"), shanice);
  EXPECT_EQ(sql("select count(*) from public.assignments"), "1");
}

TEST_F(LateLeadsTest, ClocksOfFirstResponsesRingByThemselves) {
  accepted(form("a@x.example"));
  insert("b@x.example");
  round();
  EXPECT_EQ(sql("select count(*) from flash.sla_clock k join public.submissions s on s.id = "
                "k.submission_id where k.ring_at < s.first_response_due_at and k.stage = 0"),
            "2")
      << "through intake and by another door";
  sql("update flash.sla_clock set ring_at = now() + interval '300 ms', stage = 1");
  sql("update public.submissions set first_response_due_at = created_at where channel <> 'sql'");
  sql("update flash.sla_clock set ring_at = now() + interval '300 ms', stage = 1");
  std::unique_ptr<Chore> timers;
  on_core(0, [&] {
    timers = std::make_unique<Chore>(cores_[0], desks_[0]->pool, Chore::What::timers);
    timers->start();
  });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (sql("select count(*) from public.activities where subject = 'First response is late'") !=
             "1" &&
         std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(sql("select string_agg(s.channel, ',') from public.activities a join "
                "public.submissions s on s.id = a.submission_id where a.subject = 'First response "
                "is late'"),
            "public_form");
  on_core(0, [&] { timers.reset(); });
}

TEST_F(LateLeadsTest, LooksWhenWokenAndAtTheMomentOfTheNextJob) {
  const auto processed = [&] {
    const auto began = std::chrono::steady_clock::now();
    while (sql("select count(*) from public.submissions where processed_at is null") != "0" &&
           std::chrono::steady_clock::now() - began < std::chrono::seconds(5))
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return sql("select count(*) from public.submissions where processed_at is null") == "0";
  };
  on_core(0, [&] { desks_[0]->late.start(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  insert("a@x.example");
  on_core(0, [&] { desks_[0]->late.wake(); });
  EXPECT_TRUE(processed());
  insert("b@x.example");
  sql("update flash.jobs set run_at = now() + interval '700 ms' where state = 'queued'");
  on_core(0, [&] { desks_[0]->late.wake(); });
  EXPECT_TRUE(processed()) << "nobody wakes it a second time";
}

}  // namespace
}  // namespace flash::worker
