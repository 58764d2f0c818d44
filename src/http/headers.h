// Header fields in order, names case-blind (RFC 9110 section 5). One buffer holds them all.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flash::http {

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

  // Parsed fields without a copy each: `text` is kept whole, then every field is a place in it.
  void assign(std::string_view text);
  void mark(std::size_t name_at, std::size_t name_size, std::size_t value_at,
            std::size_t value_size);
  void add(std::string_view name, std::string_view value);
  void set(std::string_view name, std::string_view value);  // replaces every field of that name
  void remove(std::string_view name);
  void clear();

  // The first field of that name; empty view and nullopt are different: present and empty, absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view value_or(std::string_view name, std::string_view fallback) const;
  // All fields of that name joined by ", ", as RFC 9110 section 5.3 allows; nullopt: absent.
  [[nodiscard]] std::optional<std::string> joined(std::string_view name) const;
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] std::pair<std::string_view, std::string_view> at(std::size_t index) const;

 private:
  struct Field {
    std::uint32_t name_at, name_size, value_at, value_size;
  };
  [[nodiscard]] std::string_view name(const Field& field) const;
  [[nodiscard]] std::string_view value(const Field& field) const;

  std::string buffer_;
  std::vector<Field> fields_;
};

// The items of a comma list, trimmed, empty ones dropped; commas inside quotes do not part.
std::vector<std::string_view> comma_list(std::string_view value);
// True when `value` may stand in a header: no CR, LF or NUL.
bool is_safe_value(std::string_view value);

}  // namespace flash::http
