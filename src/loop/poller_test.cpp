#include "loop/poller.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <stdexcept>

#include "loop/core.h"

namespace flash::loop {
namespace {

// One end of a socket pair on a core of its own thread; the test holds the other end.
class End final : public Watched {
 public:
  explicit End(Core& core) : core_(core) {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()), 0);
  }
  ~End() {
    for (const int end : ends_) ::close(end);
  }
  End(const End&) = delete;
  End& operator=(const End&) = delete;

  void on_ready(bool) override {
    std::array<char, 64> bytes{};
    if (::read(ends_[0], bytes.data(), bytes.size()) <= 0) return;
    ++readies;
    if (when_read) when_read();
  }
  void on_round_end() override { ++round_ends; }

  // Watches, on the core's own thread.
  void watch() {
    std::promise<bool> done;
    core_.post([&] { done.set_value(core_.poller().watch(ends_[0], *this)); });
    EXPECT_TRUE(done.get_future().get());
  }
  void say() const { EXPECT_EQ(::write(ends_[1], "x", 1), 1); }

  std::function<void()> when_read;
  std::atomic<int> readies = 0, round_ends = 0;

 private:
  Core& core_;
  std::array<int, 2> ends_{};
};

// False: it did not come to that within two seconds.
bool comes_to(const std::atomic<int>& count, int wanted) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  while (count < wanted && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return count == wanted;
}

class PollerTest : public testing::Test {
 protected:
  void SetUp() override { cores_.start(); }
  void TearDown() override { cores_.stop(); }
  Cores cores_{1};
  std::shared_ptr<End> end_ = std::make_shared<End>(cores_[0]);
};

TEST_F(PollerTest, what_a_callee_throws_ends_its_call_and_not_the_core) {
  end_->when_read = [] { throw std::runtime_error("a programmer's error"); };
  end_->watch();
  for (int i = 1; i <= 3; ++i) {
    end_->say();
    ASSERT_TRUE(comes_to(end_->readies, i));
  }
  // Outside a round again: what asks for the end of one is still called.
  cores_[0].post([this] { cores_[0].poller().at_round_end(end_); });
  EXPECT_TRUE(comes_to(end_->round_ends, 1));
}

TEST_F(PollerTest, the_others_of_a_round_are_served_when_one_throws) {
  End other(cores_[0]);
  end_->when_read = other.when_read = [] { throw std::runtime_error("a programmer's error"); };
  end_->watch();
  other.watch();
  // Both are ready before either is looked at: each would be told of it once only.
  std::promise<void> said;
  cores_[0].post([&] {
    end_->say();
    other.say();
    said.set_value();
  });
  said.get_future().wait();
  EXPECT_TRUE(comes_to(end_->readies, 1));
  EXPECT_TRUE(comes_to(other.readies, 1));
}

TEST_F(PollerTest, the_end_of_a_round_comes_once_for_each_that_asked) {
  end_->when_read = [this] { cores_[0].poller().at_round_end(end_); };
  end_->watch();
  for (int i = 1; i <= 3; ++i) {
    end_->say();
    ASSERT_TRUE(comes_to(end_->readies, i));
    ASSERT_TRUE(comes_to(end_->round_ends, i));
  }
}

TEST_F(PollerTest, who_is_gone_by_the_end_of_the_round_is_not_called) {
  auto gone = std::make_shared<End>(cores_[0]);
  std::promise<void> done;
  cores_[0].post([&] {
    cores_[0].poller().at_round_end(gone);
    cores_[0].poller().at_round_end(end_);
    gone.reset();
    done.set_value();
  });
  done.get_future().wait();
  EXPECT_TRUE(comes_to(end_->round_ends, 1));
}

}  // namespace
}  // namespace flash::loop
