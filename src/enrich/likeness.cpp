#include "enrich/likeness.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "leads/words.h"

namespace flash::enrich {
namespace {

std::set<std::string> words_of(std::string_view name) {
  constexpr std::array<std::string_view, 14> unsaid{"ltd", "limited", "nv", "bv",      "inc",
                                                    "llc", "corp",    "co", "company", "plc",
                                                    "the", "and",     "n",  "v"};
  std::set<std::string> out;
  const std::string folded = leads::fold(name);
  for (const auto word : text::split(folded, ' '))
    if (!word.empty() && std::ranges::find(unsaid, word) == unsaid.end()) out.emplace(word);
  return out;
}

}  // namespace

int likeness(std::string_view name, std::string_view other) {
  const auto a = words_of(name), b = words_of(other);
  if (a.empty() || b.empty()) return 0;
  const auto both = std::ranges::count_if(a, [&](const auto& word) { return b.contains(word); });
  return static_cast<int>(200 * static_cast<std::size_t>(both) / (a.size() + b.size()));
}

}  // namespace flash::enrich
