#include "loop/poller.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/check.h"

namespace flash::loop {

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
                      if (!fault) deliver();
                    });
}

// Watches on, whatever a callee throws.
struct Poller::Delivery {
  Poller& poller;
  ~Delivery() {
    poller.in_round_ = false;
    poller.wait();
  }
};

// Rounds follow each other while there is something to serve: each spares two calls of the loop.
void Poller::deliver() {
  constexpr int rounds_max = 16;  // then the rest of the core has its turn
  const Delivery delivery{*this};
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
    static_cast<Watched*>(event.data.ptr)
        ->on_ready((event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
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
    if (const auto who = each.lock()) who->on_round_end();
  ending_.clear();
}

}  // namespace flash::loop
