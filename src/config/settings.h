// Every value that the server can be told, with its default. config/table.cpp names and explains
// each.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace flash::config {

struct Settings {
  // Where it listens
  std::string host = "127.0.0.1";
  unsigned port = 8080;
  unsigned cores = 0;             // 0: one a processor
  std::string tls_cert, tls_key;  // PEM files; both or neither
  std::string public_url;         // empty: http://host:port; issuer of tokens, links in mails
  std::vector<std::string> cors_origins{"*"};
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For is believed

  // Limits
  std::size_t head_bytes_max = 32 * 1024;
  std::size_t body_bytes_max = 10 * 1024 * 1024;
  std::size_t connections_max = 10'000;
  std::chrono::milliseconds head_ms_max{10'000};
  std::chrono::milliseconds body_ms_max{30'000};
  std::chrono::milliseconds request_ms_max{30'000};
  std::chrono::milliseconds idle_ms_max{75'000};
  std::chrono::milliseconds drain_ms_max{10'000};

  unsigned intake_per_minute = 10;  // leads from one address through the public form
  unsigned intake_per_hour = 100;
  unsigned rep_intake_per_minute = 60;  // leads by one signed-in person; 0: no limit, in all three

  // Data
  std::string data;                   // directory of the private cluster and of generated keys
  std::string database_url;           // empty: the private PostgreSQL
  unsigned database_connections = 2;  // pipelined, a core; one of them for light reads
  unsigned database_depth = 16;       // transactions in flight a connection
  std::chrono::milliseconds statement_ms_max{5'000};
  std::chrono::milliseconds database_wait_ms_max{3'000};  // a request's wait for a connection
  bool demo = false;  // load the demo data into an empty database
  bool rest_only =
      false;         // a database that is not ours: no migration, no table of ours, REST alone
  std::string node;  // tells this flashd from others on one database; empty: host and port

  // REST
  std::vector<std::string> schemas{"public"};
  std::vector<std::string> extra_search_path{"public"};  // after the request's schema
  std::string anon_role = "anon";                        // empty: every request needs a token
  std::size_t rows_max = 1000;
  std::size_t count_rows_max = 1'000'000;  // that one count walks over; 0: no limit
  std::string count_estimates = "seen";
  bool aggregates = false;
  bool plan = false;
  std::string tx_end = "commit";
  std::string pre_request;    // function, with its schema; empty: none
  std::string root_function;  // answers at the root; empty: the OpenAPI document does
  std::string openapi_mode = "follow-privileges";
  bool openapi_security = false;
  std::string openapi_proxy_url;  // empty: public_url
  std::string error_verbosity = "verbose";
  bool legacy_target_names = true;
  bool server_timing = false;
  std::string trace_header;  // empty: none
  std::vector<std::string>
      app_settings;  // "name=value": read as current_setting('app.settings.name')
  // Of those that functions carry (`create function ... set`), the ones that hold for the whole
  // transaction.
  std::vector<std::string> hoisted_settings{"statement_timeout", "plan_filter.statement_cost_limit",
                                            "default_transaction_isolation"};
  std::string catalog_channel = "pgrst";  // of NOTIFY; empty: none is listened to

  // Auth
  std::string jwt_secret;  // accepted beside the own keys: HS256 text, JWK or JWKS; empty: none
  bool jwt_secret_is_base64 = false;
  std::string jwt_aud;                   // empty: any audience
  std::string jwt_role_claim = ".role";  // where the role stands in the claims
  std::chrono::seconds token_seconds{3600};
  std::string seller_name = "Flash";

  // Mail
  std::string smtp_url;  // smtp://host:port or smtps://host:port; empty: mails stay queued
  std::string smtp_user, smtp_password;
  std::string smtp_from;              // "Name <address>"
  std::string smtp_tls = "required";  // of smtp://
  std::string smtp_ca;                // PEM file; empty: the system's authorities

  // Facts about leads; without URL or key a source is off
  std::string facts_dns = "system";  // off, or one server: address:port
  std::string places_url, places_key;
  std::string company_url, company_key;

  // Realtime
  std::size_t sockets_max = 10'000;
  std::size_t channels_per_socket_max = 100;

  // Telling
  std::string log_level = "info";
};

}  // namespace flash::config
