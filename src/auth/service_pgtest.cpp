#include "auth/service.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "auth/queries.gen.h"
#include "base/log.h"
#include "base/text.h"
#include "db/blocking.h"
#include "json/read.h"
#include "kit/database.h"

namespace flash::auth {
namespace {

using std::chrono::seconds;

constexpr const char* password = "a good long password";
constexpr crypto::PasswordCost cheap{.memory_kib = 64, .passes = 1};

// A service over a migrated database, with one core and a clock that the test moves.
class ServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    log::set_level(log::Level::error);
    auto connected = db::Blocking::connect(kit::database().superuser());
    ASSERT_TRUE(connected) << connected.error().message;
    owner_ = std::make_unique<db::Blocking>(*std::move(connected));
    exec(
        sql::statement("delete from auth.users u where not exists (select from public.profiles p "
                       "where p.id = u.id)"));
    auto keys = load_keys(*owner_, {});
    ASSERT_TRUE(keys) << keys.error().message;
    service_ = std::make_unique<Service>(settings_, *std::move(keys), clock_, 2, cheap);
    cores_.start();
    on_core([&](unsigned core) {
      db::PoolOptions options;
      options.conninfo = kit::database().authenticator();
      pools_[core] = std::make_unique<db::Pool>(cores_[core], options);
    });
  }
  void TearDown() override {
    on_core([&](unsigned core) { pools_[core].reset(); });
    cores_.stop();
  }

  template <class Work>
  void on_core(Work work) {
    for (unsigned core = 0; core < 2; ++core) {
      std::promise<void> done;
      cores_[core].post([&] {
        work(core);
        done.set_value();
      });
      done.get_future().wait();
    }
  }
  template <class T>
  static loop::Task<void> carry(loop::Task<T> task, std::promise<T>& to) {
    to.set_value(co_await std::move(task));
  }
  template <class T>
  T wait(loop::Task<T> task) {
    std::promise<T> out;
    cores_[0].spawn(carry(std::move(task), out));
    return out.get_future().get();
  }
  std::vector<std::vector<std::string>> exec(sql::Statement statement) {
    auto rows = owner_->run(statement);
    EXPECT_TRUE(rows) << rows.error().message;
    std::vector<std::vector<std::string>> out;
    for (std::size_t row = 0; rows && row < rows->size(); ++row) {
      out.emplace_back();
      for (std::size_t column = 0; column < rows->columns(); ++column)
        out.back().emplace_back(rows->text(row, column));
    }
    return out;
  }

  // A person with a password; a role makes him a profile.
  std::string add(const std::string& email, const char* role = nullptr,
                  const std::string& hash = {}) {
    const std::string stored = hash.empty() ? crypto::hash_password(password, cheap) : hash;
    if (role != nullptr) {
      exec(sql::statement("delete from public.profiles where email = $1", {email}));
      exec(sql::statement("delete from auth.users where email = $1", {email}));
      return exec(sql::statement(queries::add_user, {email, stored, "Some One", role}))[0][0];
    }
    return exec(
        sql::statement("insert into auth.users (email, encrypted_password, email_confirmed_at) "
                       "values ($1, $2, now()) returning id",
                       {email, stored}))[0][0];
  }

  Result<Grant> sign_in(const std::string& email, const std::string& with = password,
                        const std::string& address = "203.0.113.1") {
    return wait(service_->sign_in(*pools_[0], email, with, {address, "test"}));
  }
  Result<Grant> refresh(const std::string& token) {
    return wait(service_->refresh(*pools_[0], token, {"203.0.113.1", "test"}));
  }
  Result<Identity> caller(const std::string& token, unsigned core = 0) {
    std::promise<Result<Identity>> out;
    cores_[core].post([&] { out.set_value(service_->caller(cores_[core], *pools_[core], token)); });
    return out.get_future().get();
  }
  // Until the question that a call raised has been answered.
  Result<Identity> caller_soon(const std::string& token, bool accepted, unsigned core = 0) {
    Result<Identity> last = caller(token, core);
    for (int i = 0; i < 200 && last.has_value() != accepted; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
      last = caller(token, core);
    }
    return last;
  }
  static std::string code(const auto& result) { return result ? "ok" : result.error().code; }
  json::Object claims_of(const std::string& token) {
    auto jwt = crypto::verify_jwt(token, service_->keys().ring, clock_.now());
    EXPECT_TRUE(jwt) << jwt.error().message;
    return jwt ? jwt->document : json::Object{};
  }

