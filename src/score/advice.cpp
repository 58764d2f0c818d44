#include "score/advice.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::score {
namespace {

// In percentage points, to a hundredth.
double points(double chance) { return std::round(chance * 1e4) / 100; }

void write_gain(json::Writer& out, const Field& field, const Recommendation& one) {
  out.field("label", field.label).raw_field("value", one.value);
  out.key("gain").object().field("pp", points(one.gain_pp / 100));
  out.key("interval80_pp").array().value(points(one.gain.low)).value(points(one.gain.high));
  out.end_array().end_object();
}

void write_no_gain(json::Writer& out) {
  for (const char* key : {"label", "value", "gain"}) out.key(key).null();
}

const Recommendation* gain_of(const Advice& advice, const Answer& answer, std::string_view field) {
  const auto found = std::ranges::find_if(answer.recommendations, [&](const auto& one) {
    return advice.model->schema().fields[one.field].name == field;
  });
  return found == answer.recommendations.end() ? nullptr : &*found;
}

void write_step(json::Writer& out, const Advice& advice, const Answer& answer,
                const json::Object& step) {
  out.object();
  for (const auto& [key, value] : step)
    out.raw_field(std::string_view(key), json::serialize(value));
  const std::string_view field = json::text_or(step, "field");
  const Recommendation* one =
      advice.model == nullptr || field.empty() ? nullptr : gain_of(advice, answer, field);
  if (one != nullptr) {
    write_gain(out, advice.model->schema().fields[one->field], *one);
  } else {
    write_no_gain(out);
  }
  out.end_object();
}

bool is_in_a_step(const json::Array& steps, std::string_view field) {
  return std::ranges::any_of(steps, [&](const json::Value& step) {
    return step.is_object() && json::text_or(step.as_object(), "field") == field;
  });
}

void write_fact(json::Writer& out, const Advice& advice, const Recommendation& one) {
  constexpr int medium = 3;
  const Field& field = advice.model->schema().fields[one.field];
  out.object().field("key", text::cat("fact:", field.name)).field("rule", "fact");
  out.key("due").null().field("priority", medium).field("field", field.name);
  const json::Value* now = json::find(advice.features, field.name);
  out.key("about").object();
  out.raw_field("now", now != nullptr && now->is_primitive() ? json::serialize(*now) : "null");
  out.end_object();
  const json::Object& decided =
      json::object_or_empty(json::object_or_empty(advice.steps, "facts"), field.name);
  for (const char* key : {"state", "until", "decided_by", "decided_at"}) {
    const json::Value* value = json::find(decided, key);
    out.raw_field(key, value != nullptr ? json::serialize(*value) : "null");
  }
  write_gain(out, field, one);
  out.end_object();
}

}  // namespace

std::string advice_json(const Advice& advice) {
  const bool open = json::bool_or(advice.steps, "open");
  const json::Array& steps = json::array_or_empty(advice.steps, "steps");
  Answer said;
  if (advice.model != nullptr && open) said = answer(*advice.model, advice.features, {});
  json::Writer out;
  out.object();
  if (advice.model != nullptr) {
    out.field("stage", to_text(advice.model->stage()));
    out.field("model_version", advice.model_version).key("reason").null();
  } else {
    out.field("stage", "rule").key("model_version").null();
    out.field("reason", "No learned model is in force: what a step would gain is not known.");
  }
  out.key("recommendations").array();
  for (const json::Value& step : steps)
    if (step.is_object()) write_step(out, advice, said, step.as_object());
  for (const Recommendation& one : said.recommendations)
    if (!is_in_a_step(steps, advice.model->schema().fields[one.field].name))
      write_fact(out, advice, one);
  out.end_array().end_object();
  return std::move(out).take();
}

}  // namespace flash::score
