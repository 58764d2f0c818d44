#include "http/head.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"

namespace flash::http {
namespace {

// RFC 9110 section 5.6.2.
constexpr auto token_table = [] {
  std::array<bool, 256> out{};
  for (char c = 'a'; c <= 'z'; ++c) out[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) out[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; c <= '9'; ++c) out[static_cast<unsigned char>(c)] = true;
  for (char c : std::string_view("!#$%&'*+-.^_`|~")) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return token_table[static_cast<unsigned char>(c)];
  });
}

std::unexpected<Error> malformed(const char* what) {
  return fail(Kind::invalid, "malformed_request", what);
}

Method method_of(std::string_view name) {
  for (Method method : {Method::get, Method::post, Method::patch, Method::del, Method::head,
                        Method::put, Method::options})
    if (name == to_text(method)) return method;
  return Method::other;
}

// No control character but the tab and whole line ends. One pass without branches: the compiler
// makes it a handful of vector instructions.
bool is_clean(std::string_view head) {
  unsigned bad = 0, cr = 0, lf = 0;
  for (char signed_c : head) {
    const auto c = static_cast<unsigned char>(signed_c);
    cr += static_cast<unsigned>(c == '\r');
    lf += static_cast<unsigned>(c == '\n');
    bad |= static_cast<unsigned>((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F);
  }
  return bad == 0 && cr == lf;
}

// The line at the front without its end, which is taken off too; nullopt: a line feed stands alone.
// Together with as many CR as LF this means that no CR stands alone either.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos || end == 0 || rest[end - 1] != '\r') return std::nullopt;
  const std::string_view line = rest.substr(0, end - 1);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<unsigned> hex_digit(char c) {
  if (text::is_digit(c)) return static_cast<unsigned>(c - '0');
  const char lower = text::lower(c);
  if (lower < 'a' || lower > 'f') return std::nullopt;
  return static_cast<unsigned>(lower - 'a' + 10);
}

std::string_view trim_blanks(std::string_view value) {
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  return value;
}

Result<void> parse_request_line(std::string_view line, Request& to, Framing& framing) {
  const auto space = line.find(' '), last = line.rfind(' ');
  if (space == std::string_view::npos || last == space) return malformed("the request line");
  const std::string_view method = line.substr(0, space), version = line.substr(last + 1);
  const std::string_view target = line.substr(space + 1, last - space - 1);
  if (!is_token(method)) return malformed("the method");
  if (target.empty() || target.find_first_of(" \t") != std::string_view::npos)
    return malformed("the target");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return malformed("the version");
  framing.http11 = framing.keep_alive = version.back() == '1';
  to.method = method_of(method);
  to.target.assign(target);
  return {};
}

// Fields that say how the message is delimited may stand once.
struct Seen {
  bool length = false, coding = false, host = false;
};

Result<void> take_length(std::string_view value, Framing& framing, Seen& seen) {
  constexpr std::size_t digits_max = 18;
  if (std::exchange(seen.length, true) || value.empty() || value.size() > digits_max ||
      !std::ranges::all_of(value, text::is_digit))
    return malformed("Content-Length");
  framing.length = *text::parse_int<std::uint64_t>(value);
  return {};
}

void take_connection(std::string_view value, Framing& framing) {
  for (const std::string_view option : comma_list(value)) {
    if (text::equal_ignoring_case(option, "close")) framing.keep_alive = false;
    if (!framing.http11 && text::equal_ignoring_case(option, "keep-alive"))
      framing.keep_alive = true;
  }
}

Result<void> heed(std::string_view name, std::string_view value, Framing& framing, Seen& seen) {
  const auto is = [name](std::string_view other) {
    return name.size() == other.size() && text::equal_ignoring_case(name, other);
  };
  if (is("Content-Length")) return take_length(value, framing, seen);
  if (is("Transfer-Encoding")) {
    if (std::exchange(seen.coding, true) || !framing.http11 ||
        !text::equal_ignoring_case(value, "chunked"))
      return malformed("Transfer-Encoding");
    framing.chunked = true;
  } else if (is("Host")) {
    if (std::exchange(seen.host, true)) return malformed("two Host fields");
  } else if (is("Connection")) {
    take_connection(value, framing);
  } else if (is("Expect")) {
    framing.expects_continue = framing.http11 && text::equal_ignoring_case(value, "100-continue");
  }
  return {};
}

}  // namespace