  config::Settings settings_;
  FakeClock clock_{SystemClock().now()};
  loop::Cores cores_{2};
  std::unique_ptr<db::Blocking> owner_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<db::Pool> pools_[2];
};

TEST_F(ServiceTest, NodesThatStartAtOnceAgreeOnTheKeys) {
  exec(sql::statement("delete from flash.secrets where name like 'auth.%'"));
  std::vector<std::future<std::string>> nodes;
  for (int i = 0; i < 6; ++i) {
    nodes.push_back(std::async(std::launch::async, [] {
      auto connected = db::Blocking::connect(kit::database().authenticator());
      auto keys = load_keys(*connected, {});
      return keys ? keys->signing.kid() + keys->publishable + keys->secret + keys->refresh
                  : keys.error().message;
    }));
  }
  const std::string first = nodes[0].get();
  EXPECT_NE(first.find("sb_secret_"), std::string::npos) << first;
  for (std::size_t i = 1; i < nodes.size(); ++i) EXPECT_EQ(nodes[i].get(), first);
}

TEST_F(ServiceTest, NobodyElseReadsTheKeysOrTheHashes) {
  for (const char* role :
       {"anon", "authenticated", "service_role", "flash_admin", "flash_worker", "flash_intake"}) {
    for (const char* table :
         {"flash.secrets", "auth.users", "auth.sessions", "auth.refresh_tokens", "auth.people"}) {
      exec(sql::statement("select set_config('role', $1, false)", {role}));
      sql::Statement look = sql::statement("select 1");
      look.text = sql::Text(text::cat("select count(*) from ", table));
      EXPECT_EQ(code(owner_->run(look)), "42501") << role << " " << table;
      exec(sql::statement("reset role"));
    }
  }
}

TEST_F(ServiceTest, APasswordBecomesASession) {
  const std::string id = add("rep@x.example", "rep");
  const auto grant = sign_in(" Rep@X.example ");
  ASSERT_TRUE(grant) << grant.error().message;
  const json::Object claims = claims_of(grant->access_token);
  EXPECT_EQ(json::text_or(claims, "sub"), id);
  EXPECT_EQ(json::text_or(json::object_or_empty(claims, "app_metadata"), "role"), "rep");
  EXPECT_EQ(grant->expires_in, 3600);
  const auto user = json::parse_object(grant->user);
  ASSERT_TRUE(user) << grant->user;
  EXPECT_EQ(json::text_or(*user, "email"), "rep@x.example");
  EXPECT_NE(json::text_or(*user, "last_sign_in_at"), "");
  EXPECT_EQ(grant->user.find("argon2"), std::string::npos);
  const auto identity = caller(grant->access_token);
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->db_role, "flash_rep");
  const auto rows =
      exec(sql::statement("select token from auth.refresh_tokens where user_id = $1", {id}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][0], refresh_hash(grant->refresh_token)) << "stored hashed only";
}

