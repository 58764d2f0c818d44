// CHECK: a programmer's error stops the process, in release builds too.
#pragma once

namespace flash {
[[noreturn]] void check_failed(const char* expression, const char* file, int line);
}

#define CHECK(expression)                                                      \
  do {                                                                         \
    if (!(expression)) ::flash::check_failed(#expression, __FILE__, __LINE__); \
  } while (false)
