#include "realtime/decider.h"

#include <algorithm>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include "base/text.h"

namespace flash::realtime {
namespace {

constexpr std::size_t images_max = 2'000;     // a statement
constexpr std::size_t workers_max = 32;       // statements on their way
constexpr std::chrono::seconds away_max{15};  // the database restarts
constexpr std::size_t faults_max = 8;         // then the rest of the batch is denied

}  // namespace

std::size_t Question::add(const wal::Relation& relation, const wal::Tuple& row) {
  if (access_->sees_all) return everything;
  if (access_->decision.empty() || access_->whole_row) return undecidable;
  auto image = image_of(*access_, relation, row);
  if (!image) return undecidable;
  const auto [place, fresh] = places_.try_emplace(image_key(*image), images_.size());
  if (fresh) images_.push_back(*std::move(image));
  return place->second;
}

bool Question::sees(std::size_t place) const {
  if (place == everything) return true;
  return place < seen_.size() && seen_[place];
}

bool Question::answered() const { return images_.empty(); }

loop::Task<Result<void>> Question::ask(std::size_t from, std::size_t size, db::Pool& pool) {
  db::Work work{
      .identity = caller_->identity,
      .statements = {decision_statement(*access_, std::span(images_).subspan(from, size))},
      .end = db::End::rollback};
  const auto give_up = std::chrono::steady_clock::now() + away_max;
  auto rows = co_await pool.run(work);
  while (!rows && rows.error().kind == Kind::unavailable &&
         std::chrono::steady_clock::now() < give_up) {
    co_await loop::sleep(std::chrono::milliseconds(100));
    rows = co_await pool.run(work);
  }
  if (!rows) co_return fail(std::move(rows).error());
  const db::Rows& passed = rows->front();
  for (std::size_t row = 0; row < passed.size(); ++row) {
    const auto place = text::parse_int<std::size_t>(passed.text(row, 0));
    if (place && *place < size) seen_[from + *place] = true;
  }
  co_return Result<void>{};
}

loop::Task<void> Question::answer(Question& question, db::Pool& pool) {
  const std::size_t count = question.images_.size();
  question.seen_.assign(count, false);
  std::size_t faults = 0;
  for (std::size_t from = 0; from < count && faults < faults_max; from += images_max) {
    const std::size_t size = std::min(images_max, count - from);
    auto asked = co_await question.ask(from, size, pool);
    if (asked) continue;
    question.error_ = std::move(asked).error();
    ++faults;
    // One row may be what a policy stumbles over: the others are asked one by one.
    for (std::size_t one = from; size > 1 && one < from + size && faults < faults_max; ++one) {
      asked = co_await question.ask(one, 1, pool);
      if (!asked) ++faults;
    }
  }
}

namespace {

// Lives in the frame of answer_all, which waits for every worker.
struct Crew {
  std::vector<Question*> questions;
  std::size_t next = 0;
  std::size_t working = 0;
  loop::Timer done;
};

loop::Task<void> work_through(Crew& crew, db::Pool& pool) {
  while (crew.next < crew.questions.size()) {
    Question* question = crew.questions[crew.next++];
    co_await Question::answer(*question, pool);
  }
}

loop::Task<void> work_aside(Crew& crew, db::Pool& pool) {
  struct Leave {
    Crew& crew;
    ~Leave() {
      if (--crew.working == 0) crew.done.cancel();
    }
  } leave{crew};
  co_await work_through(crew, pool);
}

}  // namespace

loop::Task<void> answer_all(std::vector<Question*> questions, db::Pool& pool) {
  std::erase_if(questions, [](const Question* question) { return question->answered(); });
  const loop::Executor executor = co_await loop::asio::this_coro::executor;
  Crew crew{std::move(questions), 0, 0, loop::Timer(executor)};
  const std::size_t helpers = std::min(crew.questions.size(), workers_max);
  for (std::size_t i = 1; i < helpers; ++i) {
    ++crew.working;
    loop::asio::co_spawn(executor, work_aside(crew, pool), loop::asio::detached);
  }
  co_await work_through(crew, pool);
  while (crew.working > 0) {
    crew.done.expires_after(std::chrono::hours(1));
    co_await crew.done.async_wait(loop::no_throw);
  }
}

}  // namespace flash::realtime
