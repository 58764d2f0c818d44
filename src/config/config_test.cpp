#include <gtest/gtest.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "config/describe.h"
#include "config/load.h"
#include "config/postgrest.h"
#include "config/table.h"
#include "kit/golden.h"

namespace flash::config {
namespace {

std::string faults(const Sources& sources) {
  auto loaded = load(sources);
  return loaded ? "" : loaded.error().message;
}

struct TomlFile {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("flash_config_" + std::to_string(getpid()) + ".toml");
  explicit TomlFile(std::string_view text) { std::ofstream(path) << text; }
  ~TomlFile() { std::filesystem::remove(path); }
  TomlFile(const TomlFile&) = delete;
  TomlFile& operator=(const TomlFile&) = delete;
};

// The temporary file has another name in every run.
std::string without(std::string text, const std::string& path) {
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
    text.replace(at, path.size(), "FILE");
  return text;
}

TEST(Config, DefaultsOfRoot) {
  auto loaded = load({.root = true});
  ASSERT_TRUE(loaded) << loaded.error().message;
  kit::expect_golden("src/config/goldens/defaults.toml", masked(*loaded));
}

TEST(Config, AMailServerIsNamedWithoutItsPassword) {
  const auto said = [](std::string url, std::string from) {
    return faults(
        {.flags = {{"smtp_url", std::move(url)}, {"smtp_from", std::move(from)}}, .root = true});
  };
  EXPECT_EQ(said("smtps://mail.example:465", "a@b.example"), "");
  EXPECT_EQ(said("", ""), "");
  EXPECT_NE(said("smtp://me:secret@mail.example", "a@b.example"), "");
  EXPECT_NE(said("mail.example:25", "a@b.example"), "");
  EXPECT_NE(said("file:///etc/passwd", "a@b.example"), "");
  EXPECT_NE(said("smtp://mail.example", ""), "");
}

TEST(Config, FlagsBeatEnvironmentBeatsFile) {
  const TomlFile file(
      "port = 1\nhost = \"10.0.0.1\"\nrows_max = 50\ncors_origins = [\"https://a.example\"]\n");
  auto loaded = load({.flags = {{"port", "3"}},
                      .environment = {{"FLASH_PORT", "2"},
                                      {"FLASH_HOST", "10.0.0.2"},
                                      {"HOME", "/home/ana"},
                                      {"FLASH_TEST_PG", "ignored"}},
                      .file = file.path});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->settings.port, 3u);
  EXPECT_EQ(loaded->settings.host, "10.0.0.2");
  EXPECT_EQ(loaded->settings.rows_max, 50u);
  kit::expect_golden("src/config/goldens/mixed.toml", without(masked(*loaded), file.path.string()));
}

TEST(Config, ProductionShowsNoSecret) {
  auto loaded =
      load({.environment = {{"FLASH_DATABASE_URL", "postgres://flash:hunter2@db/flash"},
                            {"FLASH_JWT_SECRET", "0123456789abcdef0123456789abcdef"},
                            {"FLASH_TLS_CERT", "/etc/flash/tls.pem"},
                            {"FLASH_TLS_KEY", "/etc/flash/tls.key"},
                            {"FLASH_PUBLIC_URL", "https://sales.example"},
                            {"FLASH_CORS_ORIGINS", "https://a.example, https://b.example"},
                            {"XDG_DATA_HOME", "/srv/data"}}});
  ASSERT_TRUE(loaded) << loaded.error().message;
  const std::string text = masked(*loaded);
  EXPECT_EQ(text.find("hunter2"), std::string::npos);
  EXPECT_EQ(text.find("0123456789abcdef"), std::string::npos);
  kit::expect_golden("src/config/goldens/production.toml", text);
}

TEST(Config, TellsEveryFaultAtOnce) {
  const TomlFile file("prot = 1\nport = \"x\"\nschemas = \"public\"\ndemo = [true]\n");
  const std::string said =
      without(faults({.flags = {{"rows_max", "0"}, {"jwt_secret", "short"}, {"tls_cert", "a.pem"}},
                      .environment = {{"FLASH_PROT", "1"},
                                      {"FLASH_LOG_LEVEL", "loud"},
                                      {"FLASH_CORS_ORIGINS", "a.example,https://b.example/x"}},
                      .file = file.path,
                      .root = true}),
              file.path.string());
  kit::expect_golden("src/config/goldens/faults.txt", said);
}

TEST(Config, ASecretIsNotRepeatedInAFault) {
  const std::string said = faults({.flags = {{"jwt_secret", "hunter2"}}, .root = true});
  EXPECT_EQ(said, "--jwt-secret must have at least 32 bytes");
}

TEST(Config, SaysWhereTheFileIsBroken) {
  const TomlFile file("port = 1\nhost = oops\n");
  const std::string said = faults({.file = file.path, .root = true});
  EXPECT_NE(said.find(file.path.string() + " line 2: "), std::string::npos) << said;
}

TEST(Config, ANamedFileMustExist) {
  EXPECT_NE(
      faults({.file = "/nonexistent/flash.toml", .root = true}).find("/nonexistent/flash.toml"),
      std::string::npos);
}

TEST(Config, NumbersHaveLimits) {
  struct Case {
    const char *key, *text;
    bool good;
  };
  for (const Case& c :
       {Case{"port", "65535", true}, Case{"port", "65536", false}, Case{"port", "0", true},
        Case{"port", "-1", false}, Case{"port", "", false}, Case{"port", "80 ", false},
        Case{"rows_max", "1", true}, Case{"rows_max", "99999999999999999999", false},
        Case{"head_ms_max", "100", true}, Case{"head_ms_max", "99", false},
        Case{"demo", "true", true}, Case{"demo", "yes", false}}) {
    SCOPED_TRACE(std::string(c.key) + "=" + c.text);
    EXPECT_EQ(faults({.flags = {{c.key, c.text}}, .root = true}).empty(), c.good);
  }
}

TEST(Config, DataNeedsAHomeUnlessItIsNamed) {
  EXPECT_NE(faults({}).find("--data is needed"), std::string::npos);
  EXPECT_EQ(load({.environment = {{"HOME", "/home/ana"}}})->settings.data,
            "/home/ana/.local/share/flash");
  EXPECT_EQ(load({.flags = {{"data", "/srv/x"}}})->settings.data, "/srv/x");
}

TEST(Config, EveryRowCanBeAFlag) {
  CLI::App app;
  Sources sources{.root = true};
  add_flags(app, sources);
  std::vector<std::string> words{"--no-demo", "--config",  "f.toml", "--schemas",
                                 "a",         "--schemas", "b,c"};
  std::ranges::reverse(words);  // CLI11 takes them from the back
  app.parse(words);
  EXPECT_EQ(sources.flags.at("demo"), "false");
  EXPECT_EQ(sources.flags.at("schemas"), "a,b,c");
  EXPECT_EQ(sources.file, "f.toml");
  for (const Row& row : rows())
    EXPECT_NE(app.get_option_no_throw(flag_of(row)), nullptr) << row.key;
}

TEST(Config, EveryRowSurvivesItsOwnText) {
  std::set<std::string_view> keys;
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.key);
    EXPECT_TRUE(keys.insert(row.key).second);
    EXPECT_FALSE(row.meaning.empty());
    EXPECT_FALSE(row.meaning.ends_with('.'));
    Settings settings;
    EXPECT_TRUE(assign(row, settings, text_of(row, Settings{})));
    EXPECT_EQ(text_of(row, settings), text_of(row, Settings{}));
  }
}

