#include "config/load.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "base/text.h"
#include "config/postgrest.h"
#include "config/table.h"

namespace flash::config {
namespace {

constexpr const char* usual_file = "/etc/flash/flash.toml";

// Variables of the tests and of this loader, which are not settings of the server.
bool is_other_variable(std::string_view name) {
  constexpr std::array<std::string_view, 6> prefixes{"FLASH_CONFIG", "FLASH_TEST_", "FLASH_UPDATE",
                                                     "FLASH_SERVER", "FLASH_E2E_",  "FLASH_BENCH_"};
  return std::ranges::any_of(prefixes, [&](auto prefix) { return name.starts_with(prefix); });
}

class Loader {
 public:
  explicit Loader(const Sources& sources) : sources_(sources) {}

  Result<Loaded> run() {
    read_file();
    read_environment();
    read_postgrest();
    for (const auto& [key, text] : sources_.flags)
      if (const Row* row = find_row(key)) take(*row, text, Origin::flag, flag_of(*row));
    complete();
    check();
    if (faults_.empty()) return std::move(loaded_);
    return fail(Kind::invalid, "config_invalid", faults_);
  }

 private:
  void fault(std::string_view line) {
    if (!faults_.empty()) faults_ += '\n';
    faults_ += line;
  }

  void take(const Row& row, std::string_view text, Origin origin, std::string_view name) {
    if (auto done = assign(row, loaded_.settings, text); !done) {
      fault(text::cat(name, " ", done.error().message));
    } else {
      loaded_.origins[row.key] = origin;
    }
  }

  void read_file();
  void take_node(std::string_view key, const toml::node& node);
  void read_environment();
  void read_postgrest();
  void take_alias(std::string_view name, const std::string& text);
  void complete_postgrest();
  void complete();
  void check();
  void check_urls();

