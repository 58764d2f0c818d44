#include "worker/models.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "base/bytes.h"
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
  EXPECT_EQ(look(), 1U) << "the lead that was there";
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
  look();
  const auto before = slot.load();
  const std::string second = install(-1);
  EXPECT_EQ(look(), 1U);
  EXPECT_EQ(slot.load()->id, second);
  EXPECT_EQ(probability(), "0.119");
  EXPECT_EQ(before->id, first) << "whoever began with it ends with it";
  const std::string broken = install(2);
  sql("update public.models set model = substr(model, 1, 200) where id = $1", {broken});
  look();
  EXPECT_EQ(slot.load()->id, second);
  sql("select flash.install_model($1, null)", {first});
  look();
  EXPECT_EQ(slot.load()->id, first);
  EXPECT_EQ(probability(), "0.881");
}

TEST_F(ModelsTest, TrainsInTheLearnersProcess) {
  const auto learner = learner_beside_us();
  ASSERT_TRUE(std::filesystem::exists(learner)) << learner;
  build(learner);
  sql("insert into public.model_runs default values");
  look();
  std::string state;
  for (int i = 0; i < 400 && state != "done"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    state = sql("select state from public.model_runs");
  }
  EXPECT_EQ(state, "done") << sql("select error from public.model_runs");
  EXPECT_EQ(sql("select status || ' ' || code from public.models"), "refused too_few");
}

TEST_F(ModelsTest, SaysWhenThereIsNoLearner) {
  build("/nowhere/flash-learn");
  sql("insert into public.model_runs default values");
  look();
  EXPECT_EQ(sql("select state || ': ' || error from public.model_runs"),
            "failed: flash-learn is not installed beside flashd, so nothing can be learned");
  build("/bin/false");
  sql("insert into public.model_runs default values");
  look();
  std::string state;
  for (int i = 0; i < 200 && state != "failed"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    state = sql("select state from public.model_runs order by created_at desc limit 1");
  }
  EXPECT_EQ(state, "failed");
}

}  // namespace
}  // namespace flash::worker
