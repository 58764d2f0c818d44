#include "app/cmd_user.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>

#include "auth/password_rules.h"
#include "auth/queries.gen.h"
#include "base/text.h"
#include "crypto/password.h"
#include "crypto/random.h"

namespace flash::app {
namespace {

namespace queries = auth::queries;

Result<std::string> checked_email(const std::string& given) {
  std::string email = text::lower(text::trim(given));
  const auto at = email.find('@');
  constexpr std::size_t bytes_max = 254;
  if (at == std::string::npos || at == 0 || at + 1 == email.size() || email.size() > bytes_max ||
      !text::is_clean_utf8(email) || email.find_first_of(" \t\r\n\"<>") != std::string::npos)
    return fail(Kind::invalid, "email_invalid",
                text::cat("\"", given, "\" is not an e-mail address"));
  return email;
}

Result<void> check_role(std::string_view role) {
  constexpr std::array<std::string_view, 4> roles{"rep", "manager", "admin", "viewer"};
  if (std::ranges::find(roles, role) != roles.end()) return {};
  return fail(Kind::invalid, "role_invalid", "a role is rep, manager, admin or viewer");
}

// The id behind an address.
Result<std::string> find_user(db::Blocking& owner, const std::string& given) {
  TRY(const std::string email, checked_email(given));
  TRY(const db::Rows rows, owner.run(sql::statement(queries::user_by_email, {email})));
  if (rows.size() != 1)
    return fail(Kind::not_found, "user_not_found", text::cat("there is no user ", email));
  return std::string(rows.text(0, 0));
}

Result<void> insert_user(db::Blocking& owner, const NewUser& user, const std::string& email) {
  auto made = owner.run(sql::statement(
      queries::add_user, {email, crypto::hash_password(user.password), user.full_name, user.role}));
  if (!made && made.error().code == "23505")
    return fail(Kind::conflict, "user_exists", text::cat("there is a user ", email, " already"));
  if (!made) return fail(std::move(made.error()));
  const std::string id(made->text(0, 0));
  for (const std::string& code : user.territories) {
    TRY(const db::Rows given, owner.run(sql::statement(queries::give_territory, {id, code})));
    if (given.affected() != 1)
      return fail(Kind::invalid, "territory_unknown", text::cat("there is no territory ", code));
  }
  return {};
}

// All of `work` or nothing of it.
template <class Work>
Result<void> in_transaction(db::Blocking& owner, Work work) {
  TRY_DONE(owner.run(sql::statement("begin")));
  Result<void> done = work();
  const auto ended = owner.run(done ? sql::statement("commit") : sql::statement("rollback"));
  if (done && !ended) return fail(ended.error());
  return done;
}

Result<std::string> wanted_password(const UserCommand& command) {
  if (!command.password_from_input) return crypto::random_password();
  std::string line;
  if (!std::getline(std::cin, line))
    return fail(Kind::invalid, "no_password", "no password on standard input");
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

void print_password(const UserCommand& command, const std::string& password) {
  if (command.password_from_input) return;
  fmt::print("The password of {} is {}\nIt is shown only now; they change it after signing in.\n",
             command.email, password);
}

}  // namespace

Result<void> add_user(db::Blocking& owner, const NewUser& user) {
  TRY(const std::string email, checked_email(user.email));
  TRY_DONE(check_role(user.role));
  TRY_DONE(auth::check_new_password(user.password, email));
  if (text::trim(user.full_name).empty() || text::length_utf8(user.full_name) > 120)
    return fail(Kind::invalid, "name_invalid", "a name has 1 to 120 characters");
  return in_transaction(owner, [&] { return insert_user(owner, user, email); });
}

Result<void> set_password(db::Blocking& owner, const std::string& email,
                          const std::string& password) {
  TRY(const std::string id, find_user(owner, email));
  TRY_DONE(auth::check_new_password(password, email));
  const std::string hash = crypto::hash_password(password);
  return in_transaction(owner, [&]() -> Result<void> {
    TRY_DONE(owner.run(sql::statement(queries::set_password, {id, hash})));
    TRY_DONE(owner.run(sql::statement(queries::end_all_sessions, {id})));
    return {};
  });
}

Result<void> set_role(db::Blocking& owner, const std::string& email, const std::string& role) {
  TRY_DONE(check_role(role));
  TRY(const std::string id, find_user(owner, email));
  TRY(const db::Rows rows, owner.run(sql::statement(queries::set_role, {id, role})));
  if (rows.affected() != 1)
    return fail(Kind::not_found, "user_not_found", text::cat(email, " has no profile"));
  return {};
}

Result<void> set_active(db::Blocking& owner, const std::string& email, bool active) {
  TRY(const std::string id, find_user(owner, email));
  return in_transaction(owner, [&]() -> Result<void> {
    TRY(const db::Rows rows,
        owner.run(sql::statement(queries::set_active, {id, active ? "true" : "false"})));
    if (rows.affected() != 1)
      return fail(Kind::not_found, "user_not_found", text::cat(email, " has no profile"));
    if (!active) TRY_DONE(owner.run(sql::statement(queries::end_all_sessions, {id})));
    return {};
  });
}

Result<std::string> list_users(db::Blocking& owner) {
  TRY(const db::Rows rows, owner.run(sql::statement(queries::list_users)));
  std::string out = fmt::format("{:<36} {:<24} {:<8} {:<9} {:<17} {}\n", "E-MAIL", "NAME", "ROLE",
                                "STATE", "LAST SIGN-IN", "TERRITORIES");
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string_view state = rows.text(row, 3) != "t"   ? "disabled"
                                   : rows.text(row, 4) == "t" ? "active"
                                                              : "no pass";
    out +=
        fmt::format("{:<36} {:<24} {:<8} {:<9} {:<17} {}\n", rows.text(row, 0), rows.text(row, 1),
                    rows.text(row, 2), state, rows.text(row, 6), rows.text(row, 5));
  }
  return out;
}

void add_user_command(CLI::App& user, UserCommand& command) {
  user.require_subcommand(1);
  auto verb = [&](const char* name, const char* meaning) {
    CLI::App* made = user.add_subcommand(name, meaning);
    made->fallthrough();  // settings may stand after the verb, too
    made->callback([&command, name] { command.verb = name; });
    return made;
  };
  verb("list", "Everybody, with role, territories and last sign-in");
  CLI::App* add = verb("add", "A new person; prints a password once");
  CLI::App* password = verb("password", "A new password; ends the person's sessions");
  CLI::App* role = verb("role", "Another role");
  CLI::App* disable = verb("disable", "Sign the person out and let nobody in under this address");
  CLI::App* enable = verb("enable", "The opposite of disable");
  for (CLI::App* one : {add, password, role, disable, enable})
    one->add_option("email", command.email, "E-mail address")->required();
  add->add_option("--name", command.full_name, "Full name")->required();
  add->add_option("--role", command.role, "rep, manager, admin or viewer")->capture_default_str();
  add->add_option("--territory", command.territories,
                  "Code of a territory: JM, KY; again for more");
  role->add_option("role", command.role, "rep, manager, admin or viewer")->required();
  for (CLI::App* one : {add, password})
    one->add_flag("--password-stdin", command.password_from_input,
                  "Read the password from standard input");
}

Result<void> run_user_command(db::Blocking& owner, const UserCommand& command) {
  if (command.verb == "list") {
    TRY(const std::string table, list_users(owner));
    fmt::print("{}", table);
    return {};
  }
  if (command.verb == "add" || command.verb == "password") {
    TRY(const std::string password, wanted_password(command));
    if (command.verb == "add") {
      TRY_DONE(add_user(
          owner, {command.email, command.full_name, command.role, password, command.territories}));
    } else {
      TRY_DONE(set_password(owner, command.email, password));
    }
    print_password(command, password);
    return {};
  }
  if (command.verb == "role") return set_role(owner, command.email, command.role);
  return set_active(owner, command.email, command.verb == "enable");
}

}  // namespace flash::app
