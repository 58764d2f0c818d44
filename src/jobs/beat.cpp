#include "jobs/beat.h"

#include <algorithm>

#include "base/log.h"
#include "base/text.h"

namespace flash::jobs {
namespace {

constexpr std::chrono::milliseconds first_wait{1'000};
constexpr std::chrono::milliseconds longest_wait{30'000};
constexpr std::chrono::milliseconds held_elsewhere{100};

}  // namespace

struct Beat::State {
  State(loop::Core& c, std::string n, Look l)
      : core(c), name(std::move(n)), look(std::move(l)), timer(c.executor()) {}

  loop::Core& core;
  std::string name;
  Look look;
  loop::Timer timer;
  bool closed = false;
  bool awake = false;                    // somebody asked to look again while a look was under way
  std::chrono::milliseconds trouble{0};  // the next wait while looks fail

  std::chrono::milliseconds after(const Result<std::chrono::milliseconds>& looked) {
    if (looked) {
      trouble = {};
      return looked->count() <= 0 ? held_elsewhere : std::min(*looked, rest);
    }
    if (trouble.count() == 0)
      log::warning(
          "background_waits",
          {{"work", name}, {"code", looked.error().code}, {"message", looked.error().message}});
    trouble = std::clamp(2 * trouble, first_wait, longest_wait);
    return trouble;
  }

  static loop::Task<void> run(std::shared_ptr<State> self) {
    while (!self->closed) {
      self->awake = false;
      const auto wait = self->after(co_await self->look());
      if (self->closed || (self->awake && self->trouble.count() == 0)) continue;
      self->timer.expires_after(wait);
      co_await self->timer.async_wait(loop::no_throw);
    }
  }
};

Beat::Beat(loop::Core& core, std::string name, Look look)
    : state_(std::make_shared<State>(core, std::move(name), std::move(look))) {}

Beat::~Beat() {
  state_->closed = true;
  state_->timer.cancel();
}

std::chrono::milliseconds Beat::wait_of(std::string_view in_ms) {
  const auto number = text::parse_int<std::int64_t>(in_ms);
  if (!number) return rest;
  // A clock's tick later, so that it is due then.
  return *number < 0 ? std::chrono::milliseconds(0) : std::chrono::milliseconds(*number + 1);
}

void Beat::start() { state_->core.spawn(State::run(state_)); }

void Beat::wake() {
  state_->awake = true;
  state_->timer.cancel();
}

}  // namespace flash::jobs
