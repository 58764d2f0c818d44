#include "enrich/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>
#include <tuple>

#include "base/text.h"

namespace flash::enrich {
namespace {

constexpr int wait_s = 1, tries = 2, servers_max = 2;
constexpr std::size_t reply_bytes_max = 4096;

using Reply = std::array<unsigned char, reply_bytes_max>;

class Resolver {
 public:
  explicit Resolver(const DnsServer& server) {
    std::memset(&state_, 0, sizeof state_);
    ready_ = ::res_ninit(&state_) == 0;
    state_.retrans = wait_s;
    state_.retry = tries;
    state_.options |= RES_IGNTC | RES_USE_EDNS0;
    state_.nscount = std::min(state_.nscount, servers_max);
    if (server.address.empty()) return;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(server.port);
    ready_ = ready_ && ::inet_pton(AF_INET, server.address.c_str(), &to.sin_addr) == 1;
    state_.nscount = 1;
    state_.nsaddr_list[0] = to;
  }
  ~Resolver() { ::res_nclose(&state_); }
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Bytes of the reply; negative: fault() tells.
  int ask(const std::string& domain, int type, Reply& reply) {
    if (!ready_) return -1;
    errno = 0;
    return ::res_nquery(&state_, domain.c_str(), ns_c_in, type, reply.data(),
                        static_cast<int>(reply.size()));
  }
  [[nodiscard]] int fault() const { return ready_ ? state_.res_h_errno : NO_RECOVERY; }

 private:
  struct __res_state state_;
  bool ready_ = false;
};

int type_of(RecordType type) {
  switch (type) {
    case RecordType::a: return ns_t_a;
    case RecordType::mx: return ns_t_mx;
    case RecordType::aaaa: return ns_t_aaaa;
  }
  return ns_t_a;
}

// Letters, digits, hyphens and underscores, as hosts are called; what else a server sends is no
// name.
bool is_host(std::string_view name) {
  return name.size() <= 253 && std::ranges::all_of(name, [](char c) {
           return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_';
         });
}

Result<std::string> read_name(const ns_msg& message, const unsigned char* at) {
  std::array<char, NS_MAXDNAME> name{};
  if (::ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), at, name.data(),
                           name.size()) < 0)
    return fail(Kind::unprocessable, "dns_unreadable", "a name in the reply cannot be read");
  std::string out = text::lower(std::string_view(name.data()));
  if (out.ends_with('.')) out.pop_back();
  if (!is_host(out))
    return fail(Kind::unprocessable, "dns_unreadable", "a name in the reply is no host");
  return out;
}

Result<DnsReply> read_reply(std::span<const unsigned char> bytes, int type) {
  const auto unreadable = [] {
    return fail(Kind::unprocessable, "dns_unreadable", "the reply cannot be read");
  };
  ns_msg message;
  if (::ns_initparse(bytes.data(), static_cast<int>(bytes.size()), &message) != 0)
    return unreadable();
  DnsReply out;
  const int count = std::min<int>(ns_msg_count(message, ns_s_an), 4 * int{records_max});
  for (int i = 0; i < count && out.records.size() < records_max; ++i) {
    ns_rr record;
    if (::ns_parserr(&message, ns_s_an, i, &record) != 0) return unreadable();
    if (ns_rr_type(record) != type) continue;  // an alias on the way
    Record read;
    if (type == ns_t_mx) {
      if (ns_rr_rdlen(record) < 3) return unreadable();
      read.preference = static_cast<std::uint16_t>(ns_get16(ns_rr_rdata(record)));
      TRY(read.name, read_name(message, ns_rr_rdata(record) + 2));
    }
    out.records.push_back(std::move(read));
  }
  std::ranges::sort(out.records, {},
                    [](const Record& r) { return std::tie(r.preference, r.name); });
  return out;
}

// Names that are nobody's or one's own: who asks the world for them tells it what one's own are
// called.
bool is_reserved(std::string_view domain) {
  constexpr std::array<std::string_view, 13> own{
      "local",   "localhost", "internal", "intranet", "lan",  "home",   "corp",
      "private", "arpa",      "onion",    "alt",      "test", "invalid"};
  const auto dot = domain.rfind('.');
  if (dot == std::string_view::npos) return true;
  const auto top = domain.substr(dot + 1);
  return std::ranges::find(own, top) != own.end() ||
         std::ranges::all_of(top, [](char c) { return text::is_digit(c); });
}

}  // namespace

Result<DnsServer> read_dns_server(std::string_view text) {
  DnsServer out;
  if (text == "system") return out;
  const auto colon = text.find(':');
  out.address = std::string(text.substr(0, colon));
  in_addr parsed{};
  std::optional<std::uint16_t> port = 53;
  if (colon != std::string_view::npos)
    port = text::parse_int<std::uint16_t>(text.substr(colon + 1));
  if (::inet_pton(AF_INET, out.address.c_str(), &parsed) != 1 || !port || *port == 0)
    return fail(Kind::invalid, "dns_server", "must be system, off, or address:port of IPv4");
  out.port = *port;
  return out;
}

Result<DnsReply> ask_dns(const DnsServer& server, const std::string& domain, RecordType type) {
  Resolver resolver(server);
  Reply reply;
  const int length = resolver.ask(domain, type_of(type), reply);
  if (length >= 0) {
    // Of a longer reply libc tells the length that it would have had.
    const auto kept = std::min<std::size_t>(static_cast<std::size_t>(length), reply.size());
    return read_reply({reply.data(), kept}, type_of(type));
  }
  switch (resolver.fault()) {
    case HOST_NOT_FOUND: return DnsReply{.exists = false, .records = {}};
    case NO_DATA: return DnsReply{};
    case TRY_AGAIN: return fail(Kind::timeout, "timed_out", "no name server answered in time");
    default: return fail(Kind::unavailable, "dns_refused", "the name server would not say");
  }
}

std::string public_domain(std::string_view email) {
  const auto at = email.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string domain = text::lower(email.substr(at + 1));
  const bool shaped = domain.size() >= 3 && domain.size() <= 253 && is_host(domain) &&
                      !domain.starts_with('.') && !domain.ends_with('.') &&
                      domain.find("..") == std::string::npos;
  return shaped && !is_reserved(domain) ? domain : std::string{};
}

}  // namespace flash::enrich
