// Takes leads in: what arrives while a transaction is under way goes into the next one together.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "db/pool.h"
#include "loop/core.h"

namespace flash::leads {
class Places;
}

namespace flash::worker {

struct Submission {
  std::string body;                     // JSON as sent
  std::string channel = "public_form";  // public_form (anonymous), rep_form, api
  std::string caller;                   // profile id of a signed-in person; empty: nobody or a key
  std::string claims = R"({"role":"anon"})";  // verified; they name the actor in the audit log
  std::string key;                            // Idempotency-Key, at most 200 bytes; empty: none
  std::string body_hash;                      // of the body, where there is a key
};

struct Receipt {
  unsigned status = 201;  // 201 stored, 200 stored before under this key, 422 refused, 400 no JSON
  std::string body;       // JSON
};

// One for each core. Leads queue for at most one batch's time; docs/decisions/0008 has the reasons.
class Intake {
 public:
  Intake(loop::Core& core, db::Pool& pool, const config::Settings& settings);
  ~Intake();
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // From now on each country's leads are batched on one core, whichever core they come to: batches
  // of one country cannot run side by side, so two small ones would cost more than a large one.
  // Call before the cores start.
  static void share(const std::vector<Intake*>& all);

  // Answers after the commit. Errors: unavailable when the queue is full or the database is away
  // (whether the lead was stored is then unknown: send it again under the same key); forbidden
  // "territory_not_held".
  loop::Task<Result<Receipt>> submit(Submission submission);

  // The places that forms are checked against; loads them at first use, and when they are older
  // than version `at_least`.
  loop::Task<Result<std::shared_ptr<const leads::Places>>> places(std::int64_t at_least = 0);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace flash::worker
