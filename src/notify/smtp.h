// Hands a mail to a mail server (RFC 5321) through libcurl.
#pragma once
#include <chrono>
#include <string>

#include "base/result.h"

namespace flash::notify {

struct SmtpServer {
  std::string url;             // smtp://host[:port] or smtps://host[:port]
  std::string user, password;  // empty: no sign-in
  std::string ca_file;         // PEM; empty: the system's authorities
  bool tls_required = true;    // smtp:// must offer STARTTLS; off for a server on this machine
  std::chrono::milliseconds connect_ms_max{10'000};
  std::chrono::milliseconds send_ms_max{30'000};
};

// Blocks: call it through loop::offload. `from` and `to` are addresses that is_address() accepts.
// Errors: unprocessable "mail_refused" when the server will not take this mail, ever (5yz, but for
// a faulty sign-in); unavailable "mail_server" for all that may pass.
Result<void> send(const SmtpServer& server, const std::string& from, const std::string& to,
                  const std::string& bytes);

}  // namespace flash::notify
