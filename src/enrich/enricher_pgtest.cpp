#include "enrich/enricher.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "base/text.h"
#include "db/blocking.h"
#include "enrich/test_servers.h"
#include "kit/database.h"

namespace flash::enrich {
namespace {

class EnricherTest : public testing::Test {
 protected:
  void SetUp() override {
    auto connected = db::Blocking::connect(database_.superuser());
    ASSERT_TRUE(connected) << connected.error().message;
    owner_ = std::make_unique<db::Blocking>(*std::move(connected));
    settings_.facts_dns = "off";
    cores_.start();
  }
  void TearDown() override {
    if (side_) on_core([&] { side_.reset(); });
    cores_.stop();
  }
  struct Side {
    Side(loop::Core& core, const std::string& conninfo, const config::Settings& settings)
        : pool(core, {.conninfo = conninfo}), enricher(pool, settings) {}
    db::Pool pool;
    Enricher enricher;
  };
  void open() {
    on_core(
        [&] { side_ = std::make_unique<Side>(cores_[0], database_.authenticator(), settings_); });
  }
  template <class Do>
  void on_core(Do work) {
    std::promise<void> done;
    cores_[0].post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  static loop::Task<void> carry(loop::Task<Result<std::string>> task,
                                std::shared_ptr<std::promise<Result<std::string>>> to) {
    to->set_value(co_await std::move(task));
  }
  // Runs the job as jobs::Runner would.
  void run(std::string_view name, std::string key = "arrivals") {
    for (auto& kind : side_->enricher.kinds()) {
      if (kind.name != name) continue;
      auto attempt = std::make_shared<jobs::Attempt>("1", kind.name, key, "{}", 1);
      auto promise = std::make_shared<std::promise<Result<std::string>>>();
      cores_[0].spawn(carry(kind.work(attempt), promise));
      const auto done = promise->get_future().get();
      EXPECT_TRUE(done) << done.error().code << " " << done.error().message;
    }
  }
  std::string sql(sql::Literal text, std::vector<sql::Param> params = {}) {
    auto rows = owner_->run(sql::statement(text, std::move(params)));
    EXPECT_TRUE(rows) << text.text() << ": " << rows.error().message;
    return rows && rows->size() > 0 ? std::string(rows->text(0, 0)) : std::string{};
  }
  std::string lead(const std::string& name, const std::string& email,
                   const std::string& phone = "+18769221234") {
    return sql(
        "insert into public.submissions (territory_id, country, business_name, owner_name, email, "
        "phone, business_type, interest_level, processed_at) select t.id, 'JM', $1, 'Owner', $2, "
        "$3, 'retail', 5, now() from public.territories t where t.code = 'JM-01' returning id",
        {name, email, phone});
  }
  std::string findings(const std::string& id) {
    return sql(
        "select string_agg(f.source || ' ' || f.state || ' ' || coalesce(f.reason, (select "
        "string_agg(x ->> 'value', ',') from jsonb_array_elements(f.facts) x), ''), '; ' order by "
        "f.source) from public.lead_findings f where f.submission_id = $1::uuid",
        {id});
  }

  kit::Database database_;
  std::unique_ptr<db::Blocking> owner_;
  loop::Cores cores_{1};
  config::Settings settings_;
  std::unique_ptr<Side> side_;
};

TEST_F(EnricherTest, AsksEverySourceThatIsOnAndWritesBesideTheLead) {
  TestNameServer names({{"shop.example", {.mx = {{10, "mail.shop.example"}}, .host = true}}});
  TestWebServer places([](const std::string&) {
    return TestWebServer::ok(R"({"places":[{"displayName":{"text":"Harbour Grill"}}]})");
  });
  settings_.facts_dns = names.setting();
  settings_.places_url = places.url();
  settings_.places_key = "secret-key";
  open();
  const std::string id = lead("Harbour Grill", "ana@shop.example");
  const auto before = sql("select to_jsonb(s)::text from public.submissions s");
  testing::internal::CaptureStderr();
  run("enrich_leads");
  EXPECT_EQ(testing::internal::GetCapturedStderr().find("secret-key"), std::string::npos);
  EXPECT_EQ(findings(id),
            "mail found yes,own_domain,yes,mail.shop.example,shop.example; "
            "phone found yes,fixed,JM,(876) 922-1234; places found Harbour Grill");
  EXPECT_EQ(sql("select to_jsonb(s)::text from public.submissions s"), before);
  EXPECT_EQ(sql("select count(*) from flash.enrich_queue"), "0");
  EXPECT_EQ(sql("select string_agg(source || ' ' || coalesce(reason, 'on'), ', ' order by place) "
                "from public.fact_sources"),
            "phone on, mail on, places on, company no_url");
}

TEST_F(EnricherTest, AnAnswerIsKeptForAWeekUnlessAPersonAsks) {
  int asked = 0;
  TestWebServer places([&](const std::string&) {
    return TestWebServer::ok(text::cat(R"({"places":[{"displayName":{"text":"Harbour Grill"},)",
                                       R"("formattedAddress":")", std::to_string(++asked),
                                       R"( King Street"}]})"));
  });
  settings_.places_url = places.url();
  settings_.places_key = "k";
  open();
  const std::string one = lead("Harbour Grill", "a@shop.example");
  run("enrich_leads");
  const std::string two = lead("Harbour Grill", "b@shop.example");
  run("enrich_leads");
  EXPECT_EQ(places.requests().size(), 1U);
  EXPECT_NE(findings(two).find("1 King Street"), std::string::npos) << findings(two);
  EXPECT_EQ(
      sql("select count(distinct asked_at) from public.lead_findings where source = 'places'"), "1")
      << "the age is that of the question, not of the cache";
  sql("insert into flash.enrich_queue (submission_id, fresh) values ($1::uuid, true)", {two});
  run("enrich_lead", two);
  EXPECT_NE(findings(two).find("2 King Street"), std::string::npos) << findings(two);
  EXPECT_NE(findings(one).find("1 King Street"), std::string::npos) << "another lead";
  sql("update flash.source_answers set asked_at = now() - interval '8 days'");
  lead("Harbour Grill", "c@shop.example");
  run("enrich_leads");
  EXPECT_EQ(places.requests().size(), 3U);
}

