#include "notify/outbox.h"

#include <string>

#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "json/read.h"
#include "loop/offload.h"
#include "notify/letter.h"
#include "notify/mail.h"
#include "notify/queries.gen.h"
#include "notify/smtp.h"

namespace flash::notify {
namespace {

constexpr int batch_max = 8;    // claimed at once; sent one after the other
constexpr int lease_s = 600;    // longer than a batch of mails at 40 s each
constexpr int rounds_max = 64;  // then a look ends, and the next begins

struct Outcome {
  std::string_view outcome;  // as flash.mail_ended() takes it
  std::string error;
};

std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  std::string host(url.substr(0, url.find_first_of(":/")));
  return is_address(text::cat("x@", host)) ? host : "localhost";
}

SmtpServer server_of(const config::Settings& settings) {
  SmtpServer out;
  out.url = settings.smtp_url;
  out.user = settings.smtp_user;
  out.password = settings.smtp_password;
  out.ca_file = settings.smtp_ca;
  out.tls_required = settings.smtp_tls == "required";
  return out;
}

}  // namespace

struct Outbox::State {
  State(db::Pool& p, metrics::Set& m, const config::Settings& settings, std::string url)
      : pool(p),
        server(server_of(settings)),
        site{settings.seller_name, std::move(url)},
        sent(m.counter("flash_mails_total", "outcome=\"sent\"", "mails by how they ended")),
        failed(m.counter("flash_mails_total", "outcome=\"failed\"", "mails by how they ended")),
        later(m.counter("flash_mails_total", "outcome=\"later\"", "mails by how they ended")) {
    if (const auto from = parse_mailbox(settings.smtp_from)) sender = *from;
    if (sender.name.empty()) sender.name = settings.seller_name;
  }

  db::Pool& pool;
  SmtpServer server;
  Site site;
  Mailbox sender;
  metrics::Counter &sent, &failed, &later;
  bool closed = false;
  bool told = false;  // that no server is set
  std::chrono::steady_clock::time_point say_next{};

  loop::Task<Result<std::string>> ask(sql::Statement statement);
  loop::Task<Result<std::chrono::milliseconds>> look();
  loop::Task<Result<std::chrono::milliseconds>> wait_for_a_server();
  loop::Task<Result<std::size_t>> round();
  loop::Task<Outcome> deliver(json::Object item);
  loop::Task<Result<void>> end(std::string id, std::string attempt, Outcome outcome);
};

loop::Task<Result<std::string>> Outbox::State::ask(sql::Statement statement) {
  if (closed) co_return fail(Kind::canceled, "stopped", "the outbox is gone, and its pool with it");
  db::Work work;
  work.identity.role = "flash_worker";
  work.statements.push_back(std::move(statement));
  const auto rows = co_await pool.run(std::move(work));
  if (!rows) co_return fail(rows.error());
  co_return std::string(rows->back().size() == 1 ? rows->back().text(0, 0) : std::string_view{});
}

// Every ten seconds at most, however often it is woken: nothing can be done about them anyway.
loop::Task<Result<std::chrono::milliseconds>> Outbox::State::wait_for_a_server() {
  const auto now = std::chrono::steady_clock::now();
  if (now < say_next) co_return std::chrono::ceil<std::chrono::milliseconds>(say_next - now);
  say_next = now + jobs::Beat::rest;
  if (told) co_return jobs::Beat::rest;
  CO_TRY(const std::string waiting, co_await ask(sql::statement(queries::mails_wait)));
  if (waiting == "t") {
    log::warning("mails_wait", {{"why", "smtp_url or smtp_from is not set"}});
    told = true;
  }
  co_return jobs::Beat::rest;
}

loop::Task<Result<std::chrono::milliseconds>> Outbox::State::look() {
  if (server.url.empty() || sender.address.empty()) co_return co_await wait_for_a_server();
  CO_TRY_DONE(co_await round());
  CO_TRY(const std::string next, co_await ask(sql::statement(queries::mails_next)));
  co_return jobs::Beat::wait_of(next);
}

loop::Task<Outcome> Outbox::State::deliver(json::Object item) {
  const std::string_view skip = json::text_or(item, "skip");
  if (!skip.empty()) co_return Outcome{"skipped", std::string(skip)};
  const std::string to(json::text_or(item, "to"));
  if (!is_address(to)) co_return Outcome{"failed", "bad_address: no mail server would take it"};
  const std::string language(json::text_or(item, "language"));
  const Letter letter = compose(json::text_or(item, "template"),
                                json::object_or_empty(item, "payload"), language, site);
  Mail mail;
  mail.from = sender;
  mail.to = {std::string(json::text_or(item, "name")), to};
  mail.subject = letter.subject;
  mail.text = plain_of(letter);
  mail.html = html_of(letter, language);
  mail.message_id =
      text::cat("outbox-", std::to_string(json::int_or(item, "id")), "@", host_of(site.url));
  mail.date = SystemClock().now();
  auto bytes = to_bytes(mail);
  if (!bytes) co_return Outcome{"failed", bytes.error().message};
  const auto done =
      co_await loop::offload([to, from = sender.address, mail_bytes = *std::move(bytes),
                              target = server] { return send(target, from, to, mail_bytes); },
                             loop::waiting_threads());
  if (done) co_return Outcome{"sent", {}};
  const std::string why = text::cat(done.error().code, ": ", done.error().message);
  co_return Outcome{done.error().kind == Kind::unprocessable ? "failed" : "later", why};
}

loop::Task<Result<void>> Outbox::State::end(std::string id, std::string attempt, Outcome outcome) {
  (outcome.outcome == "sent" ? sent : outcome.outcome == "later" ? later : failed).add();
  std::optional<std::string> error;
  if (!outcome.error.empty()) error = outcome.error;
  CO_TRY(const std::string state,
         co_await ask(sql::statement(queries::mail_ended,
                                     {id, attempt, std::string(outcome.outcome), error})));
  if (outcome.outcome == "later" || outcome.outcome == "failed")
    log::warning("mail_not_sent",
                 {{"mail", id}, {"attempt", attempt}, {"state", state}, {"reason", outcome.error}});
  co_return Result<void>{};
}

loop::Task<Result<std::size_t>> Outbox::State::round() {
  std::size_t count = 0;
  for (int i = 0; i < rounds_max && !closed; ++i) {
    CO_TRY(const std::string claimed,
           co_await ask(sql::statement(queries::mails_claim,
                                       {std::to_string(batch_max), std::to_string(lease_s)})));
    CO_TRY(const auto list, json::parse(claimed));
    if (list.as_array().empty()) break;
    for (const auto& entry : list.as_array()) {
      const auto& item = entry.as_object();
      Outcome outcome = co_await deliver(item);
      CO_TRY_DONE(co_await end(std::to_string(json::int_or(item, "id")),
                               std::to_string(json::int_or(item, "attempt")), std::move(outcome)));
      ++count;
    }
  }
  co_return count;
}

Outbox::Outbox(loop::Core& core, db::Pool& pool, metrics::Set& metrics,
               const config::Settings& settings, std::string public_url)
    : state_(std::make_shared<State>(pool, metrics, settings, std::move(public_url))),
      beat_(core, "outbox", [state = state_] -> loop::Task<Result<std::chrono::milliseconds>> {
        co_return co_await state->look();
      }) {}

Outbox::~Outbox() { state_->closed = true; }

void Outbox::start() { beat_.start(); }
void Outbox::wake() { beat_.wake(); }

loop::Task<Result<std::size_t>> Outbox::round() {
  const auto state = state_;
  co_return co_await state->round();
}

}  // namespace flash::notify
