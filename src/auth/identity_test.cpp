#include "auth/identity.h"

#include <gtest/gtest.h>

#include "json/value.h"

namespace flash::auth {
namespace {

constexpr const char* person = "0193a000-0000-7000-8000-000000000001";

Result<Identity> from(const std::string& claims) {
  auto document = json::parse_object(claims);
  EXPECT_TRUE(document) << claims;
  return identity_of({.claims = claims, .document = *document, .expires_at = 5});
}

struct Case {
  const char* name;
  std::string claims;
  const char* db_role;  // null: refused
  const char* app_role = "";
};

std::string signed_in(const std::string& more) {
  return std::string(R"({"role":"authenticated","sub":")") + person + "\"" + more + "}";
}

TEST(IdentityOf, TheServerChoosesTheDatabaseRole) {
  const Case cases[] = {
      {"no role", R"({})", "anon"},
      {"anon", R"({"role":"anon"})", "anon"},
      {"service", R"({"role":"service_role"})", "service_role"},
      {"person without an app role", signed_in(""), "authenticated"},
      {"rep", signed_in(R"(,"app_metadata":{"role":"rep"})"), "flash_rep", "rep"},
      {"manager", signed_in(R"(,"app_metadata":{"role":"manager"})"), "flash_manager", "manager"},
      {"admin", signed_in(R"(,"app_metadata":{"role":"admin"})"), "flash_admin", "admin"},
      {"viewer", signed_in(R"(,"app_metadata":{"role":"viewer"})"), "flash_viewer", "viewer"},
      {"unknown app role", signed_in(R"(,"app_metadata":{"role":"owner"})"), "authenticated"},
      {"app role in capitals", signed_in(R"(,"app_metadata":{"role":"Admin"})"), "authenticated"},
      {"app role as list", signed_in(R"(,"app_metadata":{"role":["admin"]})"), "authenticated"},
      {"app_metadata as text", signed_in(R"(,"app_metadata":"admin")"), "authenticated"},
      {"user_metadata is the person's own", signed_in(R"(,"user_metadata":{"role":"admin"})"),
       "authenticated"},
      {"app_role at the top", signed_in(R"(,"app_role":"admin")"), "authenticated"},
      {"anon with an app role", R"({"role":"anon","app_metadata":{"role":"admin"}})", "anon"},
      {"database role by name", R"({"role":"flash_admin"})", nullptr},
      {"auth's own role", R"({"role":"flash_auth"})", nullptr},
      {"superuser", R"({"role":"postgres"})", nullptr},
      {"empty role", R"({"role":""})", nullptr},
      {"role as number", R"({"role":1})", nullptr},
      {"role null", R"({"role":null})", nullptr},
      {"person without sub", R"({"role":"authenticated"})", nullptr},
      {"sub is no UUID", R"({"role":"authenticated","sub":"1 or 1=1"})", nullptr},
      {"session is no UUID", signed_in(R"(,"session_id":"x")"), nullptr},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto identity = from(c.claims);
    EXPECT_EQ(identity.has_value(), c.db_role != nullptr);
    if (!identity || c.db_role == nullptr) continue;
    EXPECT_EQ(identity->db_role, c.db_role);
    EXPECT_EQ(identity->app_role, c.app_role);
    EXPECT_EQ(identity->claims, c.claims);
  }
}

}  // namespace
}  // namespace flash::auth
