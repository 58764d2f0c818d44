// flashd: serve, migrate, user, config, version.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "app/cmd_user.h"
#include "app/database.h"
#include "app/server.h"
#include "base/log.h"
#include "config/describe.h"
#include "config/load.h"

namespace flash::app {
namespace {

int refuse(const Error& error) {
  std::fprintf(stderr, "flashd: %s\n", error.message.c_str());
  if (!error.details.empty()) std::fprintf(stderr, "        %s\n", error.details.c_str());
  if (!error.hint.empty()) std::fprintf(stderr, "        %s\n", error.hint.c_str());
  return 1;
}

log::Level level_of(const std::string& name) {
  if (name == "debug") return log::Level::debug;
  if (name == "warning") return log::Level::warning;
  return name == "error" ? log::Level::error : log::Level::info;
}

int serve(config::Settings settings) {
  auto server = Server::start(std::move(settings));
  if (!server) return refuse(server.error());
  (*server)->run();
  return 0;
}

int with_database(const config::Settings& settings,
                  const std::function<Result<void>(db::Blocking&)>& work) {
  Database database;
  auto owner = open_owner(settings, database);
  if (!owner) return refuse(owner.error());
  const auto done = work(*owner);
  return done ? 0 : refuse(done.error());
}

}  // namespace
}  // namespace flash::app

int main(int argc, char** argv) {
  namespace config = flash::config;
  namespace app = flash::app;
  CLI::App program("Flash: a real-time sales dashboard and the server under it");
  program.require_subcommand(1);
  config::Sources sources;
  auto* serve = program.add_subcommand(
      "serve", "Serve; starts the private PostgreSQL when no database URL is set");
  auto* migrate = program.add_subcommand("migrate", "Bring the database to this version and end");
  auto* user = program.add_subcommand("user", "Add, list and change the people who may sign in");
  auto* show =
      program.add_subcommand("config", "Print every setting with its origin; secrets are masked");
  auto* version = program.add_subcommand("version", "Print the version");
  bool as_markdown = false;
  show->add_flag("--markdown", as_markdown, "the reference of all settings instead");
  app::UserCommand user_command;
  app::add_user_command(*user, user_command);
  for (auto* command : {serve, migrate, user, show}) config::add_flags(*command, sources);
  CLI11_PARSE(program, argc, argv);

  if (*version) return std::puts(FLASH_VERSION) < 0;
  if (*show && as_markdown) return std::fputs(config::markdown().c_str(), stdout) < 0;
  config::add_process(sources);
  auto loaded = config::load(sources);
  if (!loaded) return app::refuse(loaded.error());
  flash::log::set_level(app::level_of(loaded->settings.log_level));
  if (*show) return std::fputs(config::masked(*loaded).c_str(), stdout) < 0;
  for (const std::string& warning : loaded->warnings)
    flash::log::warning("setting", {{"advice", warning}});
  if (*serve) return app::serve(std::move(loaded->settings));
  if (*migrate) return app::with_database(loaded->settings, app::migrate_database);
  return app::with_database(loaded->settings, [&](flash::db::Blocking& owner) {
    return app::run_user_command(owner, user_command);
  });
}
