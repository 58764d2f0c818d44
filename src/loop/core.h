// One thread, one io_context, its index: everything of a request lives and dies on one core.
#pragma once
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace flash::loop {

namespace asio = boost::asio;

// The concrete executor, never any_io_executor: type erasure costs a fifth of the throughput.
using Executor = asio::io_context::executor_type;
template <class T>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> use_task{};
// auto [fault, size] = co_await socket.async_read_some(buffer, loop::no_throw);
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> no_throw{};
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

class Poller;

class Core {
 public:
  explicit Core(unsigned index);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  [[nodiscard]] unsigned index() const { return index_; }
  [[nodiscard]] asio::io_context& context() { return context_; }
  [[nodiscard]] Executor executor() { return context_.get_executor(); }
  // Of the sockets that every request uses; asio's own descriptors are for the rest.
  [[nodiscard]] Poller& poller() { return *poller_; }
  // Starts a coroutine on this core. What it throws is logged and ends there. From any thread.
  void spawn(Task<void> task);
  // Runs `work` on this core soon. From any thread.
  void post(std::function<void()> work);

 private:
  // One thread runs it and only that thread does I/O on it, so descriptors need no lock (4 % of a
  // tiny request). Posting from other threads stays safe.
  asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  std::unique_ptr<Poller> poller_;
  unsigned index_;
};

// All cores of the process, each on its own thread between start() and stop().
class Cores {
 public:
  explicit Cores(unsigned count);  // 0: one a processor
  ~Cores();
  Cores(const Cores&) = delete;
  Cores& operator=(const Cores&) = delete;

  [[nodiscard]] unsigned size() const { return static_cast<unsigned>(cores_.size()); }
  [[nodiscard]] Core& operator[](unsigned index) { return *cores_[index]; }
  void start();
  void stop();  // ends every loop and joins; pending work is dropped

 private:
  std::vector<std::unique_ptr<Core>> cores_;
  std::vector<asio::executor_work_guard<Executor>> guards_;
  std::vector<std::thread> threads_;
};

// Waits; false when it was cancelled.
Task<bool> sleep(std::chrono::milliseconds duration);

}  // namespace flash::loop
