#include "loop/core.h"

#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>

#include "base/log.h"
#include "loop/poller.h"

namespace flash::loop {
namespace {

void log_escaped(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    log::error("exception", {{"where", "coroutine"}, {"what", e.what()}});
  } catch (...) {
    log::error("exception", {{"where", "coroutine"}, {"what", "unknown"}});
  }
}

void run(Core& core) {
  for (;;) {
    try {
      core.context().run();
      return;
    } catch (
        const std::exception& e) {  // a handler's programming error ends that handler, not the core
      log::error("exception", {{"where", "loop"}, {"what", e.what()}});
    }
  }
}

}  // namespace

Core::Core(unsigned index) : poller_(std::make_unique<Poller>(*this)), index_(index) {}
Core::~Core() = default;

void Core::spawn(Task<void> task) {
  asio::co_spawn(executor(), std::move(task), [](const std::exception_ptr& thrown) {
    if (thrown) log_escaped(thrown);
  });
}

void Core::post(std::function<void()> work) { asio::post(executor(), std::move(work)); }

Cores::Cores(unsigned count) {
  if (count == 0) count = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < count; ++i) cores_.push_back(std::make_unique<Core>(i));
}

Cores::~Cores() { stop(); }

void Cores::start() {
  for (auto& core : cores_) {
    guards_.push_back(asio::make_work_guard(core->context()));
    threads_.emplace_back([&core = *core] { run(core); });
  }
}

void Cores::stop() {
  guards_.clear();
  for (auto& core : cores_) core->context().stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

Task<bool> sleep(std::chrono::milliseconds duration) {
  Timer timer(co_await asio::this_coro::executor);
  timer.expires_after(duration);
  auto [fault] = co_await timer.async_wait(no_throw);
  co_return !fault;
}

}  // namespace flash::loop
