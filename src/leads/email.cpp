#include "leads/email.h"

#include <algorithm>

#include "base/text.h"
#include "leads/words.h"

namespace flash::leads {
namespace {

bool is_local(std::string_view local) {
  if (local.empty() || text::length_utf8(local) > 64) return false;
  if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos)
    return false;
  // A space of any script would be trimmed at the ends; inside, the ASCII and the no-break ones
  // occur.
  return local.find_first_of(" \t\"()<>[]:;,\\") == std::string_view::npos &&
         local.find("\u00a0") == std::string_view::npos &&
         local.find("\u3000") == std::string_view::npos;
}

bool is_label(std::string_view label) {
  if (label.empty() || text::length_utf8(label) > 63 || label.front() == '-' || label.back() == '-')
    return false;
  for (auto rest = label; !rest.empty();) {
    const auto here = rest;
    const auto c = next_code_point(rest);
    const bool ascii =
        c < 0x80 && (text::is_alpha(here.front()) || text::is_digit(here.front()) || c == '-');
    if (!ascii && (c < 0x80 || !has_letter_or_digit(here.substr(0, here.size() - rest.size()))))
      return false;
  }
  return true;
}

}  // namespace

std::string tidy_email(std::string_view address) {
  const auto at = address.find('@');
  if (at == std::string_view::npos || address.find('@', at + 1) != std::string_view::npos)
    return {};
  const auto domain = address.substr(at + 1);
  const auto labels = text::split(domain, '.');
  const auto last = labels.back();
  if (!is_local(address.substr(0, at)) || labels.size() < 2 ||
      !std::ranges::all_of(labels, is_label) || text::length_utf8(last) < 2 ||
      std::ranges::all_of(last, text::is_digit))
    return {};
  return text::cat(address.substr(0, at), "@", text::lower(domain));
}

std::string tidy_postcode(std::string_view code) {
  std::string out;
  for (const char c : code) {
    if (text::is_space(c)) {
      if (!out.ends_with('-')) out += '-';
    } else {
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return out;
}

}  // namespace flash::leads