  const Sources& sources_;
  Loaded loaded_;
  std::string faults_;
};

void Loader::read_file() {
  if (sources_.file.empty()) return;
  toml::parse_result parsed = toml::parse_file(sources_.file.string());
  if (!parsed) {
    const auto& error = parsed.error();
    const auto line = error.source().begin.line;
    fault(text::cat(sources_.file.string(), line > 0 ? " line " + std::to_string(line) : "", ": ",
                    error.description()));
    return;
  }
  loaded_.file = sources_.file;
  // The table is sorted by name; people read faults by line.
  std::map<std::uint32_t, std::pair<std::string_view, const toml::node*>> by_line;
  for (const auto& [key, node] : parsed.table())
    by_line.emplace(key.source().begin.line, std::pair{key.str(), &node});
  for (const auto& [line, item] : by_line) take_node(item.first, *item.second);
}

// The text form of a value in the file; nullopt for kinds that no setting has.
std::optional<std::string> text_of_node(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* yes = node.as_boolean()) return yes->get() ? "true" : "false";
  const auto* list = node.as_array();
  if (list == nullptr) return std::nullopt;
  std::string all;
  for (const toml::node& item : *list) {
    if (!item.is_string()) return std::nullopt;
    all += text::cat(all.empty() ? "" : ",", item.as_string()->get());
  }
  return all;
}

void Loader::take_node(std::string_view key, const toml::node& node) {
  const std::string place = text::cat(sources_.file.string(), " line ",
                                      std::to_string(node.source().begin.line), ": ", key);
  const Row* row = find_row(key);
  if (row == nullptr) return fault(text::cat(place, " is not a setting"));
  const bool wants_list = type_of(*row) == "list";
  const auto text = text_of_node(node);
  if (!text || node.is_array() != wants_list) {
    return fault(text::cat(place, wants_list ? " must be a list of texts: [\"a\", \"b\"]"
                                             : " must be a single value"));
  }
  take(*row, *text, Origin::file, place);
}

void Loader::read_environment() {
  for (const auto& [name, text] : sources_.environment) {
    if (!name.starts_with("FLASH_") || is_other_variable(name)) continue;
    const Row* row = find_row(text::lower(std::string_view(name).substr(6)));
    if (row == nullptr || variable_of(*row) != name) {
      fault(text::cat(name, " is not a setting"));
    } else {
      take(*row, text, Origin::environment, name);
    }
  }
}

void Loader::take_alias(std::string_view name, const std::string& text) {
  constexpr std::string_view app = "PGRST_APP_SETTINGS_";
  if (name.starts_with(app)) {
    if (!loaded_.origins.contains("app_settings"))
      loaded_.settings.app_settings.push_back(
          text::cat(text::lower(name.substr(app.size())), "=", text));
    return;
  }
  const Alias* alias = find_alias(name);
  if (alias == nullptr) {
    loaded_.warnings.push_back(text::cat(name, " has no meaning here"));
  } else if (!alias->key.empty()) {
    const auto known = loaded_.origins.find(alias->key);
    if (known != loaded_.origins.end() && known->second == Origin::environment &&
        alias->form != Alias::Form::channel_off)
      return;  // said in our own words
    const Row* row = find_row(alias->key);
    const auto value = translate(*alias, text);
    if (!value) return fault(text::cat(name, " ", value.error().message));
    take(*row, *value, Origin::environment, name);
  } else if (text != alias->harmless) {
    const std::string sentence = text::cat(name, " is not followed: ", alias->advice);
    if (alias->refused) return fault(sentence);
    loaded_.warnings.push_back(sentence);
  }
}

// In the order of their names, so that PGRST_DB_CHANNEL_ENABLED comes after PGRST_DB_CHANNEL.
void Loader::read_postgrest() {
  for (const auto& [name, text] : sources_.environment)
    if (name.starts_with("PGRST_")) take_alias(name, text);
  if (sources_.environment.contains("PGRST_DB_URI")) complete_postgrest();
}

// Whoever names the database as for PostgREST has a project of their own in it, and expects that it
// is left as it is and that callers without a token are refused unless a role is named for them.
void Loader::complete_postgrest() {
  Settings& s = loaded_.settings;
  if (!loaded_.origins.contains("rest_only")) {
    s.rest_only = true;
    loaded_.origins["rest_only"] = Origin::environment;
  }
  if (!loaded_.origins.contains("anon_role")) {
    s.anon_role.clear();
    loaded_.origins["anon_role"] = Origin::environment;
  }
  if (!loaded_.origins.contains("rows_max"))
    loaded_.warnings.push_back(text::cat("PGRST_DB_MAX_ROWS is not set: an answer has at most ",
                                         std::to_string(s.rows_max), " rows"));
}

// Defaults that depend on who runs the program.
void Loader::complete() {
  std::string& data = loaded_.settings.data;
  if (!data.empty()) return;
  const auto variable = [&](const char* name) {
    const auto hit = sources_.environment.find(name);
    return hit == sources_.environment.end() ? std::string() : hit->second;
  };
  if (sources_.root) {
    data = "/var/lib/flash";
  } else if (const auto home = variable("XDG_DATA_HOME"); home.starts_with('/')) {
    data = home + "/flash";
  } else if (const auto own = variable("HOME"); own.starts_with('/')) {
    data = own + "/.local/share/flash";
  } else {
    fault("--data is needed: neither XDG_DATA_HOME nor HOME says where data may live");
  }
}

// What no row can say alone.
void Loader::check() {
  const Settings& s = loaded_.settings;
  if (s.tls_cert.empty() != s.tls_key.empty()) fault("--tls-cert and --tls-key belong together");
  if (s.smtp_url.find('@') != std::string::npos)
    fault("--smtp-url names no user: that is for --smtp-user and --smtp-password");
  if (!s.smtp_url.empty() && !s.smtp_url.starts_with("smtp://") &&
      !s.smtp_url.starts_with("smtps://"))
    fault("--smtp-url begins with smtp:// or smtps://");
  if (s.smtp_url.empty() != s.smtp_from.empty())
    fault("--smtp-url and --smtp-from belong together");
  if (s.host.empty()) fault("--host must not be empty");
  if (s.schemas.empty()) fault("--schemas must name at least one schema");
  if (s.rest_only && s.database_url.empty())
    fault("--rest-only needs --database-url: the private PostgreSQL is Flash's own");
  if (!s.rest_only && s.anon_role != Settings{}.anon_role)
    fault("--anon-role needs --rest-only: in Flash's own database it is anon");
  if (s.rest_only && s.demo) fault("--rest-only and --demo exclude each other");
  const auto plain = [](char c) { return text::is_digit(c) || (c >= 'a' && c <= 'z') || c == '_'; };
  if (s.node.size() > 40 || !std::ranges::all_of(s.node, plain))
    fault("--node must have 1 to 40 characters of a-z, 0-9 and _");
  constexpr std::size_t app_settings_max = 8;  // each is set in every transaction
  if (s.app_settings.size() > app_settings_max) fault("--app-settings: at most 8");
  for (const std::string& each : s.app_settings)
    if (each.find('=') == std::string::npos || each.starts_with('='))
      fault("--app-settings: each is name=value");
  // RFC 7518 section 3.2: a key at least as long as the hash. A JWK or JWKS is looked at by auth.
  constexpr std::size_t secret_bytes_min = 32;
  const bool is_json = s.jwt_secret.starts_with('{');
  if (!s.jwt_secret.empty() && !is_json && s.jwt_secret.size() < secret_bytes_min)
    fault("--jwt-secret must have at least 32 bytes");
  check_urls();
}

void Loader::check_urls() {
  const Settings& s = loaded_.settings;
  const auto is_web = [](std::string_view url) {
    return url.starts_with("http://") || url.starts_with("https://");
  };
  if (!s.public_url.empty() && (!is_web(s.public_url) || s.public_url.ends_with('/')))
    fault("--public-url must be http://... or https://... without a slash at the end");
  for (const std::string& origin : s.cors_origins) {
    const bool whole =
        is_web(origin) && origin.find('/', origin.find("://") + 3) == std::string::npos;
    if (origin != "*" && !whole)
      fault(text::cat("--cors-origins: '", origin, "' is not an origin (https://host) and not *"));
  }
}

}  // namespace

