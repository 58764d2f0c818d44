#include "score/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::score {
namespace {

constexpr std::array<int, 3> horizon_days{30, 60, 90};
constexpr std::size_t recommendations_max = 5, examples_max = 40;
constexpr double least_gain_pp = 2, shown_pp = 0.5;

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

std::string text_of(const Field& field, std::size_t i) {
  if (field.type == FieldType::number) return fmt::format("{}", field.usual[i]);
  std::string out;
  json::append_quoted(out, field.levels[i]);
  return out;
}

// The likeliest of the values that a field can be given; those of a number are such as training
// saw.
std::optional<Recommendation> best_change(const Model& model, std::span<const float> columns,
                                          double probability, std::size_t index) {
  const Field& field = model.schema().fields[index];
  std::vector<float> changed(columns.begin(), columns.end());
  std::optional<Recommendation> best;
  std::vector<float> best_columns;
  const std::size_t values =
      field.type == FieldType::number ? field.usual.size() : field.levels.size();
  for (std::size_t i = 0; i < values; ++i) {
    if (field.type == FieldType::number) {
      put_number(field, static_cast<double>(field.usual[i]), changed);
    } else {
      put_level(field, field.levels[i], changed);
    }
    const double gain = 100 * (model.probability(changed) - probability);
    if (gain >= least_gain_pp && (!best || gain > best->gain_pp)) {
      best = Recommendation{index, text_of(field, i), gain, {}};
      best_columns = changed;
    }
  }
  // Only what the bag is sure of.
  if (best) best->gain = model.gain(columns, best_columns);
  return best && best->gain.low > 0 ? best : std::nullopt;
}

std::vector<Recommendation> recommend(const Model& model, std::span<const float> columns,
                                      double probability) {
  std::vector<Recommendation> out;
  for (std::size_t i = 0; i < model.schema().fields.size(); ++i)
    if (model.schema().fields[i].actionable)
      if (auto one = best_change(model, columns, probability, i)) out.push_back(*std::move(one));
  std::ranges::sort(out, std::ranges::greater{}, &Recommendation::gain_pp);
  if (out.size() > recommendations_max) out.resize(recommendations_max);
  return out;
}

std::string value_json(const json::Object& features, const Field& field) {
  const json::Value* value = json::find(features, field.name);
  return value != nullptr && value->is_primitive() ? json::serialize(*value) : "null";
}

std::string_view word_of(double confidence) {
  if (confidence >= 0.85) return "high";
  return confidence >= 0.70 ? "medium" : "low";
}

void write_interval(json::Writer& out, std::string_view key, const Interval& interval) {
  out.key(key).array().value(rounded(interval.low, 1e4)).value(rounded(interval.high, 1e4));
  out.end_array();
}

void write_factors(json::Writer& out, const Model& model, const Answer& answer,
                   const json::Object& features) {
  out.key("factors").array();
  for (const Share& share : answer.shares) {
    const Field& field = model.schema().fields[share.field];
    const std::string value = value_json(features, field);
    const double effect = rounded(share.effect_pp, 1e6);
    out.object().field("field", field.name).field("label", field.label);
    out.raw_field("value", value).field("effect_pp", effect);
    out.field("direction", effect > 0 ? "up" : effect < 0 ? "down" : "none");
    out.field("shown", std::abs(effect) >= shown_pp);
    out.field("sentence", fmt::format("{} {}: {:+.1f} points", field.label,
                                      value == "null" ? "unknown" : value, effect));
    out.end_object();
  }
  out.end_array();
}

void write_history(json::Writer& out, const Answer& answer, std::string_view examples) {
  const Similar& similar = answer.similar;
  if (similar.count == 0) {
    out.key("historical").null();
    return;
  }
  const double rate = static_cast<double>(similar.won) / static_cast<double>(similar.count);
  out.key("historical").object().field("n", similar.count).field("won", similar.won);
  out.field("conversion_rate", rounded(rate, 1e4));
  write_interval(out, "interval80", similar.rate);
  out.raw_field("examples", examples).end_object();
}

void write_gain(json::Writer& out, const Interval& gain) {
  out.key("interval80_pp").array().value(rounded(100 * gain.low, 1e2));
  out.value(rounded(100 * gain.high, 1e2)).end_array();
}

void write_recommendations(json::Writer& out, const Model& model, const Answer& answer) {
  out.key("recommendations").array();
  for (const Recommendation& one : answer.recommendations) {
    const Field& field = model.schema().fields[one.field];
    out.object()
        .field("field", field.name)
        .field("label", field.label)
        .raw_field("value", one.value);
    out.field("gain_pp", rounded(one.gain_pp, 1e2));
    write_gain(out, one.gain);
    out.field("sentence",
              fmt::format("Leads like this with {} {} converted more often: {:+.1f} points",
                          field.label, one.value, one.gain_pp));
    out.end_object();
  }
  out.end_array();
}

// What somebody can change, with the values that training saw: what a panel may ask what-if about.
void write_levers(json::Writer& out, const Model& model, const json::Object& features) {
  out.key("levers").array();
  for (const Field& field : model.schema().fields) {
    if (!field.actionable) continue;
    const bool number = field.type == FieldType::number;
    out.object().field("field", field.name).field("label", field.label);
    out.field("type", number ? "number" : "category");
    out.raw_field("value", value_json(features, field)).key("values").array();
    for (std::size_t i = 0; i < (number ? field.usual.size() : field.levels.size()); ++i)
      out.raw(text_of(field, i));
    out.end_array().end_object();
  }
  out.end_array();
}

// Why something is null.
void write_reasons(json::Writer& out, const Answer& answer) {
  out.key("reasons").object();
  if (!answer.horizons[0]) out.field("horizons", "too few won leads have told how long it took");
  if (!answer.median_days)
    out.field("median_days", "on leads it had not seen, its days were no better than a guess");
  if (!answer.expected_value)
    out.field("expected_value", "nobody has said what the deal would be worth");
  if (answer.similar.count == 0) out.field("historical", "the model knows no closed leads");
  out.end_object();
}

}  // namespace

