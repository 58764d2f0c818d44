// flashd user: who may sign in, from the command line, as the owner of the database.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "db/blocking.h"

namespace CLI {
class App;
}

namespace flash::app {

struct UserCommand {
  std::string verb;  // add, list, password, role, disable, enable
  std::string email, full_name, role = "rep";
  std::vector<std::string> territories;  // codes: JM, KY-GT
  bool password_from_input = false;      // otherwise one is made and printed once
};

// Makes the sub-commands, which fill `command` when the line is parsed.
void add_user_command(CLI::App& user, UserCommand& command);
// Does it and prints what the operator needs to know. Passwords never stand on a command line,
// where every process of the machine could read them: they are read from standard input, or made
// here.
Result<void> run_user_command(db::Blocking& owner, const UserCommand& command);

struct NewUser {
  std::string email, full_name, role, password;
  std::vector<std::string> territories;
};
// Errors: invalid "email_invalid", "role_invalid", "territory_unknown"; conflict "user_exists";
// unprocessable "weak_password". Nothing is left behind.
Result<void> add_user(db::Blocking& owner, const NewUser& user);
// Ends the person's sessions. Errors: not_found "user_not_found", unprocessable "weak_password".
Result<void> set_password(db::Blocking& owner, const std::string& email,
                          const std::string& password);
// In tokens from the next refresh on; row security sees it at once. Errors: invalid "role_invalid",
// "user_not_found".
Result<void> set_role(db::Blocking& owner, const std::string& email, const std::string& role);
// A disabled person is signed out and cannot come back. Error: "user_not_found".
Result<void> set_active(db::Blocking& owner, const std::string& email, bool active);
// A table for people.
Result<std::string> list_users(db::Blocking& owner);

}  // namespace flash::app
