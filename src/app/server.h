// Builds everything in order and owns it: the only place that does.
#pragma once
#include <memory>

#include "base/result.h"
#include "config/settings.h"

namespace flash::app {

class Server {
 public:
  // Returns when requests are served. Errors: the first thing that could not be built.
  static Result<std::unique_ptr<Server>> start(config::Settings settings);
  ~Server();

  // Serves until SIGINT or SIGTERM, then lets running requests end.
  void run();

  struct Parts;

 private:
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace flash::app
