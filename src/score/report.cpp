#include "score/report.h"

#include "json/write.h"

namespace flash::score {
namespace {

// Three decimals are plenty for a share of seven.
double rounded(double share) {
  return static_cast<double>(static_cast<int>(share * 1000 + 0.5)) / 1000;
}

void write_factors(json::Writer& out, const Score& score) {
  out.array();
  for (const auto& factor : score.factors) {
    out.object().field("field", factor.field).field("label", factor.label);
    out.raw_field("value", factor.value).field("points", factor.points).field("max", factor.max);
    if (factor.hint.empty()) {
      out.key("hint").null();
    } else {
      out.field("hint", factor.hint);
    }
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string factors_json(const Score& score) {
  json::Writer out;
  write_factors(out, score);
  return std::move(out).take();
}

std::string result_json(const Score& score, Instant computed_at) {
  json::Writer out;
  out.object().field("score", score.score).field("band", to_text(score.band));
  out.field("model", points_model).field("confidence", rounded(score.confidence));
  out.field("completeness", rounded(score.completeness));
  write_factors(out.key("factors"), score);
  out.field("adjustment", score.adjustment).key("predictedOutcome").null();
  out.key("recommendations").array();
  for (const auto& factor : score.factors)
    if (!factor.hint.empty()) out.value(factor.hint);
  out.end_array().key("historicalComparison").null();
  out.field("computed_at", to_rfc3339(computed_at)).end_object();
  return std::move(out).take();
}

}  // namespace flash::score
