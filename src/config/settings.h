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
  unsigned database_connections = 2;  // pipelined, a core
  unsigned database_depth = 16;       // transactions in flight a connection
  std::chrono::milliseconds statement_ms_max{5'000};
  bool demo = false;  // load the demo data into an empty database

  // REST
  std::vector<std::string> schemas{"public"};
  std::size_t rows_max = 1000;

  // Auth
  std::string jwt_secret;  // legacy HS256 secret that is accepted too; empty: none
  std::chrono::seconds token_seconds{3600};
  std::string seller_name = "Flash";

  // Realtime
  std::size_t sockets_max = 10'000;
  std::size_t channels_per_socket_max = 100;

  // Telling
  std::string log_level = "info";
};

}  // namespace flash::config
