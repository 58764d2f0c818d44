#include "enrich/phone.h"

#include <phonenumbers/phonenumberutil.h>

namespace flash::enrich {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::string_view line_of(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return "fixed";
    case PhoneNumberUtil::MOBILE: return "mobile";
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return "fixed_or_mobile";
    case PhoneNumberUtil::TOLL_FREE: return "toll_free";
    case PhoneNumberUtil::PREMIUM_RATE: return "premium";
    case PhoneNumberUtil::SHARED_COST: return "shared_cost";
    case PhoneNumberUtil::VOIP: return "voip";
    case PhoneNumberUtil::PERSONAL_NUMBER: return "personal";
    case PhoneNumberUtil::PAGER: return "pager";
    case PhoneNumberUtil::UAN: return "uan";
    case PhoneNumberUtil::VOICEMAIL: return "voicemail";
    default: return {};
  }
}

}  // namespace

Answer phone_facts(const std::string& number) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  Answer out;
  PhoneNumber parsed;
  if (util.Parse(number, "ZZ", &parsed) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !util.IsValidNumber(parsed)) {
    add(out, {"valid", "no"});
    return out;
  }
  add(out, {"valid", "yes"});
  add(out, {"line", std::string(line_of(util.GetNumberType(parsed)))});
  std::string region, national;
  util.GetRegionCodeForNumber(parsed, &region);
  if (region.size() == 2 && region != "ZZ") add(out, {"region", region});
  util.Format(parsed, PhoneNumberUtil::NATIONAL, &national);
  add(out, {"national", national});
  return out;
}

std::string to_e164(std::string_view typed, std::string_view country) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  std::string e164;
  if (util.Parse(std::string(typed), country.empty() ? "ZZ" : std::string(country), &parsed) !=
          PhoneNumberUtil::NO_PARSING_ERROR ||
      parsed.has_extension() || !util.IsValidNumber(parsed))
    return e164;
  util.Format(parsed, PhoneNumberUtil::E164, &e164);
  return e164;
}

}  // namespace flash::enrich
