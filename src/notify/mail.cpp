#include "notify/mail.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "base/bytes.h"
#include "base/text.h"

namespace flash::notify {
namespace {

constexpr std::size_t address_bytes_max = 254;  // RFC 5321, 4.5.3.1.3 less its brackets
constexpr std::size_t word_bytes_max = 42;      // 56 characters of base64: one encoded word a line

bool is_atom(char c) {
  constexpr std::string_view more = "!#$%&'*+/=?^_`{|}~-";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || text::is_digit(c) ||
         more.find(c) != std::string_view::npos;
}

bool is_local(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return std::ranges::all_of(text::split(text, '.'), [](std::string_view atom) {
    return !atom.empty() && std::ranges::all_of(atom, is_atom);
  });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  return std::ranges::all_of(label, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || text::is_digit(c) || c == '-';
  });
}

bool is_plain(std::string_view text) {  // may stand in a header as it is
  return text.size() <= 60 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || text::is_digit(c) ||
                  c == ' ' || c == '-' || c == '\'' || c == '!';
         });
}

// Controls would show as boxes at best.
std::string without_controls(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

// RFC 2047: words of base64, each on its line, cut between code points.
std::string header_words(std::string_view raw) {
  const std::string text = without_controls(raw);
  if (is_plain(text)) return text;
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view piece = text::clip_utf8(rest, word_bytes_max);
    if (piece.empty()) break;  // no UTF-8: nothing more is readable
    out += text::cat(out.empty() ? "" : "\r\n ", "=?UTF-8?B?", bytes::to_base64(piece), "?=");
    rest.remove_prefix(piece.size());
  }
  return out;
}

std::string mailbox(const Mailbox& box) {
  if (box.name.empty()) return box.address;
  return text::cat(header_words(box.name), "\r\n <", box.address, ">");
}

std::string date_of(Instant at) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::tm utc = fmt::gmtime(static_cast<std::time_t>(epoch_seconds(at)));
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000",
                     days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                     months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

void add_part(std::string& out, std::string_view boundary, std::string_view type,
              std::string_view body) {
  out += text::cat("--", boundary, "\r\nContent-Type: ", type,
                   "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
  const std::string coded = bytes::to_base64(body);
  for (std::size_t at = 0; at < coded.size(); at += 76)
    out += text::cat(std::string_view(coded).substr(at, 76), "\r\n");
}

}  // namespace

bool is_address(std::string_view text) {
  if (text.size() > address_bytes_max) return false;
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || !is_local(text.substr(0, at))) return false;
  const auto labels = text::split(text.substr(at + 1), '.');
  return (labels.size() > 1 || text.substr(at + 1) == "localhost") &&
         std::ranges::all_of(labels, is_label);
}

Result<Mailbox> parse_mailbox(std::string_view text) {
  text = text::trim(text);
  Mailbox out;
  if (const std::size_t open = text.rfind('<');
      open != std::string_view::npos && text.ends_with('>')) {
    out.name = text::trim(text.substr(0, open));
    text = text.substr(open + 1, text.size() - open - 2);
  }
  if (!is_address(text))
    return fail(Kind::invalid, "bad_address",
                "an address is like 'Name <name@example.com>' or name@example.com");
  out.address = text;
  return out;
}

Result<std::string> to_bytes(const Mail& mail) {
  if (!is_address(mail.from.address) || !is_address(mail.to.address) ||
      !is_address(mail.message_id))
    return fail(Kind::invalid, "bad_address", "an address of this mail cannot stand in a mail");
  // No line of base64 begins with it, as "=_" is none (RFC 2045, 6.7).
  constexpr std::string_view boundary = "=_flash_alternative";
  std::string out = text::cat(
      "Date: ", date_of(mail.date), "\r\nFrom: ", mailbox(mail.from), "\r\nTo: ", mailbox(mail.to),
      "\r\nSubject: ", header_words(mail.subject), "\r\nMessage-ID:\r\n <", mail.message_id,
      ">\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
      "Content-Type: multipart/alternative;\r\n boundary=\"",
      boundary, "\"\r\n\r\n");
  add_part(out, boundary, "text/plain", mail.text);
  add_part(out, boundary, "text/html", mail.html);
  out += text::cat("--", boundary, "--\r\n");
  return out;
}

}  // namespace flash::notify
