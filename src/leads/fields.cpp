#include "leads/fields.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "json/read.h"
#include "leads/messages.h"

namespace flash::leads {
namespace {

constexpr double money_max = 1'000'000'000;

std::string range_text(std::int64_t least, std::int64_t most) {
  return text::cat(std::to_string(least), "–", std::to_string(most));
}

std::optional<double> number_of(const json::Value& value) {
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  return std::nullopt;
}

bool among(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

void Fields::fault(std::string field, std::string_view rule, std::string_view limit) {
  faults_.push_back({std::move(field), rule, message_of(rule, language_, limit)});
}

bool Fields::faulty(std::string_view name) const {
  return std::ranges::any_of(faults_, [&](const Fault& fault) {
    return fault.field == name || fault.field.starts_with(text::cat(name, "."));
  });
}

Fields::Broken Fields::broken(std::string_view trimmed, const TextRule& rule) {
  if (trimmed.empty()) return {rule.required ? "required" : "", {}};
  if (has_forbidden(trimmed, rule.lines)) return {"invalid", {}};
  const std::size_t length = text::length_utf8(trimmed);
  if (length < rule.length_min) return {"too_short", std::to_string(rule.length_min)};
  if (length > rule.length_max) return {"too_long", std::to_string(rule.length_max)};
  return {};
}

std::string Fields::text(std::string_view name, const TextRule& rule) {
  const json::Value* value = json::find(input_, name);
  if (value != nullptr && !value->is_string()) {
    fault(std::string(name), "invalid");
    return {};
  }
  const auto trimmed = value == nullptr ? std::string_view{} : trim_wide(view(*value));
  if (const auto wrong = broken(trimmed, rule); !wrong.rule.empty()) {
    fault(std::string(name), wrong.rule, wrong.limit);
    return {};
  }
  return std::string(trimmed);
}

std::string Fields::one_of(std::string_view name, std::span<const std::string_view> words,
                           bool required) {
  std::string word = text(name, {.required = required});
  if (!word.empty() && !among(word, words)) {
    fault(std::string(name), "not_allowed");
    word.clear();
  }
  return word;
}

std::optional<std::int64_t> Fields::whole(std::string_view name, std::int64_t least,
                                          std::int64_t most, bool required) {
  const json::Value* value = json::find(input_, name);
  if (value == nullptr) {
    if (required) fault(std::string(name), "required");
    return std::nullopt;
  }
  const auto number = number_of(*value);
  if (!number || std::trunc(*number) != *number) {
    fault(std::string(name), "invalid");
    return std::nullopt;
  }
  if (*number < static_cast<double>(least) || *number > static_cast<double>(most)) {
    fault(std::string(name), "out_of_range", range_text(least, most));
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*number);
}

std::optional<std::int64_t> Fields::money(std::string_view name) {
  const json::Value* value = json::find(input_, name);
  if (value == nullptr) return std::nullopt;
  const auto number = number_of(*value);
  if (!number || std::isnan(*number)) {
    fault(std::string(name), "invalid");
    return std::nullopt;
  }
  if (*number < 0 || *number > money_max) {
    fault(std::string(name), "out_of_range", "0–1000000000");
    return std::nullopt;
  }
  const double hundredths = std::round(*number * 100);
  if (std::abs(*number * 100 - hundredths) > 1e-6) {
    fault(std::string(name), "invalid");
    return std::nullopt;
  }
  return static_cast<std::int64_t>(hundredths);
}

bool Fields::flag(std::string_view name) {
  const json::Value* value = json::find(input_, name);
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  fault(std::string(name), "invalid");
  return false;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t count_max,
                                       std::size_t length_max) {
  const json::Value* value = json::find(input_, name);
  if (value == nullptr) return {};
  if (!value->is_array()) {
    fault(std::string(name), "invalid");
    return {};
  }
  const auto& list = value->get_array();
  const auto filled = std::ranges::count_if(list, [](const json::Value& item) {
    return !item.is_string() || !trim_wide(view(item)).empty();
  });
  if (static_cast<std::size_t>(filled) > count_max) {
    fault(std::string(name), "too_long", std::to_string(count_max));
    return {};
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto trimmed = list[i].is_string() ? trim_wide(view(list[i])) : std::string_view{};
    auto wrong = broken(trimmed, {.length_max = length_max});
    if (!list[i].is_string()) wrong.rule = "invalid";
    if (!wrong.rule.empty())
      fault(text::cat(name, ".", std::to_string(i)), wrong.rule, wrong.limit);
    if (wrong.rule.empty() && !trimmed.empty()) out.emplace_back(trimmed);
  }
  return out;
}

std::vector<std::string> Fields::choices(std::string_view name,
                                         std::span<const std::string_view> words) {
  std::vector<std::string> out;
  const json::Value* value = json::find(input_, name);
  const std::size_t before = faults_.size();
  for (auto& word : texts(name, words.size(), 200))
    if (std::ranges::find(out, word) == out.end()) out.push_back(std::move(word));
  if (value == nullptr || faults_.size() != before) return {};
  const auto& list = value->get_array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto word = trim_wide(view(list[i]));
    if (!word.empty() && !among(word, words))
      fault(text::cat(name, ".", std::to_string(i)), "not_allowed");
  }
  return out;
}

}  // namespace flash::leads
