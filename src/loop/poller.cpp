#include "loop/poller.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "base/check.h"
#include "base/log.h"

namespace flash::loop {
namespace {

// What one callee throws is its programmer's error, and ends there: the others of the round hear of
// their readiness once only, so they have to be served now.
template <class Call>
void guarded(Call call) {
  try {
    call();
  } catch (const std::exception& e) {
    log::error("exception", {{"where", "socket"}, {"what", e.what()}});
  }
}

}  // namespace

Poller::Poller(loop::Core& core) : epoll_(core.executor()), executor_(core.executor()) {
  const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
  CHECK(descriptor >= 0);
  epoll_.assign(descriptor);
}

bool Poller::watch(int descriptor, Watched& who) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &who;
  if (::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, descriptor, &event) != 0) return false;
  if (!waiting_) wait();
  return true;
}

void Poller::wait() {
  waiting_ = true;
  epoll_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                    [this](const boost::system::error_code& fault) {
                      if (fault) return;
                      deliver();
                      wait();
                    });
}

// Rounds follow each other while there is something to serve: each spares two calls of the loop.
void Poller::deliver() {
  constexpr int rounds_max = 16;  // then the rest of the core has its turn
  for (int i = 0; i < rounds_max; ++i) {
    in_round_ = true;
    const int served = deliver_ready();
    in_round_ = false;
    if (served == 0) return;
    end_round();
  }
}

int Poller::deliver_ready() {
  constexpr int events_max = 256;
  std::array<epoll_event, events_max> events;  // NOLINT: filled by the call
  const int count = ::epoll_wait(epoll_.native_handle(), events.data(), events_max, 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const bool hung_up = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    guarded([&] { static_cast<Watched*>(event.data.ptr)->on_ready(hung_up); });
  }
  return std::max(count, 0);
}

void Poller::at_round_end(std::weak_ptr<Watched> who) {
  enders_.push_back(std::move(who));
  if (!in_round_ && enders_.size() == 1) boost::asio::post(executor_, [this] { end_round(); });
}

void Poller::end_round() {
  std::swap(enders_, ending_);
  for (const auto& each : ending_)
    if (const auto who = each.lock()) guarded([&] { who->on_round_end(); });
  ending_.clear();
}

}  // namespace flash::loop
