#include "learn/report.h"

#include <algorithm>
#include <cmath>

#include "json/write.h"

namespace flash::learn {
namespace {

// Six digits are beyond what so few leads can tell.
double rounded(double value) { return std::round(value * 1e6) / 1e6; }

void write_sample(json::Writer& out, const Table& table) {
  std::size_t wins = 0;
  for (std::size_t row = 0; row < table.size(); ++row) wins += table.won(row) ? 1 : 0;
  out.field("leads", table.size()).field("won", wins);
}

void write_ruling(json::Writer& out, const Ruling& ruling) {
  out.field("promote", ruling.promote).field("code", ruling.code).field("reason", ruling.reason);
}

void write_alarms(json::Writer& out, const std::vector<Alarm>& alarms) {
  out.key("alarms").array();
  for (const Alarm& alarm : alarms)
    out.object()
        .field("field", alarm.field)
        .field("kind", alarm.kind)
        .field("value", rounded(alarm.value))
        .field("sentence", alarm.sentence)
        .field("refuses", alarm.refuses)
        .end_object();
  out.end_array();
}

void write_curves(json::Writer& out, const Trial& trial) {
  constexpr std::size_t bins = 10;
  out.key("calibration").array();
  for (const Bin& bin : reliability(trial.challenger, trial.won, bins))
    out.object()
        .field("leads", bin.count)
        .field("said", rounded(bin.chance))
        .field("seen", rounded(static_cast<double>(bin.won) / static_cast<double>(bin.count)))
        .end_object();
  out.end_array().key("lift").array();
  for (std::size_t percent = 10; percent <= 100; percent += 10) {
    const double share = static_cast<double>(percent) / 100;
    out.object().field("share", share);
    out.field("captured", rounded(captured(trial.challenger, trial.won, share)));
    if (!trial.rule.empty()) out.field("rules", rounded(captured(trial.rule, trial.won, share)));
    out.end_object();
  }
  out.end_array();
}

// How much each field moves the chances on average: the mean size of its effect, in points.
void write_fields(json::Writer& out, const score::Schema& schema, const Table& table,
                  const Fitted& fitted) {
  const auto model = score::Model::of(fitted.parts);
  std::vector<double> effects(schema.fields.size(), 0.0);
  constexpr std::size_t looked_at = 1'000;
  const std::size_t step = std::max<std::size_t>(1, table.size() / looked_at);
  Rows some;
  for (std::size_t row = 0; row < table.size(); row += step) some.push_back(row);
  const Matrix matrix = encode(schema, table.pick(some));
  for (std::size_t row = 0; model && row < some.size(); ++row)
    for (const score::Share& share : model->shares(matrix.row(row)))
      effects[share.field] += std::abs(share.effect_pp) / static_cast<double>(some.size());
  out.key("fields").array();
  for (std::size_t i = 0; i < effects.size(); ++i)
    out.object()
        .field("name", schema.fields[i].name)
        .field("label", schema.fields[i].label)
        .field("mean_effect_pp", rounded(effects[i]))
        .end_object();
  out.end_array();
}

}  // namespace

std::string report_refusal(const Table& table, const Ruling& ruling,
                           const std::vector<Alarm>& alarms) {
  json::Writer out;
  out.object();
  write_sample(out, table);
  write_ruling(out, ruling);
  write_alarms(out, alarms);
  out.end_object();
  return std::move(out).take();
}

std::string report_training(const Table& table, const score::Schema& schema, const Trial& trial,
                            const Ruling& ruling, const Fitted& fitted,
                            const std::vector<Alarm>& alarms) {
  json::Writer out;
  out.object();
  write_sample(out, table);
  write_ruling(out, ruling);
  write_alarms(out, alarms);
  out.field("stage", score::to_text(fitted.parts.stage)).field("judged_on", trial.won.size());
  out.field("auc", rounded(auc(trial.challenger, trial.won)));
  if (!trial.rule.empty()) out.field("rule_auc", rounded(auc(trial.rule, trial.won)));
  out.field("first", !trial.has_champion);
  out.field("average_precision", rounded(average_precision(trial.challenger, trial.won)));
  out.field("log_loss", rounded(ruling.log_loss))
      .field("base_log_loss", rounded(ruling.base_log_loss));
  out.field("champion_log_loss", rounded(ruling.champion_log_loss));
  out.field("brier", rounded(brier(trial.challenger, trial.won)));
  out.field("ece", rounded(ruling.ece)).field("ece_noise", rounded(ruling.ece_noise));
  out.field("gain", rounded(ruling.gain)).field("sure", rounded(ruling.sure));
  out.field("score_shift", rounded(trial.score_shift));
  out.field("worst_territory", rounded(ruling.worst_territory));
  out.key("weights").array();
  for (const score::Member& member : fitted.parts.members) out.value(rounded(member.weight));
  out.end_array().field("calibrated", fitted.parts.slope != 1 || fitted.parts.offset != 0);
  out.field("times", fitted.parts.hazard.has_value());
  write_curves(out, trial);
  write_fields(out, schema, table, fitted);
  out.end_object();
  return std::move(out).take();
}

}  // namespace flash::learn
