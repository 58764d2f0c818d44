#include "enrich/fact.h"

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/words.h"

namespace flash::enrich {

void add(Answer& answer, Fact fact) {
  fact.value = std::string(text::clip_utf8(text::trim(fact.value), value_bytes_max));
  if (fact.value.empty() || !text::is_clean_utf8(fact.value) ||
      leads::has_forbidden(fact.value, leads::Lines::one))
    return;
  if (answer.facts.size() >= facts_max) return;
  answer.outcome = Outcome::found;
  answer.facts.push_back(std::move(fact));
}

Answer failed(std::string_view reason) {
  Answer out;
  out.outcome = Outcome::failed;
  out.reason = reason;
  return out;
}

std::string facts_json(const std::vector<Fact>& facts) {
  json::Writer out;
  out.array();
  for (const Fact& fact : facts) {
    out.object().field("name", fact.name).field("value", fact.value).field("sure", fact.sure);
    if (!fact.field.empty()) out.field("field", fact.field);
    out.end_object();
  }
  out.end_array();
  return std::move(out).take();
}

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::found: return "found";
    case Outcome::nothing: return "nothing";
    case Outcome::failed: return "failed";
  }
  return "failed";
}

Result<Answer> read_answer(std::string_view json) {
  TRY(const auto document, json::parse_object(json));
  Answer out;
  for (const auto& entry : json::array_or_empty(document, "facts")) {
    if (!entry.is_object()) return fail(Kind::unprocessable, "cached", "a fact is no object");
    const auto& fact = entry.as_object();
    add(out,
        {std::string(json::text_or(fact, "name")), std::string(json::text_or(fact, "value")),
         static_cast<int>(json::int_or(fact, "sure")), std::string(json::text_or(fact, "field"))});
  }
  if (to_text(out.outcome) != json::text_or(document, "state"))
    return fail(Kind::unprocessable, "cached", "state and facts disagree");
  return out;
}

}  // namespace flash::enrich