TEST_F(ServiceTest, WhoMayNotSignInIsToldNoMoreThanNeeded) {
  add("plain@x.example");
  EXPECT_EQ(code(sign_in("plain@x.example", "wrong password")), "invalid_credentials");
  EXPECT_EQ(code(sign_in("nobody@x.example")), "invalid_credentials");
  EXPECT_EQ(code(sign_in("")), "invalid_credentials");
  EXPECT_EQ(code(sign_in("plain@x.example", "")), "invalid_credentials");
  EXPECT_EQ(code(sign_in("plain@x.example", std::string(5000, 'a'))), "invalid_credentials");
  EXPECT_EQ(code(sign_in("plain@x.example\xff")), "invalid_credentials");
  EXPECT_EQ(code(sign_in("' or 1=1 --@x")), "invalid_credentials");
  exec(
      sql::statement("update auth.users set banned_until = now() + interval '1 day' where email = "
                     "'plain@x.example'"));
  EXPECT_EQ(code(sign_in("plain@x.example", "wrong password", "203.0.113.2")),
            "invalid_credentials");
  EXPECT_EQ(code(sign_in("plain@x.example", password, "203.0.113.2")), "user_banned");
  exec(
      sql::statement("update auth.users set banned_until = null, email_confirmed_at = null where "
                     "email = 'plain@x.example'"));
  EXPECT_EQ(code(sign_in("plain@x.example", password, "203.0.113.2")), "email_not_confirmed");
  exec(sql::statement(
      "insert into auth.users (email, email_confirmed_at) values ('empty@x.example', now())"));
  EXPECT_EQ(code(sign_in("empty@x.example", "", "203.0.113.2")), "invalid_credentials");
}

TEST_F(ServiceTest, AnImportedHashIsReplacedAtSignIn) {
  add("old@x.example", nullptr, "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
  EXPECT_EQ(code(sign_in("old@x.example", "U*U")), "ok");
  EXPECT_TRUE(exec(sql::statement(
      "select encrypted_password from auth.users where email = 'old@x.example'"))[0][0]
                  .starts_with("$argon2id$"));
  EXPECT_EQ(code(sign_in("old@x.example", "U*U")), "ok");
}

TEST_F(ServiceTest, TheRoleIsTheProfilesAndChangesAtTheNextRefresh) {
  const std::string id = add("moving@x.example", "rep");
  exec(sql::statement(
      "update auth.users set raw_app_meta_data = '{\"role\":\"admin\",\"x\":1}' where id = $1",
      {id}));
  const auto first = sign_in("moving@x.example");
  ASSERT_TRUE(first);
  EXPECT_EQ(caller(first->access_token)->app_role, "rep") << "not the stored metadata";
  exec(sql::statement("update public.profiles set role = 'manager' where id = $1", {id}));
  const auto second = refresh(first->refresh_token);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(caller(second->access_token)->app_role, "manager");
  EXPECT_EQ(
      json::int_or(json::object_or_empty(claims_of(second->access_token), "app_metadata"), "x"), 1);
}

TEST_F(ServiceTest, ADisabledPersonIsOutEverywhere) {
  const std::string id = add("leaving@x.example", "rep");
  const auto grant = sign_in("leaving@x.example");
  ASSERT_TRUE(grant);
  ASSERT_TRUE(caller_soon(grant->access_token, true));
  exec(sql::statement("update public.profiles set active = false where id = $1", {id}));
  EXPECT_EQ(code(sign_in("leaving@x.example")), "user_banned");
  clock_.advance(seconds{3});
  EXPECT_EQ(code(caller_soon(grant->access_token, false)), "session_ended");
  EXPECT_EQ(code(refresh(grant->refresh_token)), "user_banned");
  EXPECT_EQ(
      exec(sql::statement("select count(*) from auth.sessions where user_id = $1", {id}))[0][0],
      "0");
}

TEST_F(ServiceTest, ARefreshTokenWorksOnceAndAgainForTenSeconds) {
  add("tabs@x.example");
  const auto grant = sign_in("tabs@x.example");
  ASSERT_TRUE(grant);
  const auto first = refresh(grant->refresh_token);
  const auto again = refresh(grant->refresh_token);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->refresh_token, again->refresh_token) << "two tabs share one chain";
  EXPECT_NE(first->refresh_token, grant->refresh_token);
  const auto second = refresh(first->refresh_token);
  ASSERT_TRUE(second);
  EXPECT_EQ(refresh(grant->refresh_token)->refresh_token, second->refresh_token)
      << "the newest of the chain";
}

