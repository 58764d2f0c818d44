// The table of settings: one row names, bounds and explains one value of Settings.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "config/settings.h"

namespace flash::config {

using Member = std::variant<bool Settings::*, unsigned Settings::*, std::size_t Settings::*,
                            std::chrono::milliseconds Settings::*, std::chrono::seconds Settings::*,
                            std::string Settings::*, std::vector<std::string> Settings::*>;

struct Row {
  std::string_view group;  // heading in the documentation
  std::string_view key;    // body_bytes_max: FLASH_BODY_BYTES_MAX, --body-bytes-max
  Member member;
  std::string_view meaning;                  // one line, no full stop
  std::int64_t least = 0, most = INT64_MAX;  // of a number
  std::string_view choices = {};             // "a|b|c": the only texts allowed
  std::string_view default_note = {};        // where the default is computed: what it is
  bool secret = false;                       // shown as *** everywhere
};

std::span<const Row> rows();
const Row* find_row(std::string_view key);  // nullptr: no such setting

std::string flag_of(const Row& row);      // "--body-bytes-max"
std::string variable_of(const Row& row);  // "FLASH_BODY_BYTES_MAX"
std::string_view type_of(
    const Row& row);  // "number", "text", "list", "yes or no", "milliseconds"...

// Reads the text form (a list: commas between) into the row's member. The error is a sentence about
// the value alone: "must be a whole number from 1 to 65535, not 'x'"; a secret is not repeated.
Result<void> assign(const Row& row, Settings& settings, std::string_view text);
// The text form; "" for an empty text or list.
std::string text_of(const Row& row, const Settings& settings);

}  // namespace flash::config
