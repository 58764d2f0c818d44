// Sends the mails that wait in flash.outbox.
#pragma once
#include <cstddef>
#include <memory>

#include "config/settings.h"
#include "db/pool.h"
#include "jobs/beat.h"
#include "loop/core.h"
#include "metrics/metrics.h"

namespace flash::notify {

// Rows are written in the transaction that makes the mail necessary, so none is lost. One mail is
// one server's at a time. A mail is sent once, but for the moment between a mail server's "250" and
// the row's "sent": who dies there sends it again, under the same Message-ID.
class Outbox {
 public:
  // `settings.smtp_url` empty: mails stay queued, the log says so once, and their rows do.
  // `public_url` without a slash at its end begins the links.
  Outbox(loop::Core& core, db::Pool& pool, metrics::Set& metrics, const config::Settings& settings,
         std::string public_url);
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  void start();
  void wake();  // on its core only
  // Sends all that is due; returns how many mails were taken in hand.
  loop::Task<Result<std::size_t>> round();

 private:
  struct State;
  std::shared_ptr<State> state_;
  jobs::Beat beat_;
};

}  // namespace flash::notify
