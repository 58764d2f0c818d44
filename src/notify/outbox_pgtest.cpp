#include "notify/outbox.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "base/bytes.h"
#include "base/text.h"
#include "db/blocking.h"
#include "kit/database.h"
#include "notify/mail.h"

namespace flash::notify {
namespace {

namespace fs = std::filesystem;

// A program beside the test; its first line of output is read, at its end it is killed.
class Program {
 public:
  explicit Program(std::vector<std::string> words) {
    int out[2];
    EXPECT_EQ(::pipe(out), 0);
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(out[1], 1);
      ::execvp(argv[0], argv.data());
      ::_exit(127);
    }
    ::close(out[1]);
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(out[0]);
  }
  ~Program() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  std::string line;

 private:
  pid_t pid_ = 0;
};

class OutboxTest : public testing::Test {
 protected:
  void SetUp() override {
    auto connected = db::Blocking::connect(database_.superuser());
    ASSERT_TRUE(connected) << connected.error().message;
    owner_ = std::make_unique<db::Blocking>(*std::move(connected));
    std::string path = "/tmp/flash_outbox_XXXXXX";
    ASSERT_NE(::mkdtemp(path.data()), nullptr);
    folder_ = path;
    settings_.smtp_from = "no-reply@pay.example";
    settings_.seller_name = "Harbour Pay";
    cores_.start();
  }
  void TearDown() override {
    if (side_) on_core([&] { side_.reset(); });
    cores_.stop();
    fs::remove_all(folder_);
  }

  // Begins a real mail server, and points the settings at it.
  void serve(bool tls) {
    std::vector<std::string> words{"/usr/bin/python3", FLASH_SOURCE_DIR "/tests/kit/smtp_server.py",
                                   folder_.string()};
    if (tls) {
      const std::string key = folder_ / "key.pem", cert = folder_ / "cert.pem";
      Program made({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-keyout", key, "-out",
                    cert, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"});
      words.insert(words.end(), {cert, key});
      settings_.smtp_ca = cert;
    }
    settings_.smtp_tls = tls ? "required" : "if-offered";
    server_ = std::make_unique<Program>(std::move(words));
    ASSERT_FALSE(server_->line.empty()) << "is python3-aiosmtpd installed?";
    settings_.smtp_url = text::cat("smtp://localhost:", server_->line);
  }
  struct Side {
    Side(loop::Core& core, const std::string& conninfo, const config::Settings& settings)
        : pool(core, {.conninfo = conninfo}),
          outbox(core, pool, metrics, settings, "https://pay.example") {}
    metrics::Set metrics;
    db::Pool pool;
    Outbox outbox;
  };
  void open() {
    on_core(
        [&] { side_ = std::make_unique<Side>(cores_[0], database_.authenticator(), settings_); });
  }
  template <class Do>
  void on_core(Do work) {
    std::promise<void> done;
    cores_[0].post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }
  static loop::Task<void> carry(loop::Task<Result<std::size_t>> task,
                                std::shared_ptr<std::promise<Result<std::size_t>>> to) {
    to->set_value(co_await std::move(task));
  }
  std::size_t round() {
    auto promise = std::make_shared<std::promise<Result<std::size_t>>>();
    cores_[0].spawn(carry(side_->outbox.round(), promise));
    const auto done = promise->get_future().get();
    EXPECT_TRUE(done) << done.error().code << " " << done.error().message;
    return done.value_or(0);
  }
  std::string sql(sql::Literal text, std::vector<sql::Param> params = {}) {
    auto rows = owner_->run(sql::statement(text, std::move(params)));
    EXPECT_TRUE(rows) << text.text() << ": " << rows.error().message;
    return rows && rows->size() > 0 ? std::string(rows->text(0, 0)) : std::string{};
  }
  void queue(const std::string& to, const std::string& name = "Ana") {
    sql("insert into flash.outbox (kind, payload) values ('email', jsonb_build_object('template', "
        "'lead_received', 'to', $1::text, 'name', $2::text, 'reference', 'FL-7Q2K9B', "
        "'business_name', 'Shop', 'language', 'en'))",
        {to, name});
  }
  std::vector<std::string> mails() {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder_))
      if (file.path().extension() == ".eml") files.push_back(file.path());
    std::ranges::sort(files);
    std::vector<std::string> out;
    for (const auto& path : files) {
      std::ostringstream bytes;
      bytes << std::ifstream(path, std::ios::binary).rdbuf();
      out.push_back(bytes.str());
    }
    return out;
  }
  std::string state() {
    return sql(
        "select string_agg(coalesce(outcome, 'waits') || ' ' || attempts || ' ' || "
        "coalesce(last_error, ''), '; ' order by id) from flash.outbox");
  }

