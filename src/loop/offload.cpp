#include "loop/offload.h"

#include <algorithm>
#include <thread>

namespace flash::loop {

asio::thread_pool& offload_threads() {
  static asio::thread_pool threads(std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
  return threads;
}

asio::thread_pool& waiting_threads() {
  static asio::thread_pool threads(2);
  return threads;
}

}  // namespace flash::loop
