#include "trainer/trainer.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"
#include "json/read.h"
#include "json/value.h"
#include "kit/database.h"
#include "score/model_file.h"
#include "sql/fragment.h"

namespace flash::trainer {
namespace {

struct TrainerTest : testing::Test {
  kit::Database database;
  db::Blocking owner = *db::Blocking::connect(database.superuser());
  db::Blocking server = *db::Blocking::connect(database.authenticator());

  std::string sql(sql::Literal text, std::vector<sql::Param> params = {}) {
    auto rows = owner.run(sql::statement(text, std::move(params)));
    EXPECT_TRUE(rows) << text.text() << ": " << rows.error().message;
    return rows && rows->size() > 0 ? std::string(rows->text(0, 0)) : std::string{};
  }
  // Closed leads of a year, one an hour; `signal` 1: interest and revenue decide, 0: nothing does.
  void closed_leads(int count, double signal) {
    sql("select set_config('flash.via', 'import', false), setseed(0.4)");
    sql("insert into public.submissions (created_at, business_name, owner_name, email, country, "
        "business_type, interest_level, monthly_revenue_band, status, status_reason, processed_at, "
        "lead_score, scored_at, score_band, status_changed_at, territory_id) "
        "select r.at, 'Shop ' || r.i, 'Owner', 'o' || r.i || '@shop.example', 'JM', "
        "  (array['retail', 'restaurant', 'other'])[1 + r.i % 3], r.interest, "
        "  (array['0-10k', '10k-50k', '50k-100k'])[r.revenue], "
        "  case when r.won then 'converted' else 'disqualified' end, "
        "  case when not r.won then 'no_need' end, now(), 50, now(), 'cool', "
        "  r.at + make_interval(days => 5 + r.i % 60), flash.home_territory('JM', null) "
        "from (select i, now() - interval '400 days' + make_interval(hours => i) as at, interest, "
        "    revenue, random() < 1 / (1 + exp(-$2::float8 * (interest - 5.5 + 2 * (revenue - 2)))) "
        "as won "
        "  from (select i, 1 + (random() * 9)::int as interest, 1 + (random() * 2)::int as revenue "
        "    from generate_series(1, $1::int) i) q) r",
        {std::to_string(count), std::to_string(signal)});
  }
  // A job that a node has claimed.
  Job begin_job() {
    sql("select flash.enqueue_job('train_model')");
    return {sql("select flash.jobs_claim('here', '{\"train_model\": 1}', 60) -> 0 ->> 'id'"), 1};
  }
  Result<std::string> train() {
    const Job job = begin_job();
    auto made = carry_out(server, job);
    sql("select flash.job_ended($1, 'here', 1, 'done', null, null)", {job.id});
    return made;
  }
};

TEST_F(TrainerTest, LearnsFromTheDatabaseAndPutsTheModelInForce) {
  closed_leads(300, 1);
  const auto made = train();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(sql("select status || ' ' || code || ' ' || stage || ' ' || leads from public.models "
                "where id = $1",
                {*made}),
            "champion superior lr 300")
      << sql("select reason from public.models");
  const auto model =
      score::read_model(*bytes::from_hex(sql("select encode(model, 'hex') from public.models")));
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(
      sql("select sha256 from public.models"),
      score::model_sha256(*bytes::from_hex(sql("select encode(model, 'hex') from public.models"))));
  const auto chance = [&](const char* features) {
    std::vector<float> x(model->schema().columns);
    score::encode(model->schema(), *json::parse_object(features), x);
    return model->probability(x);
  };
  EXPECT_GT(chance(R"({"interest_level":9,"monthly_revenue":75000})"),
            chance(R"({"interest_level":2,"monthly_revenue":5000})") + 0.4);
  ASSERT_NE(model->schema().find("interest_level"), nullptr);
  EXPECT_TRUE(model->schema().find("interest_level")->actionable);
  EXPECT_EQ(model->schema().find("preferred_language"), nullptr) << "protected";
  const auto& some = model->parts().cases.front().id;
  EXPECT_NE(some[15] + some[14] + some[0], 0) << "cases name their leads";
  // Again on the same leads: the same model, and no reason to change.
  const auto again = train();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(sql("select count(distinct sha256) || ' ' || count(*) from public.models"), "1 2");
  EXPECT_EQ(sql("select status || ' ' || code from public.models where id = $1", {*again}),
            "rejected too_few")
      << sql("select reason from public.models where id = $1", {*again});
  EXPECT_EQ(sql("select count(*) from public.models where status = 'champion'"), "1");
}

TEST_F(TrainerTest, RefusesWhatTeachesNothing) {
  closed_leads(30, 1);
  ASSERT_TRUE(train());
  EXPECT_EQ(sql("select status || ' ' || code || ' ' || (model is null) from public.models"),
            "refused too_few true");
  closed_leads(600, 0);
  const auto made = train();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(sql("select status || ' ' || code from public.models where id = $1", {*made}),
            "rejected no_signal");
  EXPECT_EQ(
      sql("select reason like 'not enough signal%' from public.models where id = $1", {*made}),
      "t");
  EXPECT_EQ(sql("select count(*) from flash.score_queue"), "0");
}

TEST_F(TrainerTest, LearnsFromTheFactsAsTheyWere) {
  closed_leads(200, 1);
  // Somebody notes what only the outcome tells: too late to be learned from.
  sql("update public.submissions set interest_level = case when status = 'converted' then 10 else "
      "1 "
      "end, specific_needs = case when status = 'converted' then 'won' end");
  EXPECT_EQ(sql("select count(distinct submission_id) > 150 from flash.lead_facts"), "t");
  const auto made = train();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_NE(sql("select code from public.models where id = $1", {*made}), "leak")
      << sql("select reason from public.models");
}

TEST_F(TrainerTest, FindsAColumnThatKnowsTheOutcome) {
  closed_leads(300, 1);
  sql("update public.submissions set form_data = jsonb_build_object('invoice', "
      "case when status = 'converted' then 100 + interest_level else interest_level end)");
  sql("delete from flash.lead_facts");  // as if it had always been there
  const auto made = train();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(sql("select status || ' ' || code from public.models"), "refused leak");
  EXPECT_EQ(sql("select report -> 'alarms' -> 0 ->> 'field' from public.models"), "form.invoice");
  sql("insert into public.feature_registry (name, available) values ('form.invoice', 'never')");
  ASSERT_TRUE(train());
  EXPECT_EQ(sql("select code from public.models order by created_at desc limit 1"), "superior");
}

TEST_F(TrainerTest, StopsWhenItIsToldTo) {
  closed_leads(300, 1);
  const auto stopped =
      carry_out(server, begin_job(), [](double, std::string_view) { return false; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, Kind::canceled);
  const Job cancelled = begin_job();
  sql("select flash.cancel_job($1)", {cancelled.id});
  const auto late = carry_out(server, cancelled);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, Kind::canceled);
  EXPECT_EQ(sql("select count(*) from public.models"), "0");
}

TEST_F(TrainerTest, ALostLeaseLeavesNoModel) {
  closed_leads(300, 1);
  Job job = begin_job();
  sql("update flash.jobs set attempts = 2");  // another node has it by now
  EXPECT_FALSE(carry_out(server, job));
  EXPECT_EQ(sql("select count(*) from public.models"), "0");
}

TEST_F(TrainerTest, TellsHowFarItIs) {
  closed_leads(300, 1);
  double last = 0;
  int told = 0;
  ASSERT_TRUE(carry_out(server, begin_job(), [&](double share, std::string_view step) {
    EXPECT_GE(share, last);
    EXPECT_LE(share, 1);
    EXPECT_FALSE(step.empty());
    last = share;
    ++told;
    return true;
  }));
  EXPECT_GT(told, 3);
}

TEST_F(TrainerTest, AnUnreadableChampionDoesNotStandInTheWay) {
  closed_leads(300, 1);
  ASSERT_TRUE(train());
  sql("update public.models set model = substr(model, 1, 1000)");
  const auto made = train();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(sql("select status from public.models where id = $1", {*made}), "champion");
  EXPECT_EQ(sql("select count(*) from public.models where status = 'retired'"), "1");
}

}  // namespace
}  // namespace flash::trainer