TEST_F(ServiceTest, ManyRefreshesAtOnceGetOneChain) {
  const std::string id = add("race@x.example");
  const auto grant = sign_in("race@x.example");
  ASSERT_TRUE(grant);
  std::vector<std::promise<Result<Grant>>> answers(12);
  for (auto& answer : answers)
    cores_[0].spawn(carry(
        service_->refresh(*pools_[0], grant->refresh_token, {"203.0.113.1", "test"}), answer));
  std::vector<std::string> tokens;
  for (auto& answer : answers) {
    const auto got = answer.get_future().get();
    ASSERT_TRUE(got) << got.error().message;
    tokens.push_back(got->refresh_token);
  }
  for (const std::string& token : tokens) EXPECT_EQ(token, tokens[0]);
  EXPECT_EQ(exec(sql::statement(
                "select count(*) from auth.refresh_tokens where not revoked and user_id = $1",
                {id}))[0][0],
            "1");
  EXPECT_TRUE(refresh(tokens[0]));
}

TEST_F(ServiceTest, ATokenThatComesBackLateEndsTheSession) {
  const std::string id = add("stolen@x.example");
  const auto grant = sign_in("stolen@x.example");
  ASSERT_TRUE(grant);
  const auto victim = refresh(grant->refresh_token);
  ASSERT_TRUE(victim);
  exec(sql::statement(
      "update auth.refresh_tokens set updated_at = now() - interval '11 seconds' where revoked"));
  EXPECT_EQ(code(refresh(grant->refresh_token)), "refresh_token_already_used");
  EXPECT_EQ(code(refresh(victim->refresh_token)), "refresh_token_not_found")
      << "the whole family is gone";
  EXPECT_EQ(code(caller(victim->access_token)), "session_ended") << "and its access tokens with it";
  EXPECT_EQ(
      exec(sql::statement("select count(*) from auth.sessions where user_id = $1", {id}))[0][0],
      "0");
}

