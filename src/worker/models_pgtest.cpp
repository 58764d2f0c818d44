#include "worker/models.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/text.h"
#include "jobs/attempt.h"
#include "score/model_file.h"
#include "score/test_parts.h"
#include "worker/learner.h"
#include "worker/serving_model.h"
#include "worker/test_office.h"

namespace flash::worker {
namespace {

struct ModelsTest : OfficeTest {
  ModelSlot slot;
  std::unique_ptr<Models> models;

  void build(std::filesystem::path learner = {}) {
    on_core(0, [&] {
      models =
          std::make_unique<Models>(cores_[0], desks_[0]->pool, slot,
                                   ModelsOptions{database_.authenticator(), std::move(learner)});
    });
  }
  void TearDown() override {
    on_core(0, [&] { models.reset(); });
    OfficeTest::TearDown();
  }
  std::size_t look() {
    auto done = begin(0, models->round()).get();
    EXPECT_TRUE(done) << done.error().code << " " << done.error().message;
    return done.value_or(0);
  }
  std::shared_ptr<jobs::Attempt> attempt(std::string payload = "{}") {
    return std::make_shared<jobs::Attempt>("1", "kind", "", std::move(payload), 1);
  }
  std::string score_open_leads(const std::string& model) {
    auto done = begin(0, models->score_open_leads(attempt("{\"model\":\"" + model + "\"}"))).get();
    return done ? *done : std::string(done.error().code);
  }
  // The job as the runner would begin it.
  std::shared_ptr<jobs::Attempt> claimed_training() {
    sql("select flash.enqueue_job('train_model')");
    const auto id = sql("select flash.jobs_claim('n', '{\"train_model\": 1}', 60) -> 0 ->> 'id'");
    return std::make_shared<jobs::Attempt>(id, "train_model", "", "{}", 1);
  }
  // A model over interest alone: e^(weight x (interest - 5)).
  std::string install(double weight) {
    const std::string bytes = score::write_model(score::interest_parts(weight));
    const std::string id = sql(
        "insert into public.models (status, stage, sha256, model, seed, leads, won, code, reason, "
        "report) values ('rejected', 'lr', $1, decode($2, 'hex'), 1, 50, 20, 'superior', 'x', "
        "'{}') "
        "returning id",
        {score::model_sha256(bytes), bytes::to_hex(bytes)});
    sql("select flash.install_model($1, null)", {id});
    return id;
  }
  std::string probability() {
    return sql("select round(probability::numeric, 3) from public.lead_scores");
  }
};

TEST_F(ModelsTest, ScoresOpenLeadsNewLeadsAndEditedOnes) {
  build();
  accepted(form("a@shop.example"));
  EXPECT_EQ(look(), 0U);
  EXPECT_EQ(slot.load(), nullptr);
  const std::string first = install(1);
  EXPECT_EQ(sql("select kind || ' ' || (payload ->> 'model' = $1) from flash.jobs", {first}),
            "score_leads true");
  EXPECT_EQ(score_open_leads(first), R"({"scored":1})") << "the lead that was there";
  EXPECT_EQ(score_open_leads(first), R"({"scored":0})") << "again: nothing is left to do";
  ASSERT_NE(slot.load(), nullptr);
  EXPECT_EQ(slot.load()->id, first);
  EXPECT_EQ(probability(), "0.881");  // interest 7: 1 / (1 + e^-2)
  accepted(form("b@shop.example"));
  EXPECT_EQ(look(), 1U) << "the new lead";
  sql("update public.submissions set interest_level = 5 where email = 'a@shop.example'");
  EXPECT_EQ(look(), 1U) << "the edited lead";
  EXPECT_EQ(sql("select probability from public.lead_scores l join public.submissions s on s.id = "
                "l.submission_id where s.email = 'a@shop.example'"),
            "0.5");
  sql("update public.submissions set last_activity_at = now()");
  EXPECT_EQ(look(), 0U) << "what is no fact";
}

TEST_F(ModelsTest, SwapsModelsAndKeepsTheOldOneWhenTheNewIsBroken) {
  build();
  accepted(form("a@shop.example"));
  const std::string first = install(1);
  score_open_leads(first);
  const auto before = slot.load();
  const std::string second = install(-1);
  EXPECT_EQ(score_open_leads(first), R"({"scored":0})") << "it is not in force any more";
  EXPECT_EQ(score_open_leads(second), R"({"scored":1})");
  EXPECT_EQ(slot.load()->id, second);
  EXPECT_EQ(probability(), "0.119");
  EXPECT_EQ(before->id, first) << "whoever began with it ends with it";
  const std::string broken = install(2);
  sql("update public.models set model = substr(model, 1, 200) where id = $1", {broken});
  EXPECT_EQ(score_open_leads(broken), "model_refused");
  EXPECT_EQ(slot.load()->id, second);
  sql("select flash.install_model($1, null)", {first});
  EXPECT_EQ(score_open_leads(first), R"({"scored":1})");
  EXPECT_EQ(slot.load()->id, first);
  EXPECT_EQ(probability(), "0.881");
}

TEST_F(ModelsTest, AStoppedScoringIsGivenBackAndTellsHowFarItCame) {
  build();
  for (int i = 0; i < 3; ++i) accepted(form(text::cat("s", std::to_string(i), "@shop.example")));
  const std::string model = install(1);
  auto stopped = attempt("{\"model\":\"" + model + "\"}");
  stopped->stop();
  const auto done = begin(0, models->score_open_leads(stopped)).get();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "canceled");
  EXPECT_EQ(stopped->progress().words, "0 of 3");
  EXPECT_EQ(score_open_leads(model), R"({"scored":3})");
}

TEST_F(ModelsTest, TrainsInTheLearnersProcess) {
  const auto learner = learner_beside_us();
  ASSERT_TRUE(std::filesystem::exists(learner)) << learner;
  build(learner);
  const auto done = begin(0, models->train(claimed_training())).get();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(sql("select status || ' ' || code from public.models where id::text = $1::jsonb ->> "
                "'model'",
                {*done}),
            "refused too_few");
}

TEST_F(ModelsTest, StopsTheLearner) {
  const auto learner = learner_beside_us();
  build(learner);
  auto attempt = claimed_training();
  attempt->stop();
  const auto done = begin(0, models->train(attempt)).get();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "canceled");
  EXPECT_EQ(sql("select count(*) from public.models"), "0");
}

TEST_F(ModelsTest, SaysWhenThereIsNoLearner) {
  build("/nowhere/flash-learn");
  auto done = begin(0, models->train(claimed_training())).get();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Kind::unsupported) << "trying again does not help";
  EXPECT_EQ(done.error().message,
            "flash-learn is not installed beside flashd, so nothing can be learned");
  build("/bin/false");
  done = begin(0, models->train(claimed_training())).get();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "learner_failed");
}

}  // namespace
}  // namespace flash::worker