  kit::Database database_;
  std::unique_ptr<db::Blocking> owner_;
  loop::Cores cores_{1};
  config::Settings settings_;
  fs::path folder_;
  std::unique_ptr<Program> server_;
  std::unique_ptr<Side> side_;
};

TEST_F(OutboxTest, SendsOverStarttlsWithASignIn) {
  serve(true);
  settings_.smtp_user = "mailer";
  settings_.smtp_password = "s3cret";
  open();
  queue("ana@shop.example", "Ana\r\nBcc: all@shop.example");
  EXPECT_EQ(round(), 1U);
  ASSERT_EQ(mails().size(), 1U) << state();
  const std::string mail = mails()[0];
  EXPECT_TRUE(mail.starts_with("no-reply@pay.example ana@shop.example\n")) << mail;
  EXPECT_NE(mail.find("Message-ID:\r\n <outbox-1@pay.example>"), std::string::npos) << mail;
  EXPECT_NE(mail.find("From: Harbour Pay\r\n <no-reply@pay.example>"), std::string::npos);
  EXPECT_EQ(mail.find("\r\nBcc"), std::string::npos);
  EXPECT_EQ(state(), "sent 1 ");
  EXPECT_EQ(round(), 0U) << "once";
}

TEST_F(OutboxTest, AWrongPasswordWaitsAndIsNotTold) {
  serve(true);
  settings_.smtp_user = "mailer";
  settings_.smtp_password = "hunter2-secret";
  open();
  queue("ana@shop.example");
  testing::internal::CaptureStderr();
  EXPECT_EQ(round(), 1U);
  const std::string said = testing::internal::GetCapturedStderr() + state();
  EXPECT_TRUE(state().starts_with("waits 1 mail_server: ")) << state();
  EXPECT_EQ(said.find("hunter2"), std::string::npos) << said;
  EXPECT_TRUE(mails().empty());
}

TEST_F(OutboxTest, AServerThatIsNotTheOneItSaysIsNotTrusted) {
  serve(true);
  settings_.smtp_ca.clear();
  open();
  queue("ana@shop.example");
  EXPECT_EQ(round(), 1U);
  EXPECT_TRUE(state().starts_with("waits 1 mail_server: ")) << state();
  EXPECT_TRUE(mails().empty());
}

TEST_F(OutboxTest, NothingGoesOutInTheClearWhenTlsIsRequired) {
  serve(false);
  settings_.smtp_tls = "required";
  open();
  queue("ana@shop.example");
  EXPECT_EQ(round(), 1U);
  EXPECT_TRUE(state().starts_with("waits 1 mail_server: ")) << state();
  EXPECT_TRUE(mails().empty());
}

TEST_F(OutboxTest, RefusedIsFinalAndBusyComesAgainLater) {
  serve(false);
  open();
  queue("refused@shop.example");
  queue("busy@shop.example");
  queue("not an address");
  queue("ana@shop.example");
  EXPECT_EQ(round(), 4U);
  EXPECT_EQ(mails().size(), 1U);
  EXPECT_EQ(sql("select string_agg(coalesce(outcome, 'waits') || ' ' || split_part(last_error, "
                "':', 1), ', ' order by id) from flash.outbox where outcome is distinct from "
                "'sent'"),
            "failed mail_refused, waits mail_server, failed bad_address");
  EXPECT_EQ(sql("select run_at > now() from flash.outbox where outcome is null"), "t");
  EXPECT_EQ(round(), 0U) << "not before its time";
  sql("update flash.outbox set run_at = now(), attempts = 29 where outcome is null");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select count(*) from flash.outbox where outcome is null"), "0")
      << "thirty tries are enough";
}

TEST_F(OutboxTest, WaitsWithoutAServerAndSaysSoOnce) {
  settings_.smtp_url.clear();
  open();
  queue("ana@shop.example");
  testing::internal::CaptureStderr();
  on_core([&] { side_->outbox.start(); });
  std::string said;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!said.contains("smtp_url or smtp_from is not set") &&
         std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    on_core([&] { side_->outbox.wake(); });
    said += testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
  }
  testing::internal::GetCapturedStderr();
  EXPECT_TRUE(said.contains("mails_wait")) << said;
  EXPECT_EQ(state(), "waits 0 ");

