#include "loop/signals.h"

#include <boost/asio/basic_signal_set.hpp>
#include <cstdlib>
#include <memory>

#include "base/log.h"

namespace flash::loop {
namespace {

using Signals = asio::basic_signal_set<Executor>;

void wait_second(const std::shared_ptr<Signals>& signals) {
  signals->async_wait([signals](const boost::system::error_code& fault, int) {
    if (fault) return;
    log::warning("stop_forced");
    std::_Exit(130);
  });
}

}  // namespace

void on_stop_signal(Core& core, std::function<void()> stop) {
  auto signals = std::make_shared<Signals>(core.executor(), SIGINT, SIGTERM);
  signals->async_wait(
      [signals, stop = std::move(stop)](const boost::system::error_code& fault, int signal) {
        if (fault) return;
        log::info("stopping", {{"signal", signal}});
        wait_second(signals);
        stop();
      });
}

}  // namespace flash::loop
