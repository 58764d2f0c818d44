// One JSON line an event, to standard error; keys that hold secrets are masked.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace flash::log {

enum class Level : std::uint8_t { debug, info, warning, error };

struct Field {
  std::string_view key;  // a noun with its unit: duration_ms
  std::variant<std::string_view, std::int64_t, double, bool> value;

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
  Field(std::string_view k, double v) : key(k), value(v) {}
  template <class Int>
    requires(std::integral<Int> && !std::same_as<Int, bool>)
  Field(std::string_view k, Int v) : key(k), value(static_cast<std::int64_t>(v)) {}
};

void set_level(Level least);
bool enabled(Level level);
void event(Level level, std::string_view name, std::initializer_list<Field> fields = {});
inline void info(std::string_view name, std::initializer_list<Field> fields = {}) {
  event(Level::info, name, fields);
}
inline void warning(std::string_view name, std::initializer_list<Field> fields = {}) {
  event(Level::warning, name, fields);
}
inline void error(std::string_view name, std::initializer_list<Field> fields = {}) {
  event(Level::error, name, fields);
}

// The line that `event` writes, without the time; for tests and for other sinks.
std::string line(Level level, std::string_view name, std::initializer_list<Field> fields);

}  // namespace flash::log
