// What a signed-in person does with his own account: look at it, change it, sign out.
#include <algorithm>
#include <utility>

#include "auth/errors.h"
#include "auth/password_rules.h"
#include "auth/queries.gen.h"
#include "auth/service.h"
#include "base/log.h"
#include "json/value.h"

namespace flash::auth {
namespace {

// A key, or a token without a session of ours, is nobody's account.
Result<void> require_session(const Identity& caller) {
  if (caller.sub.empty()) return fail(errors::no_authorization());
  if (caller.session_id.empty()) return fail(errors::session_not_found());
  return {};
}

}  // namespace

loop::Task<Result<void>> Service::sign_out(db::Pool& pool, Identity caller, Scope scope) {
  CO_TRY_DONE(require_session(caller));
  std::vector<sql::Statement> statements;
  switch (scope) {
    case Scope::global:
      statements.push_back(sql::statement(queries::end_all_sessions, {caller.sub}));
      break;
    case Scope::local:
      statements.push_back(sql::statement(queries::end_session, {caller.sub, caller.session_id}));
      break;
    case Scope::others:
      statements.push_back(
          sql::statement(queries::end_other_sessions, {caller.sub, caller.session_id}));
      break;
  }
  CO_TRY(const auto rows, co_await run(pool, std::move(statements)));
  end(rows.front());
  co_return Result<void>{};
}

loop::Task<Result<std::string>> Service::user(db::Pool& pool, Identity caller) {
  CO_TRY_DONE(require_session(caller));
  std::vector<sql::Statement> statements;
  statements.push_back(sql::statement(queries::session, {caller.sub, caller.session_id}));
  statements.push_back(sql::statement(queries::person, {caller.sub}));
  CO_TRY(const auto rows, co_await run(pool, std::move(statements)));
  auto person = read_person(rows[1]);
  if (!person) co_return fail(errors::user_not_found());
  if (rows[0].size() == 0) co_return fail(errors::session_not_found());
  co_return std::move(person->document);
}

// A stolen access token must not be enough to take an account over: a session older than a day has
// to show the current password. What it shows is metered like a sign-in.
loop::Task<Result<std::string>> Service::new_password_hash(db::Pool& pool, const Identity& caller,
                                                           const Change& change,
                                                           const Origin& origin) {
  std::vector<sql::Statement> look{
      sql::statement(queries::credentials_of, {caller.sub, caller.session_id})};
  CO_TRY(const auto looked, co_await run(pool, std::move(look)));
  const db::Rows& rows = looked.front();
  if (rows.size() != 1) co_return fail(errors::session_not_found());
  const std::string stored(rows.text(0, 0));
  const std::string email(rows.text(0, 1));
  CO_TRY_DONE(check_new_password(*change.password, email));
  CO_TRY(const Attempt attempt, begin_attempt(email, origin.address));
  if (!stored.empty() && change.current_password) {
    CO_TRY(const Checked current, co_await check(*change.current_password, stored));
    if (!current.matches) co_return fail(errors::current_password_invalid());
  } else if (!stored.empty() && rows.text(0, 2) != "t") {
    forgive(attempt);
    co_return fail(errors::current_password_required());
  }
  // Left taken when it is the same: otherwise this would be a place to guess the password.
  CO_TRY(const Checked same,
         co_await check(*change.password, stored.empty() ? nobodys_hash_.get() : stored));
  if (same.matches && !stored.empty()) co_return fail(errors::same_password());
  forgive(attempt);
  co_return co_await hash(*change.password);
}

loop::Task<Result<std::string>> Service::change_user(db::Pool& pool, Identity caller, Change change,
                                                     Origin origin) {
  CO_TRY_DONE(require_session(caller));
  if (change.email || change.phone)
    co_return fail(errors::feature_disabled(
        "Changing the e-mail address or phone is done by an administrator"));
  std::vector<sql::Statement> statements;
  statements.push_back(sql::statement(queries::session, {caller.sub, caller.session_id}));
  if (change.password) {
    CO_TRY(std::string made, co_await new_password_hash(pool, caller, change, origin));
    statements.push_back(sql::statement(queries::set_password, {caller.sub, std::move(made)}));
    // Whoever else holds a session may be the reason for the change.
    statements.push_back(
        sql::statement(queries::end_other_sessions, {caller.sub, caller.session_id}));
  }
  if (change.data)
    statements.push_back(sql::statement(queries::merge_user_metadata, {caller.sub, *change.data}));
  statements.push_back(sql::statement(queries::person, {caller.sub}));
  CO_TRY(const auto rows, co_await run(pool, std::move(statements)));
  if (change.password) {
    end(rows[2]);
    log::info("password_changed", {{"user_id", caller.sub}});
  }
  if (change.data && rows[rows.size() - 2].affected() != 1)
    co_return fail(errors::validation_failed("user metadata may have at most 4 kB"));
  auto person = read_person(rows.back());
  if (!person || rows[0].size() == 0) co_return fail(errors::session_not_found());
  co_return std::move(person->document);
}

}  // namespace flash::auth
