// The model in force, on every core at once; the leads that it has to score; trainings to start.
#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "db/pool.h"
#include "loop/core.h"

namespace flash::worker {

struct ServingModel;  // worker/serving_model.h

// Null: no model is in force, and the rules stand alone. Swapped whole; a request that began with
// one ends with it.
using ModelSlot = std::atomic<std::shared_ptr<const ServingModel>>;

struct ModelsOptions {
  std::string conninfo;           // of the callers' role, for the learner
  std::filesystem::path learner;  // flash-learn; empty: this server starts no trainings
};

class Models {
 public:
  Models(loop::Core& core, db::Pool& pool, ModelSlot& slot, ModelsOptions options);
  ~Models();  // a training under way is killed; its row says so after ten minutes
  Models(const Models&) = delete;
  Models& operator=(const Models&) = delete;

  void start();  // looks from now on: when woken, and once a minute
  void wake();   // on its core only; the change stream tells of every new model, lead and training
  // One look: loads the model in force, starts a training that is asked for, scores what waits.
  // Returns how many leads were scored.
  loop::Task<Result<std::size_t>> round();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::worker
