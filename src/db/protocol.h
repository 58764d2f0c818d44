// PostgreSQL's protocol 3.0 after sign-in, as values: messages appended to a buffer, messages cut
// out of what came. Source: PostgreSQL manual, "Frontend/Backend Protocol", message formats.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace flash::db::protocol {

// Names and texts hold no NUL: PostgreSQL reads them as C strings.
void parse(std::string& out, std::string_view name, std::string_view text);
void describe(std::string& out, std::string_view name);  // of a prepared statement
void forget(std::string& out, std::string_view name);    // closes a prepared statement
void execute(std::string& out);                          // the unnamed portal, all rows
void sync(std::string& out);

// The unnamed portal of a prepared statement, values and results in text form:
//   Bind bind(out, name, 2);  bind.value("41");  bind.null();  bind.end();
class Bind {
 public:
  static constexpr std::size_t values_max = 65'535;
  Bind(std::string& out, std::string_view name, std::size_t values);
  void value(std::string_view text);
  void null();
  void end();

 private:
  std::string& out_;
  std::size_t start_ = 0;
};

struct Message {
  char type = 0;
  std::string_view body;  // without type and length
};

// Cuts a stream of bytes into messages. Its memory is as large as the largest message under way and
// returns to `usual_bytes` after it.
class Reader {
 public:
  static constexpr std::size_t usual_bytes = std::size_t{64} * 1024;
  static constexpr std::size_t message_bytes_max = (std::size_t{1} << 30) + 1024;  // PostgreSQL's

  // Where the next bytes go, never empty; then filled() says how many came. Ends the life of the
  // messages handed out before.
  std::span<char> space();
  void filled(std::size_t bytes) { end_ += bytes; }
  // nullopt: more bytes are needed, or is_broken().
  std::optional<Message> next();
  [[nodiscard]] bool is_broken() const { return broken_; }  // a length that cannot be
  void clear();

 private:
  std::unique_ptr<char[]> bytes_;  // NOLINT: uninitialised on purpose
  std::size_t size_ = 0, begin_ = 0, end_ = 0;
  std::size_t wanted_ = 0;  // of the message under way, whole
  bool broken_ = false;
};

// Big-endian integers off the front; all zero after the end, which is_short() tells.
class Fields {
 public:
  explicit Fields(std::string_view body) : rest_(body) {}
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::int32_t i32() { return static_cast<std::int32_t>(number(4)); }
  std::string_view bytes(std::size_t count);
  std::string_view text();  // up to its NUL, which is passed over
  [[nodiscard]] const char* at() const { return rest_.data(); }
  [[nodiscard]] bool is_short() const { return short_; }

 private:
  std::uint32_t number(std::size_t bytes);
  std::string_view rest_;
  bool short_ = false;
};

struct Report {
  Error error;
  bool is_fatal = false;  // the server ends the connection
};
// The body of an ErrorResponse.
Report report_of(std::string_view body);

}  // namespace flash::db::protocol
