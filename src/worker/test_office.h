// A database with a small sales office in it, and a core with the worker on it; for this room's
// tests.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "db/blocking.h"
#include "db/pool.h"
#include "json/read.h"
#include "kit/database.h"
#include "loop/core.h"
#include "worker/intake.h"
#include "worker/late_leads.h"

namespace flash::worker {

// Every test has its own database: intake looks at all of it.
class OfficeTest : public testing::Test {
 protected:
  static constexpr const char* shanice =
      "00000000-0000-7000-8000-000000000001";  // manager of Jamaica
  static constexpr const char* kemar = "00000000-0000-7000-8000-000000000002";  // reps of Jamaica
  static constexpr const char* rochelle = "00000000-0000-7000-8000-000000000003";
  static constexpr const char* rensley = "00000000-0000-7000-8000-000000000004";  // Curaçao

  void SetUp() override {
    auto connected = db::Blocking::connect(database_.superuser());
    ASSERT_TRUE(connected) << connected.error().message;
    owner_ = std::make_unique<db::Blocking>(*std::move(connected));
    person(shanice, "Shanice", "manager", "JM");
    person(kemar, "Kemar", "rep", "JM");
    person(rochelle, "Rochelle", "rep", "JM");
    person(rensley, "Rensley", "rep", "CW");
    cores_.start();
    for (unsigned i = 0; i < cores_.size(); ++i)
      on_core(i, [&] {
        desks_.push_back(std::make_unique<Side>(cores_[i], database_.authenticator()));
      });
    Intake::share({&desks_[0]->intake, &desks_[1]->intake});
  }
  void TearDown() override {
    for (unsigned i = 0; i < desks_.size(); ++i) on_core(i, [&] { desks_[i].reset(); });
    cores_.stop();
  }

  struct Side {
    Side(loop::Core& core, std::string conninfo)
        : pool(core, {.conninfo = std::move(conninfo)}),
          intake(core, pool, settings),
          late(core, pool) {}
    config::Settings settings;
    db::Pool pool;
    Intake intake;
    LateLeads late;
  };

  template <class Work>
  void on_core(unsigned index, Work work) {
    std::promise<void> done;
    cores_[index].post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  template <class T>
  static loop::Task<void> carry(loop::Task<T> task, std::shared_ptr<std::promise<T>> to) {
    to->set_value(co_await std::move(task));
  }
  // Starts a task on a core; get() waits for it.
  template <class T>
  std::future<T> begin(unsigned core, loop::Task<T> task) {
    auto promise = std::make_shared<std::promise<T>>();
    auto out = promise->get_future();
    cores_[core].spawn(carry(std::move(task), promise));
    return out;
  }

  void person(const std::string& id, const std::string& name, const std::string& role,
              const std::string& place) {
    sql("insert into auth.users (id, email) values ($1, lower($2) || '@office.example')",
        {id, name});
    sql("insert into public.profiles (id, email, full_name, role) values ($1, lower($2) || "
        "'@office.example', $2, $3)",
        {id, name, role});
    sql("insert into public.profile_territories (profile_id, territory_id) select $1, id from "
        "public.territories where code = $2",
        {id, place});
  }
  // The first column of the first row, as the superuser; for looking and arranging.
  std::string sql(sql::Literal text, std::vector<sql::Param> params = {}) {
    auto rows = owner_->run(sql::statement(text, std::move(params)));
    EXPECT_TRUE(rows) << text.text() << ": " << rows.error().message;
    return rows && rows->size() > 0 && rows->columns() > 0 ? std::string(rows->text(0, 0))
                                                           : std::string{};
  }

  static std::string form(const std::string& email, std::string_view more = "") {
    return text::cat(
        R"({"business_name":"Shop )", email, R"(","owner_name":"Marcia Brown","email":")", email,
        R"(","country":"JM","sub_area":"JM-06","business_type":"retail","interest_level":7,)",
        R"("consent_contact":true,"elapsed_ms":9000)", more, "}");
  }
  Result<Receipt> send(std::string body, std::string key = "", unsigned core = 0) {
    Submission submission;
    submission.body_hash = std::to_string(std::hash<std::string>{}(body));
    submission.body = std::move(body);
    submission.key = std::move(key);
    return begin(core, desks_[core]->intake.submit(std::move(submission))).get();
  }
  std::string accepted(std::string body, std::string key = "") {
    const auto receipt = send(std::move(body), std::move(key));
    EXPECT_TRUE(receipt) << receipt.error().code << " " << receipt.error().message;
    if (!receipt) return {};
    EXPECT_EQ(receipt->status, 201U) << receipt->body;
    return std::string(json::text_or(*json::parse_object(receipt->body), "reference"));
  }
  std::size_t round() {
    auto done = begin(0, desks_[0]->late.round()).get();
    EXPECT_TRUE(done) << done.error().code << " " << done.error().message;
    return done.value_or(0);
  }

  kit::Database database_;
  std::unique_ptr<db::Blocking> owner_;
  loop::Cores cores_{2};
  std::vector<std::unique_ptr<Side>> desks_;
};

}  // namespace flash::worker
