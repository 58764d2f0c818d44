#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace flash {

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "{\"event\":\"check_failed\",\"expression\":\"%s\",\"at\":\"%s:%d\"}\n",
               expression, file, line);
  std::abort();
}

}  // namespace flash
