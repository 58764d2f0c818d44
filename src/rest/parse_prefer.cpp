#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "http/headers.h"
#include "rest/errors.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

enum class Known : unsigned char { yes, no };

// name=value, and what it does; of one name the first that is said counts.
struct Choice {
  std::string_view word;
  void (*apply)(Preferences&);
};

constexpr std::array<Choice, 14> choices{{
    {"return=minimal", [](Preferences& p) { p.give = Return::minimal; }},
    {"return=headers-only", [](Preferences& p) { p.give = Return::headers_only; }},
    {"return=representation", [](Preferences& p) { p.give = Return::representation; }},
    {"resolution=merge-duplicates", [](Preferences& p) { p.resolution = Resolution::merge; }},
    {"resolution=ignore-duplicates", [](Preferences& p) { p.resolution = Resolution::ignore; }},
    {"count=exact", [](Preferences& p) { p.count = plan::Count::exact; }},
    {"count=planned", [](Preferences& p) { p.count = plan::Count::planned; }},
    {"count=estimated", [](Preferences& p) { p.count = plan::Count::estimated; }},
    {"missing=default", [](Preferences& p) { p.missing_default = true; }},
    {"missing=null", [](Preferences& p) { p.missing_default = false; }},
    {"handling=strict", [](Preferences& p) { p.strict = true; }},
    {"handling=lenient", [](Preferences& p) { p.strict = false; }},
    {"tx=commit", [](Preferences& p) { p.end = End::commit; }},
    {"tx=rollback", [](Preferences& p) { p.end = End::rollback; }},
}};

std::string_view name_of(std::string_view word) { return word.substr(0, word.find('=')); }

Known apply_value(Preferences& prefer, std::string_view word) {
  constexpr std::string_view max_affected = "max-affected=", timezone = "timezone=";
  constexpr std::size_t timezone_bytes_max = 64;
  if (word.starts_with(max_affected)) {
    prefer.max_affected = text::parse_int<std::uint64_t>(word.substr(max_affected.size()));
    return prefer.max_affected ? Known::yes : Known::no;
  }
  if (word.starts_with(timezone) && word.size() > timezone.size() &&
      word.size() <= timezone.size() + timezone_bytes_max) {
    prefer.timezone = word.substr(timezone.size());
    return Known::yes;
  }
  return Known::no;
}

Known apply(Preferences& prefer, std::string_view word, std::vector<std::string_view>& said) {
  const auto* choice = std::ranges::find(choices, word, &Choice::word);
  const bool again = std::ranges::find(said, name_of(word)) != said.end();
  if (choice != choices.end()) {
    if (!again) choice->apply(prefer);
  } else if (Preferences unused; apply_value(again ? unused : prefer, word) == Known::no) {
    return Known::no;
  }
  said.push_back(name_of(word));
  return Known::yes;
}

void append(std::string& list, std::string_view word) {
  if (word.empty()) return;
  if (!list.empty()) list += ", ";
  list += word;
}

template <class Pick>
std::string_view word_of(std::string_view name, const Preferences& wanted, Pick pick) {
  for (const Choice& each : choices) {
    Preferences one;
    if (name_of(each.word) != name) continue;
    each.apply(one);
    if (pick(one) == pick(wanted)) return each.word;
  }
  return {};
}

bool is_offset(std::string_view text) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return false;
  text.remove_prefix(1);
  const auto colon = std::min(text.find(':'), text.size());
  const auto hours = text::parse_int<unsigned>(text.substr(0, colon));
  if (!hours || *hours > 15 || colon > 2) return false;
  if (colon == text.size()) return true;
  const auto minutes = text::parse_int<unsigned>(text.substr(colon + 1));
  return minutes && *minutes < 60 && text.size() - colon == 3;
}

}  // namespace

Result<Preferences> parse_prefer(std::string_view joined, bool chooses_end) {
  Preferences out;
  if (joined.empty()) return out;
  std::string unknown;
  std::vector<std::string_view> said;
  for (const std::string_view word : http::comma_list(joined))
    if (apply(out, word, said) == Known::no) append(unknown, word);
  const bool strict = out.strict.value_or(false);
  if (strict && !unknown.empty()) return fail(errors::invalid_preferences(unknown));
  if (!strict) out.max_affected.reset();  // without handling=strict it is a wish
  if (!chooses_end) out.end = End::unsaid;
  return out;
}

std::string applied_preferences(const Request& request) {
  const Preferences& prefer = request.prefer;
  const bool writes = !request.is_read() && !request.is_call;
  const bool inserts = writes && request.method == http::Method::post;
  std::string out;
  if (inserts && prefer.resolution != Resolution::unsaid)
    append(out, word_of("resolution", prefer, [](const auto& p) { return p.resolution; }));
  if ((inserts || request.method == http::Method::patch) && prefer.missing_default)
    append(out, word_of("missing", prefer, [](const auto& p) { return p.missing_default; }));
  if (writes && prefer.give != Return::unsaid)
    append(out, word_of("return", prefer, [](const auto& p) { return p.give; }));
  if (prefer.count != plan::Count::none)
    append(out, word_of("count", prefer, [](const auto& p) { return p.count; }));
  if (prefer.end != End::unsaid)
    append(out, word_of("tx", prefer, [](const auto& p) { return p.end; }));
  if (prefer.strict)
    append(out, word_of("handling", prefer, [](const auto& p) { return p.strict; }));
  if (!prefer.timezone.empty()) append(out, text::cat("timezone=", prefer.timezone));
  if (!request.is_read() && !inserts && request.method != http::Method::put && prefer.max_affected)
    append(out, text::cat("max-affected=", std::to_string(*prefer.max_affected)));
  return out;
}

std::string timezone_setting(std::string_view asked) {
  if (!is_offset(asked)) return std::string(asked);
  return text::cat("<", asked, ">", asked.front() == '+' ? "-" : "+", asked.substr(1));
}

}  // namespace flash::rest
