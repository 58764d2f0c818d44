// Text as people write it: trimming, folding for comparison, and what may never stand in a field.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace flash::leads {

// The next code point of well-formed UTF-8; advances `text`. `text` must not be empty.
std::uint32_t next_code_point(std::string_view& text);

// Without the white space at both ends that ECMAScript's String.prototype.trim takes off.
std::string_view trim_wide(std::string_view text);

enum class Lines : std::uint8_t { one, many };
// True when it holds NUL, a C0 or C1 control, delete, or a bidirectional override (they make a name
// look like another). With Lines::many, tab, line feed and carriage return are fine.
bool has_forbidden(std::string_view text, Lines lines);

// True when there is a letter or a digit, in any script. Symbols, punctuation and emoji are
// neither.
bool has_letter_or_digit(std::string_view text);

// As flash.fold() in the database: case and Latin accents off, apostrophes out, every other run of
// ASCII punctuation and space as one space.
std::string fold(std::string_view text);

// Whole words: `key` and `folded` are both folded.
bool has_words(std::string_view folded, std::string_view key);

}  // namespace flash::leads
