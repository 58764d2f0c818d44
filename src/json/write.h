// Writer: appends JSON to a string, without a tree. Commas and quoting are its business.
#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flash::json {

void append_quoted(std::string& out, std::string_view text);

// w.object().key("id").value(3).end(); nesting is the caller's promise, checked only by tests.
class Writer {
 public:
  Writer& object() { return open('{'); }
  Writer& array() { return open('['); }
  Writer& end_object() { return close('}'); }
  Writer& end_array() { return close(']'); }
  Writer& key(std::string_view name);
  Writer& value(std::string_view text);
  Writer& value(const std::string& text) { return value(std::string_view(text)); }
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(bool truth);
  Writer& value(double number);  // null when it is not finite
  template <std::integral Int>
    requires(!std::same_as<Int, bool>)
  Writer& value(Int number) {
    return raw(std::to_string(number));
  }
  template <class T>
  Writer& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : null();
  }
  Writer& null() { return raw("null"); }
  Writer& raw(std::string_view json);  // text that is JSON already
  template <class T>
  Writer& field(std::string_view name, const T& item) {
    return key(name).value(item);
  }
  Writer& raw_field(std::string_view name, std::string_view json) { return key(name).raw(json); }

  [[nodiscard]] const std::string& text() const& { return out_; }
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  void separate();

  std::string out_;
  bool first_ = true;  // nothing yet at this level, or just after a key
};

}  // namespace flash::json