TEST(Config, PostgrestsVariablesAreOtherNames) {
  auto loaded = load({.environment = {{"PGRST_DB_URI", "postgres://authenticator@db/shop"},
                                      {"PGRST_DB_SCHEMAS", "api, extra"},
                                      {"PGRST_DB_ANON_ROLE", "web_anon"},
                                      {"PGRST_DB_MAX_ROWS", "50"},
                                      {"PGRST_DB_PLAN_ENABLED", "yes"},
                                      {"PGRST_DB_POOL_ACQUISITION_TIMEOUT", "7"},
                                      {"PGRST_DB_CHANNEL_ENABLED", "false"},
                                      {"PGRST_SERVER_HOST", "!4"},
                                      {"PGRST_LOG_LEVEL", "crit"},
                                      {"PGRST_APP_SETTINGS_Tint", "a=b,c"},
                                      {"PGRST_SERVER_PORT", "3000"},
                                      {"FLASH_PORT", "3001"}},
                      .root = true});
  ASSERT_TRUE(loaded) << loaded.error().message;
  const Settings& s = loaded->settings;
  EXPECT_EQ(s.database_url, "postgres://authenticator@db/shop");
  EXPECT_EQ(s.schemas, (std::vector<std::string>{"api", "extra"}));
  EXPECT_EQ(s.anon_role, "web_anon");
  EXPECT_EQ(s.rows_max, 50U);
  EXPECT_TRUE(s.plan);
  EXPECT_EQ(s.database_wait_ms_max.count(), 7000);
  EXPECT_EQ(s.catalog_channel, "");
  EXPECT_EQ(s.host, "0.0.0.0");
  EXPECT_EQ(s.log_level, "error");
  EXPECT_EQ(s.app_settings, (std::vector<std::string>{"tint=a=b,c"}));
  EXPECT_EQ(s.port, 3001U);
  EXPECT_TRUE(s.rest_only);
  EXPECT_TRUE(loaded->warnings.empty());
}