void add_flags(CLI::App& command, Sources& sources) {
  command
      .add_option_function<std::string>(
          "--config", [&sources](const std::string& file) { sources.file = file; },
          "TOML file with settings")
      ->type_name("FILE");
  for (const Row& row : rows()) {
    const std::string key(row.key), flag = flag_of(row), meaning(row.meaning);
    const std::string group(row.group);
    if (std::holds_alternative<bool Settings::*>(row.member)) {
      const std::string both = text::cat(flag, ",!--no-", std::string_view(flag).substr(2));
      command
          .add_flag_function(
              both,
              [&sources, key](std::int64_t count) {
                sources.flags[key] = count > 0 ? "true" : "false";
              },
              meaning)
          ->group(group);
      continue;
    }
    const bool list = type_of(row) == "list";
    auto* option = command.add_option_function<std::vector<std::string>>(
        flag,
        [&sources, key](const std::vector<std::string>& words) {
          std::string& all = sources.flags[key];
          for (const std::string& word : words) all += text::cat(all.empty() ? "" : ",", word);
        },
        meaning);
    option->type_name(std::string(type_of(row)))->type_size(1)->group(group);
    if (!list) option->expected(1);
  }
}

void add_process(Sources& sources) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view pair(*entry);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = pair.substr(0, equals);
    if (name.starts_with("FLASH_") || name.starts_with("PGRST_") || name == "HOME" ||
        name == "XDG_DATA_HOME")
      sources.environment.emplace(name, pair.substr(equals + 1));
  }
  sources.root = geteuid() == 0;
  if (!sources.file.empty()) return;
  std::error_code unreadable;
  if (auto named = sources.environment.find("FLASH_CONFIG"); named != sources.environment.end()) {
    sources.file = named->second;
  } else if (std::filesystem::exists(usual_file, unreadable)) {
    sources.file = usual_file;
  }
}

Result<Loaded> load(const Sources& sources) { return Loader(sources).run(); }

}  // namespace flash::config