std::size_t head_size(std::string_view bytes, std::size_t seen) {
  constexpr std::string_view end = "\r\n\r\n";
  const auto at = bytes.find(end, seen < end.size() ? 0 : seen - (end.size() - 1));
  return at == std::string_view::npos ? 0 : at + end.size();
}

Result<Framing> parse_head(std::string_view head, Request& to) {
  Framing framing;
  Seen seen;
  if (!is_clean(head)) return malformed("a control character");
  to.headers.assign(head);
  std::string_view rest = head;
  const auto first = take_line(rest);
  if (!first) return malformed("a line end");
  TRY_DONE(parse_request_line(*first, to, framing));
  for (;;) {
    const auto line = take_line(rest);
    if (!line) return malformed("a line end");
    if (line->empty()) break;
    // A line that begins with a blank would continue the one before (obsolete folding): no token.
    const auto colon = line->find(':');
    if (colon == std::string_view::npos || !is_token(line->substr(0, colon)))
      return malformed("a field name");
    if (to.headers.size() == fields_max)
      return fail(Kind::invalid, "head_too_large", "too many header fields");
    const std::string_view name = line->substr(0, colon);
    const std::string_view value = trim_blanks(line->substr(colon + 1));
    to.headers.mark(static_cast<std::size_t>(name.data() - head.data()), name.size(),
                    static_cast<std::size_t>(value.data() - head.data()), value.size());
    TRY_DONE(heed(name, value, framing, seen));
  }
  // That no CR stands alone was counted over the whole text.
  if (!rest.empty()) return malformed("bytes behind the head");
  if (seen.length && seen.coding) return malformed("Content-Length with Transfer-Encoding");
  return framing;
}

// The size line has ended.
ChunkReader::State ChunkReader::end_of_size(const std::string& body) {
  if (digits_ == 0) return State::malformed;
  if (left_ > bytes_max_ - std::min(bytes_max_, body.size())) return State::too_large;
  last_ = left_ == 0;
  part_ = last_ ? Part::trailer : Part::data;
  digits_ = 0;
  line_ = 0;
  return State::more;
}

// One byte that is not data.
ChunkReader::State ChunkReader::step(char c, const std::string& body) {
  constexpr std::size_t overhead_bytes_max = 8 * 1024;
  constexpr unsigned digits_max = 15;
  if (std::exchange(after_cr_, false)) {
    if (c != '\n') return State::malformed;
    switch (part_) {
      case Part::size:
      case Part::extension: return end_of_size(body);
      case Part::data_end: part_ = Part::size; return State::more;
      default: return std::exchange(line_, 0) == 0 ? State::done : State::more;
    }
  }
  if (c == '\r') {
    after_cr_ = true;
    return State::more;
  }
  if (part_ == Part::data_end || c == '\n' || c == '\0') return State::malformed;
  if (part_ == Part::size) {
    if (const auto digit = hex_digit(c)) {
      left_ = left_ * 16 + *digit;
      return ++digits_ > digits_max ? State::malformed : State::more;
    }
    if (c != ';' && c != ' ' && c != '\t') return State::malformed;
    part_ = Part::extension;
  }
  ++line_;
  return ++overhead_ > overhead_bytes_max ? State::malformed : State::more;
}

ChunkReader::State ChunkReader::take(std::string_view& bytes, std::string& body) {
  while (!bytes.empty()) {
    if (part_ == Part::data) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      body.append(bytes.substr(0, size));
      bytes.remove_prefix(size);
      left_ -= size;
      if (left_ == 0) part_ = Part::data_end;
      continue;
    }
    const State state = step(bytes.front(), body);
    bytes.remove_prefix(1);
    if (state != State::more) return state;
  }
  return State::more;
}

}  // namespace flash::http