  on_core([&] { side_.reset(); });
  serve(false);
  open();
  EXPECT_EQ(round(), 1U) << "what waited goes out when there is a server";
  EXPECT_EQ(state(), "sent 1 ");
}

TEST_F(OutboxTest, IsWokenByTheCommitThatQueuesAndSendsByItself) {
  serve(false);
  open();
  sql("select pg_create_logical_replication_slot('told_' || current_database(), 'test_decoding', "
      "true)");
  queue("ana@shop.example");
  EXPECT_EQ(sql("select count(*) from pg_logical_slot_get_changes('told_' || current_database(), "
                "null, null) c where c.data like '%prefix: flash.jobs, sz: 5 content:email'"),
            "1");
  on_core([&] { side_->outbox.start(); });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (state() != "sent 1 " && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(state(), "sent 1 ");
}

TEST_F(OutboxTest, ReadersHaveLanguagesQuietHoursAndMayBeGone) {
  serve(false);
  open();
  sql("insert into auth.users (id, email) select ('00000000-0000-7000-8000-00000000000' || "
      "n)::uuid,"
      " 'p' || n || '@office.example' from generate_series(1, 4) n");
  sql("insert into public.profiles (id, email, full_name, role, languages, active, time_zone) "
      "select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'p' || n || '@office.example', "
      "'Person ' || n, 'rep', case n when 1 then '{nl,en}'::text[] else '{en}' end, n <> 2, "
      "'America/Curacao' from generate_series(1, 4) n");
  sql("insert into public.notification_prefs (user_id, type, quiet_from, quiet_to) select "
      "'00000000-0000-7000-8000-000000000003', 'lead_assigned', (l.at - interval '1 h')::time, "
      "(l.at + interval '1 h')::time from (select now() at time zone 'America/Curacao' as at) l");
  sql("insert into flash.outbox (kind, payload, created_at) select 'email', "
      "jsonb_build_object('template', 'notice.lead_assigned', 'user_id', "
      "'00000000-0000-7000-8000-00000000000' || n, 'params', "
      "'{\"business_name\": \"Shop\", \"reason\": \"Rule 40\"}'::jsonb), "
      "case n when 4 then now() - interval '4 days' else now() end from generate_series(1, 4) n");
  EXPECT_EQ(round(), 3U);
  EXPECT_EQ(state(),
            "sent 1 ; skipped 1 the reader is not active; waits 0 ; skipped 1 too old to be news");
  EXPECT_EQ(sql("select round(extract(epoch from run_at - now()) / 60) from flash.outbox where "
                "outcome is null"),
            "60");
  ASSERT_EQ(mails().size(), 1U);
  EXPECT_NE(mails()[0].find(text::cat("Subject: =?UTF-8?B?",
                                      bytes::to_base64("Nieuwe lead voor u: Shop"), "?=")),
            std::string::npos)
      << mails()[0];
}

TEST_F(OutboxTest, TwoServersSendEachMailOnce) {
  serve(false);
  open();
  for (int i = 0; i < 30; ++i) queue(text::cat("p", std::to_string(i), "@shop.example"));
  loop::Cores others(1);
  others.start();
  std::promise<void> built, gone;
  std::unique_ptr<Side> other;
  others[0].post([&] {
    other = std::make_unique<Side>(others[0], database_.authenticator(), settings_);
    built.set_value();
  });
  built.get_future().wait();
  auto promise = std::make_shared<std::promise<Result<std::size_t>>>();
  others[0].spawn(carry(other->outbox.round(), promise));
  const std::size_t mine = round();
  const auto theirs = promise->get_future().get();
  EXPECT_EQ(mine + theirs.value_or(0), 30U);
  EXPECT_EQ(mails().size(), 30U);
  others[0].post([&] {
    other.reset();
    gone.set_value();
  });
  gone.get_future().wait();
  others.stop();
}

TEST_F(OutboxTest, AClaimOfADeadServerEndsAndALateWordChangesNothing) {
  serve(false);
  open();
  queue("ana@shop.example");
  sql("select flash.mails_claim(8, 600)");
  EXPECT_EQ(round(), 0U) << "somebody else has it";
  sql("update flash.outbox set locked_until = now() - interval '1 s'");
  EXPECT_EQ(round(), 1U);
  EXPECT_EQ(sql("select flash.mail_ended(1, 1, 'failed', 'late')"), "");
  EXPECT_EQ(state(), "sent 2 ");
}

}  // namespace
}  // namespace flash::notify
