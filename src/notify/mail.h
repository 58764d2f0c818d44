// A mail as a value, and its bytes on the wire (RFC 5322, RFC 2045 to 2047).
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace flash::notify {

struct Mailbox {
  std::string name;     // any UTF-8; empty: none
  std::string address;  // is_address() holds
};

struct Mail {
  Mailbox from, to;
  std::string subject;     // any UTF-8
  std::string text, html;  // any UTF-8; the same words twice
  std::string message_id;  // left@right, as is_address() has it
  Instant date;
};

// local@domain in ASCII, as mail servers take it without SMTPUTF8: at most 254 bytes, no quotes, no
// comments, a dot in the domain or "localhost". So nothing in it can end a line or a command.
bool is_address(std::string_view text);

// "Name <a@b.example>" or "a@b.example". Error invalid "bad_address".
Result<Mailbox> parse_mailbox(std::string_view text);

// Lines end with CRLF and have at most 78 characters. Whatever the texts hold, they stay inside
// their field: words are encoded (RFC 2047), bodies are base64. Error invalid "bad_address".
Result<std::string> to_bytes(const Mail& mail);

}  // namespace flash::notify
