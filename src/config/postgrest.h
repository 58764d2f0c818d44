// PostgREST's environment variables (PGRST_...) as other names of our settings.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace flash::config {

struct Alias {
  enum class Form : std::uint8_t {
    same,          // the text that our setting takes
    yes_or_no,     // PostgREST also takes yes, on and 1
    text_or_file,  // "@path": what the file holds, without its last line end
    seconds,       // ours is in milliseconds
    host,          // "!4", "*", "*6" and so on stand for every interface
    level,         // PostgREST's names of levels
    channel_off,   // false: none
  };
  std::string_view variable;  // PGRST_DB_URI
  std::string_view key;       // of our setting; empty: there is none
  Form form = Form::same;
  std::string_view advice = {};  // without a key: what holds instead, a sentence
  std::string_view harmless =
      {};                // without a key: the value that changes nothing, so needs no word
  bool refused = false;  // without a key: going on would not be what was asked for
};

// Beside these, PGRST_APP_SETTINGS_NAME sets app.settings.name.
std::span<const Alias> aliases();
const Alias* find_alias(std::string_view variable);  // nullptr: none

// The value as our setting takes it. Errors: a file that cannot be read, a number that is none.
Result<std::string> translate(const Alias& alias, std::string_view text);

}  // namespace flash::config
