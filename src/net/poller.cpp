#include "net/poller.h"

#include <sys/epoll.h>

#include <array>

#include "base/check.h"

namespace flash::net {

Poller::Poller(loop::Core& core) : epoll_(core.executor()) {
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

void Poller::deliver() {
  constexpr int events_max = 256;              // then the rest of the core has its turn
  std::array<epoll_event, events_max> events;  // NOLINT: filled by the call
  const int count = ::epoll_wait(epoll_.native_handle(), events.data(), events_max, 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    static_cast<Watched*>(event.data.ptr)
        ->on_ready((event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
  }
}

}  // namespace flash::net
