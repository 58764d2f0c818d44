#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>

#include "base/text.h"
#include "base/time.h"

namespace flash::log {
namespace {

std::atomic<Level> least_level{Level::info};

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warning", "error"};

// A key with one of these words never shows its value, whoever logs it.
bool is_secret(std::string_view key) {
  constexpr std::array<std::string_view, 6> words{"password", "secret",  "token",
                                                  "apikey",   "api_key", "authorization"};
  for (std::string_view word : words)
    if (key.find(word) != std::string_view::npos) return true;
  return false;
}

void append_quoted(std::string& out, std::string_view value) {
  out += '"';
  for (char c : value) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append_field(std::string& out, const Field& field) {
  out += ',';
  append_quoted(out, field.key);
  out += ':';
  if (is_secret(field.key)) {
    out += "\"***\"";
    return;
  }
  if (const auto* s = std::get_if<std::string_view>(&field.value)) {
    constexpr std::size_t bytes_max = 2048;
    append_quoted(out, text::clip_utf8(*s, bytes_max));
  } else if (const auto* n = std::get_if<std::int64_t>(&field.value)) {
    fmt::format_to(std::back_inserter(out), "{}", *n);
  } else if (const auto* d = std::get_if<double>(&field.value)) {
    fmt::format_to(std::back_inserter(out), "{:.3f}", *d);
  } else {
    out += std::get<bool>(field.value) ? "true" : "false";
  }
}

}  // namespace

void set_level(Level least) { least_level.store(least, std::memory_order_relaxed); }

bool enabled(Level level) { return level >= least_level.load(std::memory_order_relaxed); }

std::string line(Level level, std::string_view name, std::initializer_list<Field> fields) {
  std::string out =
      text::cat("\"level\":\"", level_names[static_cast<std::size_t>(level)], "\",\"event\":");
  append_quoted(out, name);
  for (const Field& field : fields) append_field(out, field);
  return out;
}

void event(Level level, std::string_view name, std::initializer_list<Field> fields) {
  if (!enabled(level)) return;
  const std::string out = text::cat("{\"time\":\"", to_rfc3339(SystemClock().now()), "\",",
                                    line(level, name, fields), "}\n");
  // One write a line: lines of different cores do not mix (POSIX, up to PIPE_BUF on a pipe).
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, out.data(), out.size());
}

}  // namespace flash::log