Answer answer(const Model& model, const json::Object& features, const Asked& asked) {
  std::vector<float> columns(model.schema().columns);
  encode(model.schema(), features, columns);
  Answer out;
  out.probability = model.probability(columns);
  out.average = model.average();
  out.similar = model.similar(out.probability);
  out.interval = model.interval(columns, out.probability, out.similar);
  out.confidence = 1 - (out.interval.high - out.interval.low);
  out.badge = model.badge(out.probability);
  out.shares = model.shares(columns);
  std::ranges::sort(out.shares, std::ranges::greater{},
                    [](const Share& share) { return std::abs(share.effect_pp); });
  for (std::size_t i = 0; i < horizon_days.size(); ++i)
    out.horizons[i] = model.won_within(columns, asked.age_days, horizon_days[i]);
  out.median_days = model.median_days(columns, asked.age_days);
  if (asked.amount) out.expected_value = out.probability * *asked.amount;
  out.recommendations = recommend(model, columns, out.probability);
  return out;
}

// The nearest are in the middle of the window.
std::vector<std::string> example_ids(const Answer& answer) {
  const auto cases = answer.similar.cases;
  std::vector<std::string> out;
  for (std::size_t i = cases.size() / 2 - std::min(cases.size() / 2, examples_max / 2);
       i < cases.size() && out.size() < examples_max; ++i) {
    const std::string_view id(reinterpret_cast<const char*>(cases[i].id.data()), 16);
    if (std::ranges::all_of(id, [](char c) { return c == 0; })) continue;
    const std::string hex = bytes::to_hex(id);
    out.push_back(text::cat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                            hex.substr(16, 4), "-", hex.substr(20)));
  }
  return out;
}

std::string answer_json(const Model& model, const Answer& answer, const json::Object& features,
                        const Told& told) {
  json::Writer out;
  out.object().field("score", static_cast<int>(std::lround(100 * answer.probability)));
  out.field("probability", rounded(answer.probability, 1e6));
  out.field("average", rounded(answer.average, 1e6));
  write_interval(out, "interval80", answer.interval);
  out.field("confidence", rounded(answer.confidence, 1e4));
  out.field("confidence_word", word_of(answer.confidence));
  out.field("n_similar", answer.similar.count).field("badge", to_text(answer.badge));
  out.field("stage", to_text(model.stage())).field("model_version", told.model_version);
  write_factors(out, model, answer, features);
  out.key("horizons");
  if (answer.horizons[0]) {
    out.object();
    for (std::size_t i = 0; i < horizon_days.size(); ++i)
      out.field(std::to_string(horizon_days[i]), rounded(*answer.horizons[i], 1e4));
    out.end_object();
  } else {
    out.null();
  }
  const auto days =
      answer.median_days ? std::optional(rounded(*answer.median_days, 10)) : std::nullopt;
  const auto value =
      answer.expected_value ? std::optional(rounded(*answer.expected_value, 100)) : std::nullopt;
  out.field("median_days", days).field("expected_value", value).key("currency");
  if (value && !told.currency.empty()) {
    out.value(told.currency);
  } else {
    out.null();
  }
  write_recommendations(out, model, answer);
  write_history(out, answer, told.examples);
  write_levers(out, model, features);
  write_reasons(out, answer);
  out.field("computed_at", to_rfc3339(told.computed_at)).end_object();
  return std::move(out).take();
}

}  // namespace flash::score
