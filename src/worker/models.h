// The model in force, on every core at once; the leads that it has to score; trainings.
#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "db/pool.h"
#include "jobs/attempt.h"
#include "loop/core.h"

namespace flash::worker {

struct ServingModel;  // worker/serving_model.h

// Null: no model is in force, and the rules stand alone. Swapped whole; a request that began with
// one ends with it.
using ModelSlot = std::atomic<std::shared_ptr<const ServingModel>>;

struct ModelsOptions {
  std::string conninfo;           // of the callers' role, for the learner
  std::filesystem::path learner;  // flash-learn
};

class Models {
 public:
  Models(loop::Core& core, db::Pool& pool, ModelSlot& slot, ModelsOptions options);
  ~Models();  // a training under way is killed; its job is taken up again when its lease ends
  Models(const Models&) = delete;
  Models& operator=(const Models&) = delete;

  void start();  // looks from now on: when woken, and once a minute
  void wake();   // on its core only; the change stream tells of every new model and lead
  // One look: loads the model in force, scores new and changed leads. Returns how many.
  loop::Task<Result<std::size_t>> round();

  // The work of jobs, on its core. 'train_model': one training in the learner's process; returns
  // {"model": id}, also of one that the gate refused.
  loop::Task<Result<std::string>> train(std::shared_ptr<jobs::Attempt> attempt);
  // 'score_leads': every open lead by the model of the payload, {"model": id}; returns {"scored":
  // n}. One that has been replaced since scores nothing. What a crash leaves undone is done by the
  // next try. Errors: unprocessable "model_refused"; canceled "canceled".
  loop::Task<Result<std::string>> score_open_leads(std::shared_ptr<jobs::Attempt> attempt);
  // 'watch_model': measures how far new leads are from those it learned from; {"fields": n}.
  loop::Task<Result<std::string>> watch(std::shared_ptr<jobs::Attempt> attempt);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::worker
