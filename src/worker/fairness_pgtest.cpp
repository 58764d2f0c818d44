// Round robin under concurrency (docs/scoring.md, T19): eight workers that know nothing of each
// other share what comes evenly, overfill nobody and assign nothing twice. FLASH_FAIRNESS_LEADS is
// the number of leads a worker brings; 40 where it is not set.
#include <chrono>
#include <cstdlib>

#include "worker/test_office.h"

namespace flash::worker {
namespace {

class FairnessTest : public OfficeTest {
 protected:
  static constexpr unsigned workers = 8;
  static constexpr unsigned wave = 500;  // an intake keeps at most 2,048 waiting

  void SetUp() override {
    OfficeTest::SetUp();
    for (unsigned i = 0; i < workers; ++i)
      on_core(i % 2, [&] {
        alone_.push_back(std::make_unique<Side>(cores_[i % 2], database_.authenticator()));
      });
  }
  void TearDown() override {
    for (unsigned i = 0; i < alone_.size(); ++i) on_core(i % 2, [&] { alone_[i].reset(); });
    OfficeTest::TearDown();
  }

  // Each worker's leads from `first` on, `count` of them; all workers at once.
  void bring(unsigned first, unsigned count) {
    std::vector<std::future<Result<Receipt>>> answers;
    for (unsigned n = first; n < first + count; ++n)
      for (unsigned worker = 0; worker < workers; ++worker) {
        Submission submission;
        submission.body =
            form(text::cat("w", std::to_string(worker), "-", std::to_string(n), "@x.example"));
        answers.push_back(begin(worker % 2, alone_[worker]->intake.submit(std::move(submission))));
      }
    for (auto& answer : answers) {
      const auto receipt = answer.get();
      ASSERT_TRUE(receipt) << receipt.error().code << receipt.error().message;
      ASSERT_EQ(receipt->status, 201U) << receipt->body;
    }
  }

  std::vector<std::unique_ptr<Side>> alone_;
};

TEST_F(FairnessTest, EightWorkersShareEvenly) {
  const char* asked = std::getenv("FLASH_FAIRNESS_LEADS");
  const unsigned each = asked != nullptr ? text::parse_int<unsigned>(asked).value_or(40) : 40;
  // Room for all of them and no more than a tenth over, so that capacity is near.
  const unsigned reps = std::max(7U, workers * each / 900);
  for (unsigned i = 2; i < reps; ++i)
    person(text::cat("00000000-0000-7000-8000-0000000", std::to_string(10'000 + i)),
           text::cat("Rep", std::to_string(i)), "rep", "JM");
  sql("update public.profiles set capacity = least(1000, $1::int) where role = 'rep'",
      {std::to_string(workers * each / reps + 1)});
  sql("update public.territory_settings set strategy = 'round_robin' where territory_id = (select "
      "id from public.territories where code = 'JM')");
  const auto began = std::chrono::steady_clock::now();
  for (unsigned first = 0; first < each; first += wave / workers)
    ASSERT_NO_FATAL_FAILURE(bring(first, std::min(wave / workers, each - first)));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  RecordProperty("leads_per_second", static_cast<int>(workers * each / took.count()));

  EXPECT_EQ(sql("select count(*) from public.submissions"), std::to_string(workers * each));
  EXPECT_EQ(sql("select count(*) from public.submissions where owner_id is null"), "0");
  EXPECT_EQ(sql("select count(*) - count(distinct submission_id) from public.assignments"), "0");
  // A rep's share is at most one lead from every other's, at the end and at every moment before.
  EXPECT_EQ(sql("select max(n) - min(n) <= 1 from (select count(*) as n from public.submissions "
                "group by owner_id) s"),
            "t");
  // The nth lead is its rep's turn number n / reps: nobody is ever a turn ahead.
  EXPECT_EQ(sql("select count(*) from (select row_number() over (partition by profile_id order by "
                "created_at, id) - 1 as turn, row_number() over (order by created_at, id) - 1 as "
                "place from public.assignments) a where turn <> place / $1::int",
                {std::to_string(reps)}),
            "0");
  EXPECT_EQ(sql("select count(*) from public.profiles p where p.capacity < (select count(*) from "
                "public.submissions s where s.owner_id = p.id)"),
            "0");
}

}  // namespace
}  // namespace flash::worker
