// Whether two names are of one business.
#pragma once
#include <string_view>

namespace flash::enrich {

// 0 to 100: the share of their words that both have, without legal forms, case and accents; each
// way round the same. Two names without any word are not alike.
int likeness(std::string_view name, std::string_view other);

// Below this they are two businesses.
inline constexpr int alike = 60;

}  // namespace flash::enrich