TEST_F(EnricherTest, ASourceThatFailsRestsAndItsLeadsAreAskedAgain) {
  TestWebServer places([](const std::string&) { return TestWebServer::ok("", "500 Oh"); });
  settings_.places_url = places.url();
  settings_.places_key = "k";
  open();
  for (int i = 0; i < 5; ++i) lead(text::cat("Shop ", std::to_string(i)), "");
  run("enrich_leads");
  EXPECT_EQ(places.requests().size(), 3U) << "then it rests";
  EXPECT_EQ(sql("select string_agg(distinct reason, ' ' order by reason) from public.lead_findings "
                "where source = 'places'"),
            "resting service_failed");
  EXPECT_EQ(sql("select count(*) from public.lead_findings where source = 'phone' and state = "
                "'found'"),
            "5")
      << "the others go on";
  EXPECT_EQ(sql("select string_agg(distinct attempts || ' ' || (run_at > now() + interval '9 "
                "minutes')::text, ', ') from flash.enrich_queue"),
            "1 true");
  sql("update flash.enrich_queue set run_at = now(), attempts = 3");
  run("enrich_leads");
  EXPECT_EQ(sql("select count(*) from flash.enrich_queue"), "0") << "given up after the fourth";
}

TEST_F(EnricherTest, NothingToAskAboutLeavesNothing) {
  settings_.facts_dns = "127.0.0.1:9";
  open();
  const std::string id = lead("Shop", "ana@db.internal");
  run("enrich_leads");
  EXPECT_EQ(findings(id), "phone found yes,fixed,JM,(876) 922-1234");
}

}  // namespace
}  // namespace flash::enrich
