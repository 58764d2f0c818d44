#include "app/cmd_user.h"

#include <gtest/gtest.h>

#include "crypto/password.h"
#include "kit/database.h"

namespace flash::app {
namespace {

constexpr const char* good = "a good long password";

db::Blocking owner() {
  auto connected = db::Blocking::connect(kit::database().superuser());
  EXPECT_TRUE(connected) << connected.error().message;
  return *std::move(connected);
}

std::string one(db::Blocking& database, sql::Statement statement) {
  const auto rows = database.run(statement);
  EXPECT_TRUE(rows) << rows.error().message;
  return rows && rows->size() == 1 ? std::string(rows->text(0, 0)) : "";
}

std::string code(const auto& result) { return result ? "ok" : result.error().code; }

TEST(CmdUser, AddMakesAPersonWhoCanSignInAndSeesHisTerritory) {
  db::Blocking database = owner();
  ASSERT_EQ(code(add_user(database, {" New.Rep@X.example ", "New Rep", "rep", good, {"JM"}})),
            "ok");
  const std::string hash = one(
      database, sql::statement(
                    "select encrypted_password from auth.users where email = 'new.rep@x.example'"));
  EXPECT_TRUE(crypto::check_password(good, hash).matches);
  EXPECT_EQ(one(database,
                sql::statement("select count(*) from flash.profile_access a join public.profiles p "
                               "on p.id = a.profile_id where p.email = 'new.rep@x.example' "
                               "and a.active and cardinality(a.territory_ids) > 1")),
            "1");
  EXPECT_EQ(code(add_user(database, {"new.rep@x.example", "Twice", "rep", good, {}})),
            "user_exists");
  const auto list = list_users(database);
  ASSERT_TRUE(list);
  EXPECT_NE(list->find("new.rep@x.example"), std::string::npos);
  EXPECT_EQ(list->find("argon2"), std::string::npos);
}

TEST(CmdUser, AFaultLeavesNothingBehind) {
  db::Blocking database = owner();
  EXPECT_EQ(code(add_user(database, {"f@x.example", "F", "rep", good, {"JM", "NOWHERE"}})),
            "territory_unknown");
  EXPECT_EQ(code(add_user(database, {"f@x.example", "F", "owner", good, {}})), "role_invalid");
  EXPECT_EQ(code(add_user(database, {"f@x.example", "F", "rep", "short", {}})), "weak_password");
  EXPECT_EQ(code(add_user(database, {"f@x.example", " ", "rep", good, {}})), "name_invalid");
  for (const char* email : {"", "f", "@x", "f@", "a b@x.example", "f@x.example\n"})
    EXPECT_EQ(code(add_user(database, {std::string(email) + "\"", "F", "rep", good, {}})),
              "email_invalid")
        << email;
  EXPECT_EQ(one(database, sql::statement("select count(*) from auth.users where email like 'f%'")),
            "0");
}

TEST(CmdUser, PasswordRoleAndDisableTakeEffect) {
  db::Blocking database = owner();
  ASSERT_EQ(code(add_user(database, {"p@x.example", "P", "rep", good, {}})), "ok");
  const auto session = sql::statement(
      "insert into auth.sessions (user_id) select id from auth.users where email = 'p@x.example'");
  const auto sessions = sql::statement(
      "select count(*) from auth.sessions s join auth.users u on u.id = s.user_id "
      "where u.email = 'p@x.example'");
  ASSERT_TRUE(database.run(session));
  EXPECT_EQ(code(set_password(database, "P@x.example", "another good password")), "ok");
  EXPECT_EQ(one(database, sessions), "0");
  EXPECT_EQ(code(set_role(database, "p@x.example", "manager")), "ok");
  EXPECT_EQ(
      one(database, sql::statement("select role from public.profiles where email = 'p@x.example'")),
      "manager");
  ASSERT_TRUE(database.run(session));
  EXPECT_EQ(code(set_active(database, "p@x.example", false)), "ok");
  EXPECT_EQ(one(database, sessions), "0");
  EXPECT_EQ(
      one(database, sql::statement("select allowed from auth.people where email = 'p@x.example'")),
      "f");
  EXPECT_EQ(code(set_active(database, "p@x.example", true)), "ok");
  EXPECT_EQ(
      one(database, sql::statement("select allowed from auth.people where email = 'p@x.example'")),
      "t");
  EXPECT_EQ(code(set_password(database, "nobody@x.example", good)), "user_not_found");
  EXPECT_EQ(code(set_role(database, "p@x.example", "service_role")), "role_invalid");
}

}  // namespace
}  // namespace flash::app