TEST(Config, ADatabaseNamedAsForPostgrestIsLeftAsItIs) {
  auto loaded = load({.environment = {{"PGRST_DB_URI", "dbname=shop"}}, .root = true});
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->settings.rest_only);
  EXPECT_EQ(loaded->settings.anon_role, "");
  EXPECT_EQ(loaded->warnings.size(), 1U);  // that there is a limit of rows
  auto wanted = load({.flags = {{"rest_only", "false"}, {"anon_role", "anon"}},
                      .environment = {{"PGRST_DB_URI", "dbname=shop"}},
                      .root = true});
  ASSERT_TRUE(wanted);
  EXPECT_FALSE(wanted->settings.rest_only);
}

TEST(Config, WhatIsNotFollowedIsToldAndWhatIsDangerousRefused) {
  auto loaded = load({.environment = {{"PGRST_DB_POOL", "10"},
                                      {"PGRST_ADMIN_SERVER_PORT", "3001"},
                                      {"PGRST_DB_PREPARED_STATEMENTS", "true"},
                                      {"PGRST_NONSENSE", "secret"}},
                      .root = true});
  ASSERT_TRUE(loaded) << loaded.error().message;
  ASSERT_EQ(loaded->warnings.size(), 3U);
  for (const std::string& each : loaded->warnings) {
    EXPECT_TRUE(each.starts_with("PGRST_")) << each;
    EXPECT_EQ(each.find("secret"), std::string::npos);
  }
  EXPECT_NE(faults({.environment = {{"PGRST_DB_PREPARED_STATEMENTS", "false"}}, .root = true}), "");
  EXPECT_NE(faults({.environment = {{"PGRST_SERVER_UNIX_SOCKET", "/run/x"}}, .root = true}), "");
  EXPECT_NE(faults({.environment = {{"PGRST_JWT_SECRET", "@/nonexistent"}}, .root = true}), "");
  EXPECT_NE(faults({.environment = {{"PGRST_DB_POOL_ACQUISITION_TIMEOUT", "x"}}, .root = true}),
            "");
}

TEST(Config, EveryAliasNamesASettingOrSaysWhyNot) {
  for (const Alias& alias : aliases()) {
    SCOPED_TRACE(alias.variable);
    EXPECT_TRUE(alias.variable.starts_with("PGRST_"));
    if (alias.key.empty()) {
      EXPECT_FALSE(alias.advice.empty());
    } else {
      EXPECT_NE(find_row(alias.key), nullptr);
    }
  }
}

TEST(Config, ASecretMayStandInAFile) {
  const TomlFile file("0123456789abcdef0123456789abcdef\n");
  auto loaded =
      load({.environment = {{"PGRST_JWT_SECRET", "@" + file.path.string()}}, .root = true});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->settings.jwt_secret, "0123456789abcdef0123456789abcdef");
}

TEST(Config, ANodeHasAPlainNameAndRestAloneADatabase) {
  EXPECT_NE(faults({.flags = {{"node", "A-1"}}, .root = true}), "");
  EXPECT_EQ(faults({.flags = {{"node", std::string(40, 'a')}}, .root = true}), "");
  EXPECT_NE(faults({.flags = {{"node", std::string(41, 'a')}}, .root = true}), "");
  EXPECT_NE(faults({.flags = {{"rest_only", "true"}}, .root = true}), "");
  EXPECT_NE(faults({.flags = {{"anon_role", "web"}}, .root = true}), "");
  EXPECT_NE(faults({.flags = {{"app_settings", "novalue"}}, .root = true}), "");
  EXPECT_EQ(faults({.flags = {{"app_settings", "a=1,b=,c=3,d=4,e=5,f=6,g=7,h=8"}}, .root = true}),
            "");
  EXPECT_NE(
      faults({.flags = {{"app_settings", "a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9"}}, .root = true}),
      "");
}

TEST(Config, TheReferenceIsFresh) { kit::expect_golden("docs/generated/settings.md", markdown()); }

}  // namespace
}  // namespace flash::config
