#include "config/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "base/text.h"

namespace flash::config {
namespace {

constexpr std::int64_t mib = 1024 * 1024;
constexpr std::int64_t day_seconds = 24 * 3600;
constexpr std::int64_t hour_ms = 3'600'000;

using S = Settings;

constexpr std::array table{
    Row{"Listening", "host", &S::host, "address to listen on; 0.0.0.0 for every interface"},
    Row{"Listening", "port", &S::port, "TCP port; 0 takes a free one", 0, 65'535},
    Row{"Listening",
        "cores",
        &S::cores,
        "threads that serve requests",
        0,
        1024,
        {},
        "one a processor"},
    Row{"Listening", "tls_cert", &S::tls_cert, "PEM file with the certificate chain; turns TLS on"},
    Row{"Listening", "tls_key", &S::tls_key, "PEM file with the key of the certificate"},
    Row{"Listening",
        "public_url",
        &S::public_url,
        "address that browsers use; issuer of tokens",
        0,
        0,
        {},
        "http://host:port"},
    Row{"Listening", "cors_origins", &S::cors_origins,
        "origins whose pages may call the API; * for all"},
    Row{"Listening", "trusted_proxies", &S::trusted_proxies,
        "addresses whose X-Forwarded-For is believed"},

    Row{"Limits", "head_bytes_max", &S::head_bytes_max, "request line and headers", 1024, mib},
    Row{"Limits", "body_bytes_max", &S::body_bytes_max, "request body", 1024, 1024 * mib},
    Row{"Limits", "connections_max", &S::connections_max, "open connections", 1, 1'000'000},
    Row{"Limits", "intake_per_minute", &S::intake_per_minute,
        "leads from one address through the public form; 0 for no limit", 0, 1'000'000},
    Row{"Limits", "intake_per_hour", &S::intake_per_hour, "the same within an hour; 0 for no limit",
        0, 1'000'000},
    Row{"Limits", "rep_intake_per_minute", &S::rep_intake_per_minute,
        "leads by one signed-in person; 0 for no limit", 0, 1'000'000},
    Row{"Limits", "head_ms_max", &S::head_ms_max, "until the headers are complete", 100, hour_ms},
    Row{"Limits", "body_ms_max", &S::body_ms_max, "until the body is complete", 100, hour_ms},
    Row{"Limits", "request_ms_max", &S::request_ms_max, "until the answer is ready", 100, hour_ms},
    Row{"Limits", "idle_ms_max", &S::idle_ms_max, "a connection without a request", 100, hour_ms},
    Row{"Limits", "drain_ms_max", &S::drain_ms_max,
        "running requests at a stop, before they are cut", 0, hour_ms},

    Row{"Data",
        "data",
        &S::data,
        "directory of the private PostgreSQL and of generated files",
        0,
        0,
        {},
        "/var/lib/flash as root, else $XDG_DATA_HOME/flash"},
    Row{"Data",
        "database_url",
        &S::database_url,
        "conninfo or URL of a PostgreSQL 15 or newer to use instead of the private one",
        0,
        0,
        {},
        "the private PostgreSQL",
        true},
    Row{"Data", "database_connections", &S::database_connections, "shared connections of each core",
        1, 100},
    Row{"Data", "database_depth", &S::database_depth,
        "transactions in flight on a shared connection", 1, 1024},
    Row{"Data", "statement_ms_max", &S::statement_ms_max, "one SQL statement", 10, hour_ms},
    Row{"Data", "database_wait_ms_max", &S::database_wait_ms_max,
        "a request's wait for a database connection", 10, hour_ms},
    Row{"Data", "demo", &S::demo, "load the demo into an empty database"},
    Row{"Data", "rest_only", &S::rest_only,
        "serve REST alone, from a database that is not Flash's: nothing is created in it"},
    Row{"Data",
        "node",
        &S::node,
        "name of this flashd among those that share a database; 1 to 40 of a-z, 0-9 and _",
        0,
        0,
        {},
        "made of the host's name and the port"},

    Row{"REST", "schemas", &S::schemas, "database schemas that the API shows; the first is usual"},
    Row{"REST", "extra_search_path", &S::extra_search_path,
        "schemas that are searched after the request's, and are not shown"},
    Row{"REST", "anon_role", &S::anon_role,
        "with rest_only, the role of requests without a token; empty: they are refused"},
    Row{"REST", "rows_max", &S::rows_max, "rows in one answer", 1, 1'000'000},
    Row{"REST", "count_rows_max", &S::count_rows_max,
        "rows that one count walks over; exact counts of more are refused; 0 for no limit", 0,
        1'000'000'000},
    Row{"REST", "count_estimates", &S::count_estimates,
        "where rows are hidden from some: count those seen, or tell the planner's guess of all", 0,
        0, "seen|planner"},
    Row{"REST", "aggregates", &S::aggregates, "allow sum, avg, min, max and count in select"},
    Row{"REST", "plan", &S::plan, "allow execution plans to be asked for"},
    Row{"REST", "tx_end", &S::tx_end,
        "how a request's transaction ends, and whether Prefer: tx may choose", 0, 0,
        "commit|commit-allow-override|rollback|rollback-allow-override"},
    Row{"REST", "pre_request", &S::pre_request,
        "function that runs first in every request's transaction: schema.name"},
    Row{"REST", "root_function", &S::root_function,
        "function that answers at the root instead of the OpenAPI document"},
    Row{"REST", "openapi_mode", &S::openapi_mode, "what the OpenAPI document shows", 0, 0,
        "follow-privileges|ignore-privileges|disabled"},
    Row{"REST", "openapi_security", &S::openapi_security,
        "name the JWT as security definition in the OpenAPI document"},
    Row{"REST", "openapi_proxy_url", &S::openapi_proxy_url,
        "address of the API in the OpenAPI document"},
    Row{"REST", "error_verbosity", &S::error_verbosity,
        "whether errors tell details and hints to callers", 0, 0, "verbose|minimal"},
    Row{"REST", "legacy_target_names", &S::legacy_target_names,
        "let filters name an embedded table although it has an alias, with a warning"},
    Row{"REST", "server_timing", &S::server_timing, "tell phases in the header Server-Timing"},
    Row{"REST", "trace_header", &S::trace_header, "request header that answers repeat"},
    Row{"REST", "app_settings", &S::app_settings,
        "name=value: what SQL reads as current_setting('app.settings.name')"},
    Row{"REST", "hoisted_settings", &S::hoisted_settings,
        "settings of a called function that hold for its whole transaction"},
    Row{"REST", "catalog_channel", &S::catalog_channel,
        "channel of NOTIFY that makes the catalog load anew; empty: none"},

    Row{"Sign-in",
        "jwt_secret",
        &S::jwt_secret,
        "HS256 secret, JWK or JWKS whose tokens are accepted beside those of the own keys",
        0,
        0,
        {},
        {},
        true},
    Row{"Sign-in", "jwt_secret_is_base64", &S::jwt_secret_is_base64,
        "the secret is written in base64"},
    Row{"Sign-in", "jwt_aud", &S::jwt_aud,
        "audience that such tokens must name, if they name one; empty: any"},
    Row{"Sign-in", "jwt_role_claim", &S::jwt_role_claim,
        "where the database role stands in the claims of such tokens"},
    Row{"Sign-in", "token_seconds", &S::token_seconds, "life of an access token", 60, day_seconds},
    Row{"Sign-in", "seller_name", &S::seller_name, "who sells: shown on the public form"},

    Row{"Mail", "smtp_url", &S::smtp_url,
        "mail server: smtp://host:port or smtps://host:port; empty: mails stay queued"},
    Row{"Mail", "smtp_user", &S::smtp_user, "name to sign in with at the mail server; empty: none"},
    Row{"Mail", "smtp_password", &S::smtp_password, "its password", 0, 0, {}, {}, true},
    Row{"Mail", "smtp_from", &S::smtp_from,
        "sender of mails: Name <name@example.com>, or the address alone"},
    Row{"Mail", "smtp_tls", &S::smtp_tls,
        "whether a server at smtp:// must offer TLS; off only for one on the same machine", 0, 0,
        "required|if-offered"},
    Row{"Mail", "smtp_ca", &S::smtp_ca,
        "PEM file of the authorities that may vouch for the mail server; empty: the system's"},

    Row{"Facts", "facts_dns", &S::facts_dns,
        "whom to ask about the domains of leads' e-mails: system, off, or address:port of one "
        "server"},
    Row{"Facts", "places_url", &S::places_url,
        "text search of Google Places (New) or one that speaks like it; empty: off"},
    Row{"Facts", "places_key", &S::places_key, "its key; empty: off", 0, 0, {}, {}, true},
    Row{"Facts", "company_url", &S::company_url,
        "company search of OpenCorporates or one that speaks like it; empty: off"},
    Row{"Facts", "company_key", &S::company_key, "its key; empty: off", 0, 0, {}, {}, true},

    Row{"Realtime", "sockets_max", &S::sockets_max, "open WebSockets", 1, 1'000'000},
    Row{"Realtime", "channels_per_socket_max", &S::channels_per_socket_max,
        "channels that one WebSocket may join", 1, 10'000},

    Row{"Telling", "log_level", &S::log_level, "least level of event that is logged", 0, 0,
        "debug|info|warning|error"},
};

template <class T>
constexpr bool is_number = std::is_integral_v<T> && !std::is_same_v<T, bool>;

template <class T>
std::int64_t number_of(const T& value) {
  if constexpr (is_number<T>)
    return static_cast<std::int64_t>(value);
  else
    return value.count();
}

Error bad(const Row& row, std::string_view text, std::string_view rule) {
  const std::string shown = row.secret ? "" : fmt::format(", not '{}'", text::clip_utf8(text, 80));
  return make_error(Kind::invalid, "config_invalid", fmt::format("{}{}", rule, shown));
}

template <class T>
Result<void> parse(const Row& row, std::string_view text, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (text != "true" && text != "false") return fail(bad(row, text, "must be true or false"));
    out = text == "true";
  } else if constexpr (std::is_same_v<T, std::string>) {
    const auto choices = text::split(row.choices, '|');
    if (!row.choices.empty() && std::ranges::find(choices, text) == choices.end())
      return fail(bad(row, text, fmt::format("must be one of {}", fmt::join(choices, ", "))));
    if (!text::is_clean_utf8(text)) return fail(bad(row, "?", "must be UTF-8 text"));
    out = text;
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    out.clear();
    for (std::string_view piece : text::split(text, ','))
      if (piece = text::trim(piece); !piece.empty()) out.emplace_back(piece);
  } else {
    const auto number = text::parse_int<std::int64_t>(text);
    if (!number || *number < row.least || *number > row.most)
      return fail(
          bad(row, text, fmt::format("must be a whole number from {} to {}", row.least, row.most)));
    if constexpr (is_number<T>)
      out = static_cast<T>(*number);
    else
      out = T(*number);
  }
  return {};
}

}  // namespace

std::span<const Row> rows() { return table; }

const Row* find_row(std::string_view key) {
  const auto* hit = std::ranges::find(table, key, &Row::key);
  return hit == table.end() ? nullptr : hit;
}

std::string flag_of(const Row& row) {
  std::string flag = text::cat("--", row.key);
  std::ranges::replace(flag, '_', '-');
  return flag;
}

std::string variable_of(const Row& row) {
  std::string variable = text::cat("FLASH_", row.key);
  std::ranges::transform(variable, variable.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return variable;
}

std::string_view type_of(const Row& row) {
  if (row.key.ends_with("bytes_max")) return "bytes";
  constexpr std::array<std::string_view, std::variant_size_v<Member>> names{
      "true or false", "number", "number", "milliseconds", "seconds", "text", "list"};
  return names[row.member.index()];
}

Result<void> assign(const Row& row, Settings& settings, std::string_view text) {
  return std::visit([&](auto member) { return parse(row, text, settings.*member); }, row.member);
}

std::string text_of(const Row& row, const Settings& settings) {
  return std::visit(
      [&](auto member) -> std::string {
        const auto& value = settings.*member;
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, bool>)
          return value ? "true" : "false";
        else if constexpr (std::is_same_v<T, std::string>)
          return value;
        else if constexpr (std::is_same_v<T, std::vector<std::string>>)
          return fmt::format("{}", fmt::join(value, ","));
        else
          return std::to_string(number_of(value));
      },
      row.member);
}

}  // namespace flash::config
