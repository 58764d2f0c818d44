#include "config/postgrest.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace flash::config {
namespace {

using Form = Alias::Form;

constexpr std::string_view probes = "/livez, /readyz and /metrics answer on the server's own port";
constexpr std::string_view kept =
    "connections are kept open and made anew when they break; nothing is to be set";

constexpr std::array table{
    Alias{"PGRST_DB_URI", "database_url", Form::text_or_file},
    Alias{"PGRST_DB_SCHEMAS", "schemas"},
    Alias{"PGRST_DB_SCHEMA", "schemas"},
    Alias{"PGRST_DB_EXTRA_SEARCH_PATH", "extra_search_path"},
    Alias{"PGRST_DB_ANON_ROLE", "anon_role"},
    Alias{"PGRST_DB_PRE_REQUEST", "pre_request"},
    Alias{"PGRST_DB_ROOT_SPEC", "root_function"},
    Alias{"PGRST_DB_MAX_ROWS", "rows_max"},
    Alias{"PGRST_DB_AGGREGATES_ENABLED", "aggregates", Form::yes_or_no},
    Alias{"PGRST_DB_PLAN_ENABLED", "plan", Form::yes_or_no},
    Alias{"PGRST_DB_TX_END", "tx_end"},
    Alias{"PGRST_DB_HOISTED_TX_SETTINGS", "hoisted_settings"},
    Alias{"PGRST_DB_CHANNEL", "catalog_channel"},
    Alias{"PGRST_DB_CHANNEL_ENABLED", "catalog_channel", Form::channel_off},
    Alias{"PGRST_DB_POOL_ACQUISITION_TIMEOUT", "database_wait_ms_max", Form::seconds},
    Alias{"PGRST_JWT_SECRET", "jwt_secret", Form::text_or_file},
    Alias{"PGRST_JWT_SECRET_IS_BASE64", "jwt_secret_is_base64", Form::yes_or_no},
    Alias{"PGRST_JWT_AUD", "jwt_aud"},
    Alias{"PGRST_JWT_ROLE_CLAIM_KEY", "jwt_role_claim"},
    Alias{"PGRST_OPENAPI_MODE", "openapi_mode"},
    Alias{"PGRST_OPENAPI_SECURITY_ACTIVE", "openapi_security", Form::yes_or_no},
    Alias{"PGRST_OPENAPI_SERVER_PROXY_URI", "openapi_proxy_url"},
    Alias{"PGRST_CLIENT_ERROR_VERBOSITY", "error_verbosity"},
    Alias{"PGRST_URL_USE_LEGACY_TARGET_NAMES", "legacy_target_names", Form::yes_or_no},
    Alias{"PGRST_SERVER_HOST", "host", Form::host},
    Alias{"PGRST_SERVER_PORT", "port"},
    Alias{"PGRST_SERVER_CORS_ALLOWED_ORIGINS", "cors_origins"},
    Alias{"PGRST_SERVER_TIMING_ENABLED", "server_timing", Form::yes_or_no},
    Alias{"PGRST_SERVER_TRACE_HEADER", "trace_header"},
    Alias{"PGRST_LOG_LEVEL", "log_level", Form::level},
    Alias{.variable = "PGRST_DB_POOL",
          .key = {},
          .advice = "connections are counted a core: set FLASH_DATABASE_CONNECTIONS"},
    Alias{.variable = "PGRST_DB_POOL_MAX_LIFETIME", .key = {}, .advice = kept},
    Alias{.variable = "PGRST_DB_POOL_MAX_IDLETIME", .key = {}, .advice = kept},
    Alias{.variable = "PGRST_DB_POOL_AUTOMATIC_RECOVERY",
          .key = {},
          .advice = kept,
          .harmless = "true"},
    Alias{.variable = "PGRST_DB_PREPARED_STATEMENTS",
          .key = {},
          .advice = "statements are always prepared: a pooler in transaction mode in front of "
                    "PostgreSQL does not work",
          .harmless = "true",
          .refused = true},
    Alias{.variable = "PGRST_DB_CONFIG",
          .key = {},
          .advice = "settings are not read from the database",
          .harmless = "false"},
    Alias{.variable = "PGRST_DB_PRE_CONFIG",
          .key = {},
          .advice = "settings are not read from the database",
          .refused = true},
    Alias{.variable = "PGRST_ADMIN_SERVER_PORT", .key = {}, .advice = probes},
    Alias{.variable = "PGRST_ADMIN_SERVER_HOST", .key = {}, .advice = probes},
    Alias{.variable = "PGRST_SERVER_UNIX_SOCKET",
          .key = {},
          .advice = "requests are taken over TCP only: set PGRST_SERVER_HOST and PGRST_SERVER_PORT",
          .refused = true},
    Alias{.variable = "PGRST_SERVER_UNIX_SOCKET_MODE",
          .key = {},
          .advice = "requests are taken over TCP only"},
    Alias{.variable = "PGRST_JWT_CACHE_MAX_ENTRIES",
          .key = {},
          .advice = "tokens are checked at every request"},
    Alias{.variable = "PGRST_JWT_CACHE_MAX_LIFETIME",
          .key = {},
          .advice = "tokens are checked at every request"},
    Alias{.variable = "PGRST_LOG_QUERY",
          .key = {},
          .advice = "statements are not logged: set log_min_duration_statement in PostgreSQL",
          .harmless = "disabled"},
    Alias{.variable = "PGRST_DB_TIMEZONE_ENABLED",
          .key = {},
          .advice = "Prefer: timezone is always understood",
          .harmless = "true"},
};

std::string yes_or_no(std::string_view text) {
  const std::string word = text::lower(text);
  for (const std::string_view yes : {"true", "t", "yes", "y", "on", "1"})
    if (word == yes) return "true";
  for (const std::string_view no : {"false", "f", "no", "n", "off", "0"})
    if (word == no) return "false";
  return std::string(text);  // our own reader says what is wrong with it
}

Result<std::string> text_or_file(std::string_view text) {
  if (!text.starts_with('@')) return std::string(text);
  const std::string path(text.substr(1));
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return fail(Kind::invalid, "config_invalid",
                "names the file " + path + ", which cannot be read");
  std::string all{std::istreambuf_iterator<char>(file), {}};
  while (all.ends_with('\n') || all.ends_with('\r')) all.pop_back();
  return all;
}

std::string host(std::string_view text) {
  if (text == "!6" || text == "*6") return "::";
  return text == "*" || text == "!4" || text == "*4" ? "0.0.0.0" : std::string(text);
}

std::string level(std::string_view text) {
  if (text == "crit") return "error";
  return text == "warn" ? "warning" : std::string(text);
}

Result<std::string> milliseconds(std::string_view text) {
  const auto seconds = text::parse_int<std::uint32_t>(text);
  if (!seconds) return fail(Kind::invalid, "config_invalid", "must be a whole number of seconds");
  return std::to_string(std::uint64_t{*seconds} * 1000);
}

}  // namespace

std::span<const Alias> aliases() { return table; }

const Alias* find_alias(std::string_view variable) {
  const auto* hit = std::ranges::find(table, variable, &Alias::variable);
  return hit == table.end() ? nullptr : hit;
}

Result<std::string> translate(const Alias& alias, std::string_view text) {
  switch (alias.form) {
    case Form::same: return std::string(text);
    case Form::yes_or_no: return yes_or_no(text);
    case Form::text_or_file: return text_or_file(text);
    case Form::seconds: return milliseconds(text);
    case Form::host: return host(text);
    case Form::level: return level(text);
    case Form::channel_off: return std::string(yes_or_no(text) == "false" ? "" : "pgrst");
  }
  return std::string(text);
}

}  // namespace flash::config
