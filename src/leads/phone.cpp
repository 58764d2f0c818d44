#include "leads/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <optional>

#include "base/text.h"

namespace flash::leads {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::optional<std::string> valid_e164(const std::string& typed, const std::string& region) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (util.Parse(typed, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      number.has_extension() || !util.IsValidNumber(number))
    return std::nullopt;
  std::string e164;
  util.Format(number, PhoneNumberUtil::E164, &e164);
  return e164;
}

// Digits and the signs people put between them. libphonenumber alone would read "876-922-1234
// <script>" and letters as on a keypad.
bool looks_like_number(std::string_view typed) {
  return typed.find_first_not_of("0123456789 +-().\t/") == std::string_view::npos &&
         typed.find('+', 1) == std::string_view::npos;
}

std::string digits_of(std::string_view typed) {
  std::string digits;
  for (const char c : typed)
    if (text::is_digit(c)) digits += c;
  return digits;
}

}  // namespace

PhoneReading read_phone(std::string_view typed, std::string_view country,
                        const std::vector<std::string>& prefixes) {
  PhoneReading out;
  out.rule = "invalid";
  if (!looks_like_number(typed)) return out;
  const bool international = typed.starts_with('+');
  if (country.empty() && !international) return out;
  const std::string region(country.empty() ? "ZZ" : country);
  if (auto e164 = valid_e164(std::string(typed), region)) {
    out.e164 = *std::move(e164);
    out.rule = {};
    return out;
  }
  if (international) return out;
  const std::string digits = digits_of(typed);
  if (digits.size() != 7) return out;
  for (const auto& prefix : prefixes) {
    // Curaçao's prefix is a country code and the 9 that every number there begins with: one reading
    // only.
    const bool north_american = prefix.size() == 4 && prefix.front() == '1';
    if (!north_american && prefix != "5999") continue;
    auto e164 = valid_e164(text::cat("+", prefix, digits), region);
    if (e164 && !north_american) {
      out.e164 = *std::move(e164);
      out.rule = {};
      return out;
    }
    if (north_american) out.rule = "phone_needs_area_code";
    if (e164) out.suggestions.push_back(*std::move(e164));
  }
  return out;
}

}  // namespace flash::leads
