// Questions to the domain name system through the resolver of libc: short, bounded, never a fetch.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace flash::enrich {

// Whom to ask: of the machine's /etc/resolv.conf, or one server.
struct DnsServer {
  std::string address;  // IPv4; empty: the machine's
  std::uint16_t port = 53;
};
// "system", or "address:port" or "address" of IPv4. Any other is invalid "dns_server".
Result<DnsServer> read_dns_server(std::string_view text);

enum class RecordType : std::uint8_t { a, mx, aaaa };

struct Record {
  std::uint16_t preference = 0;  // of MX
  std::string name;              // host of MX, "" for the root (RFC 7505); an address is not kept
};

struct DnsReply {
  bool exists = true;           // false: the name does not exist (NXDOMAIN)
  std::vector<Record> records;  // of the type asked for, at most records_max, MX in their order
};
inline constexpr std::size_t records_max = 16;

// Blocks four seconds at most (two servers, each asked once a second and once again): call it
// through loop::offload. `domain` in ASCII, no dot at the end. Truncated replies are not asked for
// again over TCP, which has no time limit in libc. Errors: timeout "timed_out"; unavailable
// "dns_refused" for a server that will not or cannot say; unprocessable "dns_unreadable".
Result<DnsReply> ask_dns(const DnsServer& server, const std::string& domain, RecordType type);

// The domain of an address, lower case. Empty where it is none that the public DNS is asked for: a
// literal, a name without a dot, a name reserved for private use (RFC 6761, 8375, 9476), and one in
// other letters than ASCII's (nothing here writes them as IDNA does).
std::string public_domain(std::string_view email);

}  // namespace flash::enrich
