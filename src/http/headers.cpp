#include "http/headers.h"

#include <algorithm>

#include "base/text.h"

namespace flash::http {

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  for (const auto& [field_name, field_value] : fields) add(field_name, field_value);
}

void Headers::assign(std::string_view text) {
  buffer_.assign(text);
  fields_.clear();
}

void Headers::mark(std::size_t name_at, std::size_t name_size, std::size_t value_at,
                   std::size_t value_size) {
  const auto narrow = [](std::size_t size) { return static_cast<std::uint32_t>(size); };
  fields_.push_back({narrow(name_at), narrow(name_size), narrow(value_at), narrow(value_size)});
}

void Headers::add(std::string_view field_name, std::string_view field_value) {
  if (fields_.capacity() == 0) {  // one allocation each for what most answers hold
    fields_.reserve(8);
    buffer_.reserve(248);
  }
  Field field{};
  field.name_at = static_cast<std::uint32_t>(buffer_.size());
  field.name_size = static_cast<std::uint32_t>(field_name.size());
  buffer_ += field_name;
  field.value_at = static_cast<std::uint32_t>(buffer_.size());
  field.value_size = static_cast<std::uint32_t>(field_value.size());
  buffer_ += field_value;
  fields_.push_back(field);
}

void Headers::set(std::string_view field_name, std::string_view field_value) {
  remove(field_name);
  add(field_name, field_value);
}

void Headers::remove(std::string_view field_name) {
  std::erase_if(fields_,
                [&](const Field& f) { return text::equal_ignoring_case(name(f), field_name); });
}

void Headers::clear() {
  buffer_.clear();
  fields_.clear();
}

std::string_view Headers::name(const Field& field) const {
  return std::string_view(buffer_).substr(field.name_at, field.name_size);
}

std::string_view Headers::value(const Field& field) const {
  return std::string_view(buffer_).substr(field.value_at, field.value_size);
}

std::optional<std::string_view> Headers::find(std::string_view field_name) const {
  for (const Field& field : fields_)
    if (field.name_size == field_name.size() && text::equal_ignoring_case(name(field), field_name))
      return value(field);
  return std::nullopt;
}

std::string_view Headers::value_or(std::string_view field_name, std::string_view fallback) const {
  return find(field_name).value_or(fallback);
}

std::optional<std::string> Headers::joined(std::string_view field_name) const {
  std::optional<std::string> out;
  for (const Field& field : fields_) {
    if (!text::equal_ignoring_case(name(field), field_name)) continue;
    if (out) {
      *out += ", ";
      *out += value(field);
    } else {
      out = std::string(value(field));
    }
  }
  return out;
}

std::pair<std::string_view, std::string_view> Headers::at(std::size_t index) const {
  return {name(fields_[index]), value(fields_[index])};
}

std::vector<std::string_view> comma_list(std::string_view list) {
  std::vector<std::string_view> out;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    const bool end = i == list.size();
    if (!end && list[i] == '"' && (i == 0 || list[i - 1] != '\\')) quoted = !quoted;
    if (end || (list[i] == ',' && !quoted)) {
      const auto item = text::trim(list.substr(start, i - start));
      if (!item.empty()) out.push_back(item);
      start = i + 1;
    }
  }
  return out;
}

bool is_safe_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace flash::http
