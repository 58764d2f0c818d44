// Settings from four places: flags over environment over file over default. PostgREST's variables
// count as environment; ours of the same meaning go before them.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/settings.h"

namespace CLI {
class App;
}

namespace flash::config {

enum class Origin : unsigned char { standard, file, environment, flag };

// Where the words come from. A value, so that a test needs no process of its own.
struct Sources {
  std::map<std::string, std::string> flags;  // by key: {"body_bytes_max", "4096"}
  // Every FLASH_ and PGRST_ variable, HOME, XDG_DATA_HOME.
  std::map<std::string, std::string> environment;
  std::filesystem::path file;  // TOML; empty: none. It must exist when it is named
  bool root = false;           // decides where data lives by default
};

struct Loaded {
  Settings settings;
  std::map<std::string_view, Origin> origins;  // by key; a key that is not here has its default
  std::filesystem::path file;                  // that was read; empty: none
  // What was asked for in PostgREST's words and is not done: a sentence each, without a value.
  std::vector<std::string> warnings;
};

// Adds a flag for every row, and --config FILE, to a command. What is given lands in `sources`,
// which must outlive the parsing.
void add_flags(CLI::App& command, Sources& sources);
// Adds the environment of this process, its user, and, when no --config was given, the file of
// FLASH_CONFIG, or /etc/flash/flash.toml if there is one.
void add_process(Sources& sources);

// Errors: config_invalid, whose message holds every fault, a line each: "FLASH_PORT must be ...".
Result<Loaded> load(const Sources& sources);

}  // namespace flash::config