TEST_F(ServiceTest, UnknownRefreshTokensAreRefused) {
  for (const std::string& token :
       {new_refresh_token(), std::string("x"), std::string(), std::string(100'000, 'a')})
    EXPECT_EQ(code(refresh(token)), "refresh_token_not_found");
}

TEST_F(ServiceTest, SigningOutEndsTheTokenOnEveryCoreAtOnce) {
  add("out@x.example");
  const auto here = sign_in("out@x.example");
  const auto there = sign_in("out@x.example");
  ASSERT_TRUE(here && there);
  ASSERT_TRUE(caller(here->access_token, 0));
  ASSERT_TRUE(caller(here->access_token, 1));
  ASSERT_TRUE(wait(service_->sign_out(*pools_[0], *caller(here->access_token), Scope::local)));
  EXPECT_EQ(code(caller(here->access_token, 0)), "session_ended");
  EXPECT_EQ(code(caller(here->access_token, 1)), "session_ended");
  EXPECT_EQ(code(refresh(here->refresh_token)), "refresh_token_not_found");
  EXPECT_TRUE(caller(there->access_token)) << "local means this session";
  const auto third = sign_in("out@x.example");
  ASSERT_TRUE(wait(service_->sign_out(*pools_[0], *caller(third->access_token), Scope::others)));
  EXPECT_EQ(code(caller(there->access_token)), "session_ended");
  EXPECT_TRUE(caller(third->access_token));
  ASSERT_TRUE(wait(service_->sign_out(*pools_[0], *caller(third->access_token), Scope::global)));
  EXPECT_EQ(code(caller(third->access_token)), "session_ended");
}

// As another node does it: this process hears of it from the database only.
TEST_F(ServiceTest, ASessionEndedElsewhereCountsNoLongerThanFiveSeconds) {
  const std::string id = add("elsewhere@x.example");
  const auto grant = sign_in("elsewhere@x.example");
  ASSERT_TRUE(grant);
  ASSERT_TRUE(caller_soon(grant->access_token, true));
  std::this_thread::sleep_for(std::chrono::milliseconds{100});
  exec(sql::statement("delete from auth.sessions where user_id = $1", {id}));
  EXPECT_TRUE(caller(grant->access_token)) << "still confirmed";
  clock_.advance(seconds{3});
  EXPECT_EQ(code(caller_soon(grant->access_token, false)), "session_ended");
  clock_.advance(seconds{600});
  EXPECT_EQ(code(caller(grant->access_token)), "session_ended") << "and stays so";
  EXPECT_EQ(code(caller(grant->access_token, 1)), "session_ended")
      << "on a core that never saw it, too";
}

TEST_F(ServiceTest, WithoutTheDatabaseASessionIsNotBelievedForLong) {
  add("alone@x.example");
  const auto grant = sign_in("alone@x.example");
  ASSERT_TRUE(grant);
  on_core([&](unsigned core) {
    db::PoolOptions options;
    options.conninfo = "host=/nonexistent user=nobody dbname=nothing";
    pools_[core] = std::make_unique<db::Pool>(cores_[core], options);
  });
  EXPECT_TRUE(caller(grant->access_token));
  clock_.advance(seconds{6});
  EXPECT_EQ(code(caller(grant->access_token)), "session_unconfirmed");
}

TEST_F(ServiceTest, GuessingIsSlowedByPairAndNetwork) {
  add("guessed@x.example");
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(code(sign_in("guessed@x.example", "wrong password")), "invalid_credentials");
  const auto refused = sign_in("guessed@x.example", password);
  ASSERT_EQ(code(refused), "over_request_rate_limit") << "even with the right one";
  EXPECT_EQ(refused.error().details, "20") << "seconds to wait";
  EXPECT_EQ(code(sign_in("guessed@x.example", password, "203.0.113.77")), "ok")
      << "from elsewhere he gets in";
  clock_.advance(seconds{20});
  EXPECT_EQ(code(sign_in("guessed@x.example", password)), "ok");
  int tried = 0;
  while (tried < 100 &&
         code(sign_in("user" + std::to_string(tried) + "@x.example", "x")) == "invalid_credentials")
    ++tried;
  EXPECT_LE(tried, 30) << "many accounts from one network";
  EXPECT_GE(tried, 20);
}

TEST_F(ServiceTest, StrangersDoNotLockOutWhoIsKnownHere) {
  add("target@x.example");
  ASSERT_EQ(code(sign_in("target@x.example", password, "198.51.100.1")), "ok");
  int guesses = 0;
  while (guesses < 100 &&
         code(sign_in("target@x.example", "wrong password",
                      "203.0.113." + std::to_string(guesses % 250))) == "invalid_credentials")
    ++guesses;
  EXPECT_EQ(guesses, 40) << "a botnet gets that many, then one in thirty seconds";
  EXPECT_EQ(code(sign_in("target@x.example", password, "192.0.2.1")), "over_request_rate_limit");
  EXPECT_EQ(code(sign_in("target@x.example", password, "198.51.100.1")), "ok");
}

TEST_F(ServiceTest, RightPasswordsAreNotCounted) {
  const std::string id = add("busy@x.example");
  for (int i = 0; i < 60; ++i) ASSERT_EQ(code(sign_in("busy@x.example")), "ok") << i;
  EXPECT_EQ(
      exec(sql::statement("select count(*) from auth.sessions where user_id = $1", {id}))[0][0],
      "50")
      << "the newest are kept";
}

TEST_F(ServiceTest, AFloodOfSignInsIsRefusedBeyondTheQueue) {
  add("flood@x.example", nullptr, crypto::hash_password(password));  // the real cost
  std::vector<std::promise<Result<Grant>>> answers(200);
  for (std::size_t i = 0; i < answers.size(); ++i)
    cores_[0].spawn(carry(service_->sign_in(*pools_[0], "flood@x.example", password,
                                            {"10.0.0." + std::to_string(i), "test"}),
                          answers[i]));
  int in = 0, refused = 0;
  for (auto& answer : answers) {
    const auto got = answer.get_future().get();
    got ? ++in : ++refused;
    if (!got) EXPECT_EQ(got.error().code, "over_request_rate_limit");
  }
  EXPECT_GE(in, 16);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(code(sign_in("flood@x.example")), "ok") << "and afterwards it goes on";
}

TEST_F(ServiceTest, TheUserDocumentAndItsChanges) {
  const std::string id = add("self@x.example", "viewer");
  const auto grant = sign_in("self@x.example");
  ASSERT_TRUE(grant);
  const Identity self = *caller(grant->access_token);
  const Origin origin{"203.0.113.1", "test"};
  auto change = [&](Change what) {
    return wait(service_->change_user(*pools_[0], self, std::move(what), origin));
  };

  auto user = json::parse_object(*wait(service_->user(*pools_[0], self)));
  EXPECT_EQ(json::text_or(*user, "id"), id);
  EXPECT_EQ(json::text_or(json::object_or_empty(*user, "app_metadata"), "role"), "viewer");

  const auto changed = change({.data = R"({"theme":"dark","role":"admin","gone":null})"});
  ASSERT_TRUE(changed) << changed.error().message;
  user = json::parse_object(*changed);
  EXPECT_EQ(json::serialize(*user->if_contains("user_metadata")),
            R"({"role":"admin","theme":"dark"})");
  EXPECT_EQ(json::text_or(json::object_or_empty(*user, "app_metadata"), "role"), "viewer");
  EXPECT_EQ(caller(refresh(grant->refresh_token)->access_token)->db_role, "flash_viewer");

  EXPECT_EQ(code(change({.data = R"({"a":")" + std::string(5000, 'a') + "\"}"})),
            "validation_failed");
  EXPECT_EQ(code(change({.data = R"({"a":"\u0000"})"})), "validation_failed");
  EXPECT_EQ(code(change({.email = "other@x.example"})), "feature_disabled");
  EXPECT_EQ(code(change({.password = "short"})), "weak_password");
  EXPECT_EQ(code(change({.password = password})), "same_password");
  EXPECT_EQ(code(change({.password = "another good password", .current_password = "wrong"})),
            "current_password_invalid");

  const auto elsewhere = sign_in("self@x.example");
  ASSERT_TRUE(elsewhere);
  EXPECT_EQ(code(change({.password = "another good password"})), "ok");
  EXPECT_EQ(code(caller(elsewhere->access_token)), "session_ended") << "other sessions end";
  EXPECT_TRUE(caller(grant->access_token));
  EXPECT_EQ(code(sign_in("self@x.example")), "invalid_credentials");
  EXPECT_EQ(code(sign_in("self@x.example", "another good password")), "ok");

  exec(sql::statement(
      "update auth.sessions set created_at = now() - interval '25 hours' where user_id = $1",
      {id}));
  EXPECT_EQ(code(change({.password = "a third good password"})), "current_password_required");
  EXPECT_EQ(code(change({.password = "a third good password",
                         .current_password = "another good password"})),
            "ok");
}

TEST_F(ServiceTest, ASessionThatIsOverHasNoUser) {
  const std::string id = add("over@x.example");
  const auto grant = sign_in("over@x.example");
  const Identity self = *caller(grant->access_token);
  exec(sql::statement("delete from auth.sessions where user_id = $1", {id}));
  EXPECT_EQ(code(wait(service_->user(*pools_[0], self))), "session_not_found");
  EXPECT_EQ(
      code(wait(service_->change_user(*pools_[0], self, {.password = "a fourth good one"}, {}))),
      "session_not_found");
  EXPECT_EQ(code(wait(service_->user(*pools_[0], anonymous()))), "no_authorization");
}

}  // namespace
}  // namespace flash::auth
