// Blocking or long work (password hashes, files, models) on a few threads beside the cores.
#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "loop/core.h"

namespace flash::loop {

// The threads that offload() uses; made at first use, as many as processors, at most 4.
asio::thread_pool& offload_threads();
// Two more for work that mostly waits for other people's servers (mail, DNS, HTTP): however slow
// they are, no sign-in waits behind them.
asio::thread_pool& waiting_threads();

// auto hash = co_await offload([password] { return crypto::hash_password(password); });
// Resumes on the caller's core. `work` must own what it uses and must not throw.
template <class Work>
Task<std::invoke_result_t<Work>> offload(Work work,
                                         asio::thread_pool& threads = offload_threads()) {
  using Out = std::invoke_result_t<Work>;
  const Executor home = co_await asio::this_coro::executor;
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Out)>(
      [&threads](auto handler, Executor executor, Work job) {
        asio::post(threads,
                   [handler = std::move(handler), executor, job = std::move(job)]() mutable {
                     asio::post(executor, [handler = std::move(handler), out = job()]() mutable {
                       std::move(handler)(std::move(out));
                     });
                   });
      },
      use_task, home, std::move(work));
}

}  // namespace flash::loop
